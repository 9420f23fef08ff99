import { dot } from "../../../marks/mark.ts";
import type { Layer } from "../moment.ts";

/** A ring around the row that is pointed at. */
export const pointedRow: Layer = {
  draw({ stillMap: { traces }, hit }) {
    const trace = hit && traces.find(({ index }) => index === hit.run);
    if (!trace) return {};
    const casing = { stroke: "casing", width: 5 } as const;
    return { over: [dot([trace.xs[hit.step], trace.ys[hit.step]], 7, { stroke: "ink", width: 2, casing })] };
  },
};
