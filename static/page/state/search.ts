/** The exhaustive search: it evaluates the loss at each point of a grid, spread over the steps of the runs. */
import { parametersAt } from "./columns.ts";
import type { Landscape, Run, Scene } from "./types.ts";

/** @returns the point of a grid with an index: along the first parameter, then row by row */
export function pointAt({ x, y }: Landscape, index: number): number[] {
  return y ? [x[index % x.length], y[Math.floor(index / x.length)]] : [x[index]];
}

const lowestByCount: WeakMap<Landscape, Int32Array> = new WeakMap();

/** @returns the index of the lowest of the first `tried` points of a grid; -1: none has a finite loss */
export function lowestOf(grid: Landscape, tried: number): number {
  let lowest = lowestByCount.get(grid);
  if (!lowest) {
    let best = -1;
    lowest = Int32Array.from(
      grid.loss,
      (loss, k) => (best = Number.isFinite(loss) && !(best >= 0 && grid.loss[best] <= loss) ? k : best),
    );
    lowestByCount.set(grid, lowest);
  }
  return tried > 0 ? lowest[Math.min(tried, lowest.length) - 1] : -1;
}

/** @returns the steps of the longest visible run */
const stepsOf = (runs: Run[]) => Math.max(0, ...runs.map(({ hidden, length }) => (hidden ? 0 : length - 1)));

/** @returns how many points have been tried by a step; at the end of the longest run all of them */
export function triedUntil({ search, wholeRuns }: Pick<Scene, "search" | "wholeRuns">, step: number): number {
  const [all, steps] = [search?.loss.length ?? 0, stepsOf(wholeRuns)];
  return steps ? Math.round(all * Math.min(1, step / steps)) : all;
}

/** @returns how many points are tried per step; a fraction if there are fewer points than steps */
export const triedAStep = ({ search, wholeRuns }: Pick<Scene, "search" | "wholeRuns">): number =>
  (search?.loss.length ?? 0) / Math.max(1, stepsOf(wholeRuns));

/**
 * @returns the minimum that the search is compared with: all known minima of the lowest loss, else the lowest minimum
 *   in which a run has ended; null: neither
 */
export function trueMinimum({
  problem: { minima },
  shownRuns,
}: Pick<Scene, "problem" | "shownRuns">): { at: number[][]; isKnown: boolean } | null {
  const lowest = Math.min(...minima.map(({ loss }) => loss));
  if (minima.length) return { at: minima.filter(({ loss }) => loss <= lowest).map(({ at }) => at), isKnown: true };
  const ended = shownRuns.filter(({ end }) => end?.end_point?.kind === "minimum" && end.end_point.at);
  const losses = ended.map(({ columns, length }) => columns.loss[length - 1]);
  const best = ended[losses.indexOf(Math.min(...losses))];
  return best ? { at: [best.end?.end_point?.at as number[]], isKnown: false } : null;
}

/** @returns the distance of a point from the nearest of the places of a minimum */
export const distanceTo = (minimum: { at: number[][] }, point: number[]): number =>
  Math.min(...minimum.at.map((at) => Math.hypot(...at.map((value, k) => value - point[k]))));

/** @returns the first row, up to `until`, whose loss is below a loss; null: none */
export function firstBelow({ columns, length }: Run, loss: number, until: number): number | null {
  for (let row = 0; row < Math.min(length, until + 1); row++) if (columns.loss[row] < loss) return row;
  return null;
}

/** @returns row, parameters and loss of a run at a step, or at its last row if it has fewer */
export function placeOf({ columns, length }: Run, step: number): { row: number; at: number[]; loss: number } {
  const row = Math.max(0, Math.min(Math.floor(step), length - 1));
  return { row, at: parametersAt(columns, row), loss: columns.loss[row] };
}
