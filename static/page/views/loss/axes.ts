/** The scales of the loss chart: how loss becomes height, and how a step, or a number of samples, becomes width. */

import { type Counts, countAt } from "../../math/series.ts";
import { isGrowing } from "../../state/columns.ts";
import type * as told from "../../state/told.ts";
import type { Band, Run, Scene } from "../../state/types.ts";
import { type Axis, countAxis, evenAxis, logAxis, power } from "../chart/axes.ts";
import { rangeOf } from "../chart/lines.ts";

/** Of each run, between which losses the middle half of its seeds lies; null: not known, or not drawn. */
export type Bands = (Band | null)[] | null;

/** What tells which losses evidence is about; null: there is none. */
type ToldLosses = Pick<typeof told, "floorOf" | "leastOf"> | null;

/** Losses below this are drawn on the floor of the chart: an optimizer that has nothing left to do gets to 1e-300. */
const FLOOR = 1e-16;

/** Of losses counted from a base other than 0 the last bits are rounding: nothing below them is told apart. */
const floorAbove = (base: number) =>
  base === 0 ? FLOOR : Math.max(FLOOR, 10 ** Math.ceil(Math.log10(4 * Number.EPSILON * Math.abs(base))));
/** Where all run away they are followed up to so many times the loss of the start. */
const RUNAWAY = 1e4;
/** Of a curve that leaves the chart this much is drawn beyond its edge. */
const BEYOND = 0.5;
/** A number closer above the floor than this share of the way to the next makes way for the word on the floor. */
const CLOSE = 0.7;

const isFailing = (run: Run) => run.end?.stop_reason === "diverged" || isGrowing(run);

export const isShown = ({ hidden, length }: Run) => !hidden && length > 0;

/** @param more  losses besides @returns over what should be in sight */
function range(runs: Run[], bands: Bands, more: Float64Array[]): { least: number; most: number } {
  const calm = runs.filter((run) => isShown(run) && !isFailing(run));
  const shown = calm.length ? calm : runs.filter(isShown);
  const banded = runs.flatMap((run, k) => (bands?.[k] && calm.includes(run) ? [bands[k].low, bands[k].high] : []));
  const losses = [...shown.map(({ columns, length }) => columns.loss.subarray(0, length)), ...banded, ...more];
  const { least, most } = rangeOf(losses.map((values) => ({ values, first: 0 })));
  const bound = shown.length && !calm.length ? shown[0].columns.loss[0] * RUNAWAY : Infinity;
  return { least, most: bound > 0 ? Math.min(most, bound) : most };
}

/** Cut to a little beyond both ends. @param loss  which may be infinite */
const cutting = (place: (loss: number) => number) => (loss: number) =>
  Math.min(1 + BEYOND, Math.max(-BEYOND, place(Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, loss)))));

/**
 * In losses above a base; in per cent of the least loss above it, where evidence counts so.
 * @param room  ticks that fit
 */
function logLoss(scene: Scene, told: ToldLosses, least: number, most: number, room: number): Axis {
  const { levels, problem, expected } = scene;
  const share = told?.leastOf(expected) ?? null;
  const known = problem.minima.map((minimum) => minimum.loss);
  const zero = levels?.base ?? 0;
  const base = share ?? (zero === 0 && least >= 0 ? 0 : Math.min(zero, least, ...known));
  const unit = share === null ? 1 : share / 100;
  const floor = floorAbove(base) / unit;
  const above = (loss: number) => Math.max((loss - base) / unit, floor);
  const high = Math.min(308, Math.ceil(Math.log10(above(most)) * 2) / 2);
  const deep = Math.max(above(least), Math.min(above(most), (told?.floorOf(expected, base) ?? 0) / unit));
  const low = Math.min(Math.floor(Math.log10(deep)), high - 2);
  const axis = logAxis([10 ** low, 10 ** high], room);
  const step = axis.ticks[1].at - axis.ticks[0].at;
  const powers =
    deep > floor
      ? axis.ticks
      : [{ at: 0, text: `≤${power(low)}` }, ...axis.ticks.filter((tick) => tick.at > CLOSE * step)];
  const ticks = share === null ? powers : powers.map(({ at, text }) => ({ at, text: `${text} %` }));
  return { ...axis, base, ticks, place: cutting((loss) => axis.place(above(loss))) };
}

function evenLoss(least: number, most: number, room: number): Axis {
  const axis = evenAxis([least, most > least ? most : least + (Math.abs(least) || 1)], room, true);
  return { ...axis, place: cutting(axis.place) };
}

/** @param height  in pixels @param more  losses that are to be in sight besides those of runs */
export function lossAxis(
  scene: Scene,
  bands: Bands,
  height: number,
  told: ToldLosses = null,
  more: Float64Array[] = [],
): Axis {
  const room = Math.max(2, Math.floor(height / 26));
  const { levels, wholeRuns, ghosts, prepared, plane, expected } = scene;
  let { least, most } = range([...wholeRuns, ...[...ghosts, ...prepared].map(({ run }) => run)], bands, more);
  if (!Number.isFinite(least))
    [least, most] = levels ? [levels.values[0], levels.values[levels.values.length - 1]] : [0.1, 100];
  // Of a plane the levels say nothing of how far down the runs go.
  return levels?.kind === "steps" && !plane && (told?.leastOf(expected) ?? null) === null
    ? evenLoss(least, most, room)
    : logLoss(scene, told, least, most, room);
}

/**
 * Steps; or samples seen, or evaluations, on a logarithmic axis: a step on one point costs one, a step on all costs
 * them all, and a step by a method more than one by a rule.
 * @param counted  of each run, by its steps; null: steps count
 * @param width  in pixels
 * @returns without the numbers of what is hidden
 */
export function stepAxis(scene: Scene, counted: Counts[] | null, width: number): Axis {
  const most = (runs: Run[]) =>
    Math.max(1, ...runs.map((run, k) => (run.hidden ? 0 : countAt(Math.max(0, run.length - 1), counted?.[k]))));
  const axis = counted
    ? growingAxis(Math.min(...counted.map((counts) => countAt(1, counts))), most(scene.wholeRuns), width)
    : countAxis([0, most(scene.wholeRuns)], width);
  const shown = scene.hidesAhead ? axis.place(most(scene.runs)) : 1;
  return { ...axis, ticks: axis.ticks.filter(({ at }) => at <= shown) };
}

function growingAxis(least: number, most: number, width: number): Axis {
  const axis = logAxis([least, Math.max(most, least + 1)], Math.max(2, Math.floor(width / 56)));
  return { ...axis, place: (seen) => axis.place(Math.max(seen, least)) };
}
