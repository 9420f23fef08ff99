/**
 * Stores the rows of a run as they arrive, one Float64Array per column, which grows by doubling. Rows are only written
 * behind those already there, so earlier `Columns` objects stay valid. Also computes from them: parameters between two
 * rows, the distance of two paths, and running means (the averages of Polyak and Ruppert).
 */
import { withNaN } from "../math/series.ts";
import type { Column, Columns, Run, Wire } from "./types.ts";

/** Columns as the API sends them, keyed by the name of the parameter. */
export type WireColumns = Pick<Wire["StepsEvent"], Column> & { loss: number[] };

/** What a method evaluates, in the order of the arrays in `Columns.evaluations`. */
export const EVALUATION_KINDS = ["loss", "gradient", "hessian"] as const;

/** Writes values into an array from an index on, or into a larger copy if they do not fit. */
function withValuesAt(array: Float64Array, at: number, values: ArrayLike<number>): Float64Array {
  const needed = at + values.length;
  const target = needed <= array.length ? array : grown(array, needed);
  target.set(values, at);
  return target;
}

function grown(array: Float64Array, needed: number) {
  const larger = new Float64Array(Math.max(needed, 2 * array.length));
  larger.set(array);
  return larger;
}

function empty(): Columns {
  return { parameters: [], loss: new Float64Array(0), gradient: null, batch: null };
}

/** Adds received rows. @param names  of the parameters, in order @param from  the row that the first of them is */
export function appendRows(before: Columns | null, names: string[], wire: WireColumns, from: number = 0): Columns {
  const old = before ?? empty();
  const at = Math.max(0, from - 1);
  const { gradient, parameters, evaluations } = wire;
  return {
    parameters: parameters
      ? names.map((name, k) => withValuesAt(old.parameters[k] ?? new Float64Array(0), from, parameters[name]))
      : [],
    loss: withValuesAt(old.loss, from, wire.loss),
    gradient: gradient
      ? names.map((name, k) => withValuesAt(old.gradient?.[k] ?? new Float64Array(0), at, withNaN(gradient[name])))
      : null,
    batch: wire.batch === undefined ? null : [...(old.batch ?? []).slice(0, at), ...(wire.batch ?? [])],
    evaluations: evaluations
      ? EVALUATION_KINDS.map((name, k) =>
          withValuesAt(old.evaluations?.[k] ?? new Float64Array(0), from, evaluations[name]),
        )
      : null,
  };
}

/** Adds columns that were requested later. @param names  of the parameters, in order */
export function withMoreColumns(
  before: Columns,
  names: string[],
  { parameters, gradient, batch, evaluations }: Partial<WireColumns>,
): Columns {
  return {
    ...before,
    ...(parameters && { parameters: names.map((name) => Float64Array.from(parameters[name])) }),
    ...(gradient && { gradient: names.map((name) => withNaN(gradient[name])) }),
    ...(batch !== undefined && { batch: batch ?? [] }),
    ...(evaluations && { evaluations: EVALUATION_KINDS.map((name) => Float64Array.from(evaluations[name])) }),
  };
}

/**
 * @param length  number of rows of the run
 * @returns the gradient at a row, by which its next step was taken; null: not received, or the row is the last
 */
export function gradientAt({ gradient }: Columns, row: number, length: number): number[] | null {
  return gradient && row >= 0 && row < length - 1 ? gradient.map((column) => column[row]) : null;
}

/** @returns the parameters at a row, in order */
export function parametersAt(columns: Columns, row: number): number[] {
  return columns.parameters.map((column) => column[row]);
}

/** @returns whether a column has not been received yet */
export function lacksColumn(columns: Columns, name: keyof Columns): boolean {
  const column = columns[name];
  return column === null || column === undefined || (name === "parameters" && column.length === 0);
}

/**
 * @returns whether the loss was rising when the steps ran out: the last loss is above the first, and 1.5 times that
 *   after three quarters of the rows
 */
export function isLossRising(run: Pick<Run, "columns" | "length" | "end">): boolean {
  if (run.end?.stop_reason !== "max_steps" || run.length < 4) return false;
  const { loss } = run.columns;
  const last = run.length - 1;
  return loss[last] > loss[0] && loss[last] >= loss[Math.floor(0.75 * last)] * 1.5;
}

/**
 * @returns whether the loss fell ever faster when the steps ran out, as where it has no lowest value: the last quarter
 *   of the rows has brought three quarters of what all did
 */
export function fallsEverFaster(run: Pick<Run, "columns" | "length" | "end">): boolean {
  if (run.end?.stop_reason !== "max_steps" || run.length < 4) return false;
  const { loss } = run.columns;
  const last = run.length - 1;
  return loss[Math.floor(0.75 * last)] - loss[last] > 0.75 * (loss[0] - loss[last]) && loss[last] < loss[0];
}

/** @param averaged  from an address, unchecked @returns the first row of the average; null: no average is shown */
export const averageFrom = (averaged: number | null): number | null =>
  averaged !== null && averaged >= 0 ? Math.floor(averaged) : null;

/** @returns for each row the mean of the column from `first` to that row; NaN before */
export function runningMeans(column: ArrayLike<number>, first: number, length: number): Float64Array {
  let sum = 0;
  return Float64Array.from({ length }, (_, row) => {
    if (row < first) return NaN;
    sum += column[row];
    return sum / (row - first + 1);
  });
}

/**
 * Compares two paths over the steps that both have taken.
 * @returns steps: how many; largest: their largest distance at equal rows; size: how far the first gets from its start
 */
export function pathDistance(a: Run, b: Run): { steps: number; largest: number; size: number } {
  const rows = Math.min(a.length, b.length);
  let [most, size] = [0, 0];
  for (let row = 0; row < rows; row++) {
    most = Math.max(most, distanceOfRows(a.columns.parameters, row, b.columns.parameters, row));
    size = Math.max(size, distanceOfRows(a.columns.parameters, row, a.columns.parameters, 0));
  }
  return { steps: rows - 1, largest: most, size };
}

const distanceOfRows = (a: Float64Array[], row: number, b: Float64Array[], other: number) =>
  Math.hypot(...a.map((column, k) => column[row] - b[k][other]));

/** @returns the parameters at a row, or for a fraction linearly between two rows */
export function parametersBetween({ columns, length }: Run, row: number): number[] {
  const low = Math.min(Math.floor(row), length - 1);
  const high = Math.min(low + 1, length - 1);
  const share = Math.min(row, length - 1) - low;
  return share
    ? columns.parameters.map((column) => column[low] + share * (column[high] - column[low]))
    : parametersAt(columns, low);
}
