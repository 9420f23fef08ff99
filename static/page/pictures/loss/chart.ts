/**
 * The loss chart: the loss of all runs against steps, samples seen or evaluations. Its axis has the tints of the map.
 */
import { HALO, type Ink, inPixels, type Mark, rectangle, runMarker, verticals, words } from "../../marks/mark.ts";
import type { Slide } from "../../marks/svgFile.ts";
import { fromOklab, toHex } from "../../math/colour.ts";
import { formatExact, formatLevel } from "../../math/format.ts";
import type { Levels } from "../../math/levels.ts";
import { type ThemeName, tints } from "../../math/palette.ts";
import type { Series } from "../../math/series.ts";
import { type Counts, countAt } from "../../math/series.ts";
import { niceStep } from "../../math/ticks.ts";
import { endLossText, leastLossOf, lowestLossOfInterest } from "../../state/evidenceValues.ts";
import type { Count, Interval, Run, Scene } from "../../state/types.ts";
import { type LineChart, lineChartOf, type PlacedChart, type Sized } from "../chart/lineChart.ts";
import {
  type Axis,
  type ChartLine,
  countAxis,
  dashOf,
  endOf,
  evenAxis,
  lastStep,
  logAxis,
  OUT,
  type PlotArea,
  rangeOf,
  valueAt,
  WHOLE,
  xOf,
  yOf,
} from "../chart/plot.ts";
import { type Bands, isFailing, isShown, type LossContent, outOfTop, STRIP } from "./content.ts";
import { endText, levelOf, lossesBeside, stepsBeside, toldInName } from "./evidenceInChart.ts";
import { spaceOfGuesses } from "./guesses.ts";
import { evidenceMarks, ghostMarks, marksBehind } from "./layers.ts";

/** @returns the steps at which it is highest of each time that it is out at the top and comes back */
function peaksOut({ y }: PlotArea, { values, first }: Series): number[] {
  const peaks: number[] = [];
  let peak = -1;
  values.forEach((value, k) => {
    if (y.place(value) > OUT) peak = peak < 0 || value > values[peak] ? k : peak;
    else if (peak >= 0) {
      peaks.push(first + peak);
      peak = -1;
    }
  });
  return peaks;
}

/** A mark at each, and below the highest of a line how high its loss gets. */
function peakMarks(chart: PlacedChart, runs: Run[]): Mark {
  const { box, lines } = chart;
  const marks = lines.flatMap((line) =>
    peaksOut(chart, line).flatMap((row): Mark[] => {
      const [x, loss] = [xOf(chart, row, line.counts), valueAt(line, row)];
      const lossText = `up to ${formatLevel(Number(loss.toPrecision(2)))}`;
      const highest = !line.values.some((value) => value > loss);
      const style = { anchor: "middle", halo: HALO, shift: [0, 9] } as const;
      return [outOfTop(x, box.top, runs[line.run].slot), ...(highest ? [words([x, box.top], lossText, style)] : [])];
    }),
  );
  return inPixels(marks);
}

/** Losses below this are drawn on the floor of the chart: an optimizer that has nothing left to do gets to 1e-300. */
const FLOOR = 1e-16;

/** The floor where losses are counted from a base other than 0: their last bits are rounding. */
const floorAbove = (base: number) =>
  base === 0 ? FLOOR : Math.max(FLOOR, 10 ** Math.ceil(Math.log10(4 * Number.EPSILON * Math.abs(base))));
/** Where all runs diverge, the chart goes up to so many times the loss at the start. */
const RUNAWAY = 1e4;
/** A curve is drawn this far beyond the edge of the chart. */
const BEYOND = 0.5;
/** A number is left out where it is nearer to the word on the floor than this share of the way to the next number. */
const CLOSE = 0.7;

/** @param more  losses besides @returns over what should be in sight */
function range(runs: Run[], bands: Bands, more: Float64Array[]): { least: number; most: number } {
  const calm = runs.filter((run) => isShown(run) && !isFailing(run));
  const ranged = calm.length ? calm : runs.filter(isShown);
  const banded = runs.flatMap((run, k) => (bands?.[k] && calm.includes(run) ? [bands[k].low, bands[k].high] : []));
  const losses = [...ranged.map(({ columns, length }) => columns.loss.subarray(0, length)), ...banded, ...more];
  const { least, most } = rangeOf(losses.map((values) => ({ values, first: 0 })));
  const bound = ranged.length && !calm.length ? ranged[0].columns.loss[0] * RUNAWAY : Infinity;
  return { least, most: bound > 0 ? Math.min(most, bound) : most };
}

/** Cut to a little beyond both ends. @param loss  which may be infinite */
const cutting = (place: (loss: number) => number) => (loss: number) =>
  Math.min(1 + BEYOND, Math.max(-BEYOND, place(Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, loss)))));

/** Losses within this factor have a scale that fits them; others one that begins at a power of ten. */
const FEW = 100;

/** Of the losses in sight; a run's last loss above its own would be nothing, and fall below every power of ten. */
const SMALL_SHARE = 1e-4;

/** @returns a round number below the lowest loss in sight, where the least loss is not known */
function roundBelow(lowest: number, most: number): number {
  const step = 10 ** Math.floor(Math.log10(SMALL_SHARE * (most - lowest)));
  return step > 0 && Number.isFinite(step) ? step * Math.floor(lowest / step) : lowest;
}

/**
 * In losses above a base; in per cent of the least loss above it, where evidence counts so.
 * @param mostTicks  ticks that fit
 */
function logLoss(scene: Scene, least: number, most: number, mostTicks: number): Axis {
  const { levels, problem, wholeEvidence } = scene;
  const share = leastLossOf(wholeEvidence);
  const minimaLosses = problem.minima.map((minimum) => minimum.loss);
  const zero = levels?.base ?? 0;
  const lowest = Math.min(zero, least, ...minimaLosses);
  const base = share ?? (zero === 0 && least >= 0 ? 0 : minimaLosses.length ? lowest : roundBelow(lowest, most));
  const unit = share === null ? 1 : share / 100;
  const floor = floorAbove(base) / unit;
  const above = (loss: number) => Math.max((loss - base) / unit, floor);
  const deep = Math.max(above(least), Math.min(above(most), lowestLossOfInterest(wholeEvidence, base) / unit));
  const high = Math.max(above(most), deep * 1.01);
  const ends: Interval =
    high < FEW * deep
      ? [1 / niceStep(1 / deep), niceStep(high)]
      : [10 ** Math.floor(Math.log10(deep)), 10 ** Math.min(308, Math.ceil(Math.log10(high) * 2) / 2)];
  const axis = logAxis(ends, mostTicks);
  const [first, second] = axis.ticks;
  // A low chart has a single tick.
  const step = second ? second.at - first.at : 0;
  const below = deep <= floor || above(least) < ends[0];
  const powers = below
    ? [{ at: 0, text: `≤${formatLevel(ends[0])}` }, ...axis.ticks.filter((tick) => tick.at > CLOSE * step)]
    : axis.ticks;
  const ticks = share === null ? powers : powers.map(({ at, text }) => ({ at, text: `${text} %` }));
  return { ...axis, base, ticks, place: cutting((loss) => axis.place(above(loss))) };
}

function evenLoss(least: number, most: number, mostTicks: number): Axis {
  const axis = evenAxis([least, most > least ? most : least + (Math.abs(least) || 1)], mostTicks, true);
  return { ...axis, place: cutting(axis.place) };
}

/** A goal nearer to the least loss than this share of all losses in sight would lie on the foot of an even axis. */
const LOW = 0.03;

/** @param height  in pixels @param more  losses that are to be in sight besides those of runs */
export function lossAxis(scene: Scene, bands: Bands, height: number, more: Float64Array[] = []): Axis {
  const mostTicks = Math.max(2, Math.floor(height / 26));
  const { levels, wholeRuns, ghosts, prepared, plane, wholeEvidence, problem } = scene;
  let { least, most } = range([...wholeRuns, ...[...ghosts, ...prepared].map(({ run }) => run)], bands, more);
  if (!Number.isFinite(least))
    [least, most] = levels ? [levels.values[0], levels.values[levels.values.length - 1]] : [0.1, 100];
  // Of a loss that goes far below the runs, powers of ten above its least would draw them as one line.
  const base = levels?.base ?? 0;
  const staysFar = base < 0 && !problem.minima.length && most - base < FEW * (least - base);
  const goals = wholeEvidence.flatMap((item) => (item.kind === "goal" ? [(item.loss ?? base) - base] : []));
  const hasLowGoal = goals.some((goal) => goal > 0 && goal < LOW * (most - base));
  // The levels of a plane do not tell how far down the runs go.
  return ((levels?.kind === "steps" && !hasLowGoal) || staysFar) && !plane && leastLossOf(wholeEvidence) === null
    ? evenLoss(least, most, mostTicks)
    : logLoss(scene, least, most, mostTicks);
}

/** What lies along the axis. */
const AXIS_TITLES: Record<Count, string> = {
  steps: "step",
  samples: "samples seen",
  evaluations: "evaluations",
};

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
  const reached = scene.hasHiddenRows ? axis.place(most(scene.shownRuns)) : 1;
  return { ...axis, ticks: axis.ticks.filter(({ at }) => at <= reached) };
}

function growingAxis(least: number, most: number, width: number): Axis {
  const axis = logAxis([least, Math.max(most, least + 1)], Math.max(2, Math.floor(width / 56)));
  return { ...axis, place: (value) => axis.place(Math.max(value, least)) };
}

/** A strip with the tints of the map beside the axis; without a map the axis alone. */
export function tintStrip(chart: PlotArea & Pick<Sized, "look">, levels: Levels | null, theme: ThemeName): Mark {
  const { box, look } = chart;
  const bottom = box.top + box.height;
  const style = { crisp: true, stroke: "ink2" } as const;
  if (!levels) return inPixels([verticals([[box.left, box.top, bottom]], style)]);
  const width = STRIP * look.scale;
  const left = box.left - width;
  const edges = [-Infinity, ...levels.values, Infinity].map((value) =>
    Math.min(bottom, Math.max(box.top, yOf(chart, value))),
  );
  const bands = tints(theme, levels.values.length + 1).map((tint, band) => {
    const [low, high] = [edges[band], edges[band + 1]];
    return rectangle({ left, top: high, width, height: low - high }, { fill: toHex(fromOklab(tint)) as Ink });
  });
  return inPixels([...bands, rectangle({ left, top: box.top, width, height: box.height }, style)]);
}

/** Where lines end, or leave the top for good. */
function endMarks(chart: PlacedChart, runs: Run[]): Mark {
  const { box, lines, steps } = chart;
  const marks = lines.flatMap((line): Mark[] => {
    const { slot, end } = runs[line.run];
    const { x, y, off } = endOf(chart, line, steps);
    return off ? [outOfTop(x, box.top, slot)] : end ? [runMarker([x, y], slot, 3.4, true)] : [];
  });
  return inPixels(marks);
}

/** Nominal pixels of a line, and of one that has a band. */
const WIDTH = { alone: 1.8, inBand: 0.9 };

/** Of a line that goes up and down by more heights of the chart than this the dashes would blur. */
const SWINGS = 2.5;

function swings(losses: Float64Array, { place }: Axis): boolean {
  let heights = 0;
  for (let k = 1; k < losses.length; k++) heights += Math.abs(place(losses[k]) - place(losses[k - 1])) || 0;
  return heights > SWINGS;
}

/** @param base  what losses are counted from @returns what the chart shows */
export const lossTitle = (base: number = 0) => (base ? `Loss above ${formatExact(base, 4)}` : "Loss");

/** @returns the last loss of a run that ends above the chart, unless it diverges */
const endAbove = (run: Run, { place }: Axis) =>
  run.end && run.end.stop_reason !== "diverged" && place(run.columns.loss[run.length - 1]) > OUT
    ? endLossText(run, null)
    : "";

export function lossChartOf(content: LossContent & Sized): LineChart {
  const { scene, counted, bands, epochs, average, size, look } = content;
  const { shownRuns, wholeRuns, hasHiddenRows, levels, theme, selected } = scene;
  const selectedRun = selected ?? 0;
  const counts = counted?.runs ?? shownRuns.map(() => null);
  const averages = average ? [{ ...average, counts: counts[average.run] }] : [];
  const others = averages.map(({ values }) => values);
  const axisOf = (height: number) => lossAxis(scene, bands, height, others);
  const whole = axisOf(size.height);
  const lineOf = (run: Run, index: number): ChartLine[] => {
    if (!isShown(run)) return [];
    const { slot, short, length, columns } = run;
    const values = columns.loss.subarray(0, length);
    const width = bands?.[index] ? WIDTH.inBand : WIDTH.alone;
    const level = levelOf(scene, index);
    const valueText = level ? toldInName(level) : endText(scene, run) || endAbove(run, whole);
    const named = [short, valueText].filter(Boolean).join(": ");
    // As on the map: dashed, but where it swings.
    const dash = bands?.[index] || swings(values, whole) ? [] : dashOf(slot);
    const line = { values, first: 0, counts: counts[index], quantity: "loss", run: index, slot, name: named, width };
    return [{ ...line, dash, level: level?.loss }];
  };
  const lines = [...shownRuns.flatMap(lineOf), ...averages];
  const chosen = lines.find(({ run }) => run === selectedRun);
  const title = AXIS_TITLES[counted?.count ?? "steps"];
  return lineChartOf({
    // A run is named once it has ended.
    lines: hasHiddenRows ? lines.map((line) => (shownRuns[line.run].end ? line : { ...line, name: "" })) : lines,
    linesForNames: hasHiddenRows ? [...wholeRuns.flatMap(lineOf), ...averages] : lines,
    steps: WHOLE,
    size,
    look,
    title,
    x: (width) => stepsBeside(stepAxis(scene, counted?.runs ?? null, width), scene, counts, width, look),
    y: (height) => lossesBeside(axisOf(height), scene, height),
    strip: STRIP,
    head: spaceOfGuesses(scene),
    walked: true,
    counts: counts[selectedRun],
    // Where samples or evaluations count, the playhead stops at the end of the chosen run.
    until: Math.max(1, ...(chosen?.counts ? [lastStep(chosen)] : lines.map(lastStep))),
    behind: (chart) => [
      tintStrip(chart, levels, theme),
      ...marksBehind(chart, { scene, counted, bands, epochs }, counts),
    ],
    inFront: (chart) => [
      ghostMarks(chart, scene, counted?.ghosts ?? []),
      endMarks(chart, shownRuns),
      peakMarks(chart, shownRuns),
      ...evidenceMarks(chart, scene, counts),
    ],
  });
}

/** The chart as it is taken home. @param base  of its axis */
export function lossSlide({ shownRuns, problem }: Scene, count: Count = "steps", base?: number): Slide {
  const key = shownRuns.filter(isShown).map(({ slot, name }) => ({ slot, text: name, marked: true }));
  const head = `${problem.label}: ${lossTitle(base).toLowerCase()} against ${AXIS_TITLES[count]}`;
  return { title: "Loss", head, key };
}
