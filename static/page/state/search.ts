/** The exhaustive search: tries the loss at each place of a grid, in step with the runs. */
import { parametersAt } from "./columns.ts";
import type { Landscape, Run, Scene } from "./types.ts";

/** @returns the point of a grid that is tried after so many others: along the first parameter, then row by row */
export function pointAt({ x, y }: Landscape, index: number): number[] {
  return y ? [x[index % x.length], y[Math.floor(index / x.length)]] : [x[index]];
}

const least: WeakMap<Landscape, Int32Array> = new WeakMap();

/** The lowest of the first places. @param tried  how many @returns its index; -1: none has a loss */
export function lowestOf(grid: Landscape, tried: number): number {
  let lowest = least.get(grid);
  if (!lowest) {
    let best = -1;
    lowest = Int32Array.from(
      grid.loss,
      (loss, k) => (best = Number.isFinite(loss) && !(best >= 0 && grid.loss[best] <= loss) ? k : best),
    );
    least.set(grid, lowest);
  }
  return tried > 0 ? lowest[Math.min(tried, lowest.length) - 1] : -1;
}

/** Steps of the longest run in sight. */
const stepsOf = (runs: Run[]) => Math.max(0, ...runs.map(({ hidden, length }) => (hidden ? 0 : length - 1)));

/** How many places have been tried by a step; all of them at the end of the longest run. */
export function triedBy({ search, wholeRuns }: Pick<Scene, "search" | "wholeRuns">, step: number): number {
  const [all, steps] = [search?.loss.length ?? 0, stepsOf(wholeRuns)];
  return steps ? Math.round(all * Math.min(1, step / steps)) : all;
}

/** How many places are tried in one step. */
export const triedAStep = ({ search, wholeRuns }: Pick<Scene, "search" | "wholeRuns">): number =>
  (search?.loss.length ?? 0) / Math.max(1, stepsOf(wholeRuns));

/** The minimum that the search is compared with: the lowest known one, else the lowest row of any run. */
export function trueMinimum({
  problem: { minima },
  runs,
}: Pick<Scene, "problem" | "runs">): { at: number[][]; isKnown: boolean } | null {
  const lowest = Math.min(...minima.map(({ loss }) => loss));
  if (minima.length) return { at: minima.filter(({ loss }) => loss <= lowest).map(({ at }) => at), isKnown: true };
  const ended = runs.filter(({ end }) => end?.end_point?.kind === "minimum" && end.end_point.at);
  const losses = ended.map(({ columns, length }) => columns.loss[length - 1]);
  const best = ended[losses.indexOf(Math.min(...losses))];
  return best ? { at: [best.end?.end_point?.at as number[]], isKnown: false } : null;
}

export const distanceTo = (minimum: { at: number[][] }, point: number[]): number =>
  Math.min(...minimum.at.map((at) => Math.hypot(...at.map((value, k) => value - point[k]))));

/** @returns the first row of a run that is lower than a loss, up to a row; null: none is */
export function firstBelow({ columns, length }: Run, loss: number, until: number): number | null {
  for (let row = 0; row < Math.min(length, until + 1); row++) if (columns.loss[row] < loss) return row;
  return null;
}

/** The parameters of a run at a step, at the most its last. */
export function placeOf({ columns, length }: Run, step: number): { row: number; at: number[]; loss: number } {
  const row = Math.max(0, Math.min(Math.floor(step), length - 1));
  return { row, at: parametersAt(columns, row), loss: columns.loss[row] };
}
