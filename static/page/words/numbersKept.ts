/** Counts the numbers that a step reads from the data, and those that are kept for the next step. */

import { formatGrouped, formatMeasured } from "../math/format.ts";
import { countInWords, listInWords, symbol } from "../math/text.ts";

interface StepMemory {
  /** rows that the step reads, rows that are there, rows that come later, and numbers that are fitted in each */
  rowsRead: number;
  available: number;
  later: number;
  width: number;
  /** the parameters, and their values */
  parameters: string[];
  values: number[];
  /** the states of the rule; it has one of each for each parameter */
  states: string[];
  /** whether a method without a rule takes the steps: its state may have any shape */
  method?: boolean;
}

/** Up to so many parameters are named. */
const NAMED = 3;

/** @returns such as "1 row of 4, 2 numbers" */
export function numbersReadWords({ rowsRead, available, later, width }: StepMemory): string {
  const rows =
    rowsRead === available
      ? available === 1
        ? "the one row there is"
        : `all ${formatGrouped(available)} rows`
      : `${countInWords(rowsRead, "row", formatGrouped)} of ${formatGrouped(available)}`;
  const numbers = countInWords(rowsRead * width, "number", formatGrouped);
  return `${rows}, ${numbers}${later ? `; ${formatGrouped(later)} more to come` : ""}`;
}

/** @returns such as "2 numbers: slope 0.52 and intercept 0.1" */
export function numbersKeptWords({ parameters, values, states, method }: StepMemory): string {
  const all =
    parameters.length <= NAMED
      ? parameters.map((name, k) => `${name} ${formatMeasured(values[k])}`)
      : [`${formatGrouped(parameters.length)} parameters`];
  if (method) return `${listInWords(all)}; what else it keeps stands in its working`;
  const ofStates = states.map((name) => `${symbol(name)} of each`);
  const count = countInWords(parameters.length * (1 + states.length), "number", formatGrouped);
  return `${count}: ${listInWords([...all, ...ofStates])}`;
}
