/**
 * The rows of a run as they come in: one Float64Array a column, which grows by doubling. Appending writes only behind
 * the rows that are there, so a run that was kept before stays valid. What is read from them: a run between two of its
 * rows, how far two paths are from each other, and the mean of the rows from one on (Polyak and Ruppert's average).
 */
import type { Columns, Run } from "./types.ts";

/** Columns as the API sends them, keyed by the name of the parameter. */
export interface WireColumns {
  parameters?: Record<string, number[]>;
  loss: number[];
  gradient?: Record<string, number[]>;
  /** null: every step uses all points */
  batch?: (number[] | null)[] | null;
  evaluations?: Record<(typeof EVALUATED)[number], number[]>;
}

/** What a method evaluates, in the order of its column. */
export const EVALUATED = ["loss", "gradient", "hessian"] as const;

/** The array with `values` written from index `at` on; a larger copy where there is no room. */
function placed(array: Float64Array, at: number, values: ArrayLike<number>): Float64Array {
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

/** The columns with rows put in, the first of them at `from`. @param names  of the parameters, in order */
export function appendRows(before: Columns | null, names: string[], wire: WireColumns, from: number = 0): Columns {
  const old = before ?? empty();
  const at = Math.max(0, from - 1);
  const { gradient, parameters, evaluations } = wire;
  return {
    parameters: parameters
      ? names.map((name, k) => placed(old.parameters[k] ?? new Float64Array(0), from, parameters[name]))
      : [],
    loss: placed(old.loss, from, wire.loss),
    gradient: gradient
      ? names.map((name, k) => placed(old.gradient?.[k] ?? new Float64Array(0), at, gradient[name]))
      : null,
    batch: wire.batch === undefined ? null : [...(old.batch ?? []).slice(0, at), ...(wire.batch ?? [])],
    evaluations: evaluations
      ? EVALUATED.map((name, k) => placed(old.evaluations?.[k] ?? new Float64Array(0), from, evaluations[name]))
      : null,
  };
}

/** The columns of a run with further ones, which have come later. @param names  of the parameters, in order */
export function withMoreColumns(
  before: Columns,
  names: string[],
  { parameters, gradient, batch, evaluations }: Partial<WireColumns>,
): Columns {
  return {
    ...before,
    ...(parameters && { parameters: names.map((name) => Float64Array.from(parameters[name])) }),
    ...(gradient && { gradient: names.map((name) => Float64Array.from(gradient[name])) }),
    ...(batch !== undefined && { batch: batch ?? [] }),
    ...(evaluations && { evaluations: EVALUATED.map((name) => Float64Array.from(evaluations[name])) }),
  };
}

/**
 * The gradient at a row, which is the one that led to the next.
 * @param length  rows of the run
 * @returns null: none has been received, or no step leads on from there
 */
export function gradientAt({ gradient }: Columns, row: number, length: number): number[] | null {
  return gradient && row >= 0 && row < length - 1 ? gradient.map((column) => column[row]) : null;
}

/** The point of one row. */
export function parametersAt(columns: Columns, row: number): number[] {
  return columns.parameters.map((column) => column[row]);
}

/** @returns whether a column has not been received */
export function lacksColumn(columns: Columns, name: keyof Columns): boolean {
  const column = columns[name];
  return column === null || column === undefined || (name === "parameters" && column.length === 0);
}

/** @returns whether its loss was still rising when the steps ran out */
export function isGrowing(run: Pick<Run, "columns" | "length" | "end">): boolean {
  if (run.end?.stop_reason !== "max_steps" || run.length < 4) return false;
  const { loss } = run.columns;
  const last = run.length - 1;
  return loss[last] > loss[0] && loss[last] >= loss[Math.floor(0.75 * last)] * 1.5;
}

/** @param averaged  as an address says it @returns the row from which rows are averaged; null: no average is shown */
export const averageFrom = (averaged: number | null): number | null =>
  averaged !== null && averaged >= 0 ? Math.floor(averaged) : null;

/** @returns the mean of a column from a row to each later one */
export function meansFrom(column: ArrayLike<number>, first: number, length: number): Float64Array {
  let sum = 0;
  return Float64Array.from({ length: Math.max(0, length - first) }, (_, k) => {
    sum += column[first + k];
    return sum / (k + 1);
  });
}

/**
 * @returns over the steps that both have taken: the largest distance between the paths, and how far the first goes from
 * its start
 */
export function apartness(a: Run, b: Run): { steps: number; most: number; size: number } {
  const rows = Math.min(a.length, b.length);
  let [most, size] = [0, 0];
  for (let row = 0; row < rows; row++) {
    most = Math.max(most, distanceOfRows(a.columns.parameters, row, b.columns.parameters, row));
    size = Math.max(size, distanceOfRows(a.columns.parameters, row, a.columns.parameters, 0));
  }
  return { steps: rows - 1, most, size };
}

const distanceOfRows = (a: Float64Array[], row: number, b: Float64Array[], other: number) =>
  Math.hypot(...a.map((column, k) => column[row] - b[k][other]));

export function parametersBetween({ columns, length }: Run, row: number): number[] {
  const low = Math.min(Math.floor(row), length - 1);
  const high = Math.min(low + 1, length - 1);
  const share = Math.min(row, length - 1) - low;
  return share
    ? columns.parameters.map((column) => column[low] + share * (column[high] - column[low]))
    : parametersAt(columns, low);
}
