/** Says by which numbers standardised columns were scaled. */
import { unitOf } from "../math/fit.ts";
import { formatGrouped } from "../math/format.ts";

const brief = (value: number) => formatGrouped(Number(value.toPrecision(4)));

/** @param columns  name and values of each, in their own units @returns such as "x less 8.5, divided by 2.7" */
export const scaledWords = (columns: [string, number[]][]): string =>
  columns
    .map(([name, values]) => {
      const { mean, deviation } = unitOf(values);
      return `${name} less ${brief(mean)}, divided by ${brief(deviation)}`;
    })
    .join("; ");
