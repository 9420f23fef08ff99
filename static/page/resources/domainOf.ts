/** The domain of a formula, found from its runs. */
import { niceStep, roundToStep } from "../math/ticks.ts";
import { fallsEverFaster, isLossRising } from "../state/columns.ts";
import type { Interval, Landscape, ReceivedRun, Window } from "../state/types.ts";

/** Room around the runs, as a share of what they take. */
const ROOM = 0.12;
/**
 * The usual domain is kept if the runs fill more than FILLED of its width or height, and leave SPARE of it free on each
 * side.
 */
const FILLED = 0.3;
const SPARE = 0.02;
/** The shorter side of a domain is at least about this share of the longer, as both are drawn to one scale. */
const NARROWEST = 0.6;
/** The ends are multiples of a round step, with fewer than this between them, so that small changes keep them. */
const STEPS = 12;

type ReceivedRows = Pick<ReceivedRun, "columns" | "length" | "end">;

/**
 * The rows of a run that count: of one that fails those with a loss not above that of the start, of one that falls ever
 * faster those before it leaves the usual domain and, from a start off it, as much around that.
 */
function boundedRows(run: ReceivedRows, usual: Window): number {
  const {
    columns: { loss, parameters },
    length,
    end,
  } = run;
  if (fallsEverFaster(run)) {
    const bounds = usual.map(([low, high], k): Interval => {
      const [from, half] = [parameters[k][0], (high - low) / 2];
      return [from < low ? from - half : low, from > high ? from + half : high];
    });
    const left = loss
      .subarray(0, length)
      .findIndex((_, row) => bounds.some(([low, high], k) => parameters[k][row] < low || parameters[k][row] > high));
    return left < 0 ? length : left;
  }
  if (end?.stop_reason !== "diverged" && !isLossRising(run)) return length;
  const above = loss.subarray(0, length).findIndex((value) => !(value <= loss[0]));
  return above < 0 ? length : above;
}

/** @returns where the loss is lowest; null: at the edge, where no minimum is to be seen */
function lowestOf({ x, y, loss }: Landscape): number[] | null {
  let least = -1;
  loss.forEach((value, k) => {
    if (Number.isFinite(value) && !(loss[least] <= value)) least = k;
  });
  const at = [least % x.length, Math.floor(least / x.length)];
  const axes = y ? [x, y] : [x];
  return axes.every((axis, k) => at[k] > 0 && at[k] < axis.length - 1) ? axes.map((axis, k) => axis[at[k]]) : null;
}

/**
 * A place is a minimum if the loss is higher on all of the square that is RING places from it, by at least ROUND of the
 * most that it is higher there: in a narrow valley each place that meets its floor better than the next looks like one.
 */
const RING = 2;
const ROUND = 0.06;
/** One is shown no farther from the runs than this share of what they take. */
const REACH = 0.5;

/** @returns the minima of a landscape that are seen at its places */
function minimaOf({ x, y, loss }: Landscape): number[][] {
  const columns = x.length;
  const along = Array.from({ length: 2 * RING + 1 }, (_, k) => k - RING);
  const ring = (y ? along : [0]).flatMap((up) =>
    along.filter((right) => Math.max(Math.abs(up), Math.abs(right)) === RING).map((right) => up * columns + right),
  );
  const isMinimum = (k: number) => {
    const above = ring.map((by) => loss[k + by] - loss[k]);
    return Math.min(...above) > ROUND * Math.max(...above);
  };
  const minima: number[][] = [];
  const inner = (axis: { length: number }) => axis.length - RING;
  for (let j = y ? RING : 0; j < (y ? inner(y) : 1); j++)
    for (let i = RING; i < inner(x); i++) if (isMinimum(j * columns + i)) minima.push(y ? [x[i], y[j]] : [x[i]]);
  return minima;
}

/** @returns from one round number to another */
function rounded([low, high]: Interval): Interval {
  const step = niceStep((high - low) / STEPS);
  return [roundToStep(Math.floor(low / step) * step, step), roundToStep(Math.ceil(high / step) * step, step)];
}

/**
 * The domain of a formula: around its start, its bounded rows, the lowest place of the usual domain and the minima that
 * lie near these.
 * @param usual  the landscape over that domain, which is kept where it shows the runs well
 */
export function domainOf(usual: Landscape, start: number[], runs: ReceivedRows[]): Window {
  const lowest = lowestOf(usual);
  const ofRuns = usual.window.map((_, k): Interval => {
    let [low, high] = [Infinity, -Infinity];
    const hold = (value: number) => {
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    };
    for (const run of runs)
      for (const value of run.columns.parameters[k].subarray(0, boundedRows(run, usual.window))) hold(value);
    for (const point of [start, lowest ?? []]) if (k in point) hold(point[k]);
    return [low, high];
  });
  const reach = REACH * Math.max(...ofRuns.map(([low, high]) => high - low));
  const near = minimaOf(usual).filter((at) =>
    at.every((value, k) => value >= ofRuns[k][0] - reach && value <= ofRuns[k][1] + reach),
  );
  const taken = ofRuns.map(([low, high], k): Interval => {
    const values = near.map((at) => at[k]);
    return [Math.min(low, ...values), Math.max(high, ...values)];
  });
  const sizes = taken.map(([low, high]) => high - low);
  const longest = Math.max(...sizes);
  const isKept =
    usual.window.every(
      ([low, high], k) => taken[k][0] - low > SPARE * (high - low) && high - taken[k][1] > SPARE * (high - low),
    ) && usual.window.some(([low, high], k) => sizes[k] > FILLED * (high - low));
  if (isKept || !(longest > 0) || !Number.isFinite(longest)) return usual.window;
  return taken.map(([low, high], k) => {
    const room = ROOM * longest + Math.max(0, NARROWEST * longest - sizes[k]) / 2;
    return rounded([low - room, high + room]);
  });
}
