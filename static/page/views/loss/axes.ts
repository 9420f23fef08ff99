/** The scales of the loss chart: how loss becomes height, and how a step, or a number of samples, becomes width. */
import { chosen, onScale, raised } from "../../math/format.ts";
import { multiples, niceStep } from "../../math/scales.ts";
import { isGrowing } from "../../words/outcome.ts";
import type { Run, Scene } from "../../state/types.ts";

type Tick = { value: number; text: string };

export interface LossAxis {
  log: boolean;
  /** what is taken off the loss before its logarithm */
  base: number;
  /** in the units of `place` */
  low: number;
  high: number;
  /** 0 at the low end, 1 at the high end, cut to a little beyond */
  place: (loss: number) => number;
  ticks: Tick[];
}

/** Losses below this are drawn on the floor of the chart: an optimizer that has nothing left to do gets to 1e-300. */
const FLOOR = 1e-16;

/** Of losses counted from a base other than 0 the last bits are rounding: nothing below them is told apart. */
const floorAbove = (base: number) => (base === 0 ? FLOOR : Math.max(FLOOR, 10 ** Math.ceil(Math.log10(4 * Number.EPSILON * Math.abs(base)))));
/** Where all run away they are followed up to so many times the loss of the start. */
const RUNAWAY = 1e4;
/** Of a curve that leaves the chart this much is drawn beyond its edge. */
const BEYOND = 0.5;

const isTrouble = (run: Run) => run.end?.stop_reason === "diverged" || isGrowing(run);

/** @returns over what should be in sight */
function range(runs: Run[]): { least: number; most: number } {
  const shown = runs.filter((run) => !run.hidden && run.length > 0);
  const calm = shown.filter((run) => !isTrouble(run));
  let [least, most] = [Infinity, -Infinity];
  for (const { columns, length } of calm.length ? calm : shown) {
    for (let row = 0; row < length; row++) {
      least = Math.min(least, columns.loss[row]);
      most = Math.max(most, columns.loss[row]);
    }
  }
  const bound = shown.length && !calm.length ? shown[0].columns.loss[0] * RUNAWAY : Infinity;
  if (bound > 0) most = Math.min(most, bound);
  return { least, most };
}

const power = (exponent: number) => (exponent >= -3 && exponent <= 4 ? String(Number(`1e${exponent}`)) : `10${raised(exponent)}`);

/** @param high  exponents @param most  ticks */
const decadesATick = (low: number, high: number, most: number) => [1, 2, 3, 4, 5, 6, 8, 10, 20, 40].find((every) => (high - low) / every <= most) ?? 100;

/** @param step  exponents */
const decades = (low: number, high: number, step: number): Tick[] => multiples(low, high, step).map((exponent) => ({ value: exponent, text: power(exponent) }));

/** With a word on the floor itself, whatever lies close above it making way. */
function decadesOnFloor(low: number, high: number, step: number): Tick[] {
  const above = decades(low, high, step).filter(({ value }) => value - low > 0.7 * step);
  return [{ value: low, text: `≤${power(low)}` }, ...above];
}

const cut = (value: number) => Math.min(1 + BEYOND, Math.max(-BEYOND, value));

/** @param room  ticks that fit */
function logAxis({ levels, problem }: Scene, least: number, most: number, room: number): LossAxis {
  const known = problem.minima.map((minimum) => minimum.loss);
  const zero = levels?.base ?? 0;
  const base = zero === 0 && least >= 0 ? 0 : Math.min(zero, least, ...known);
  const floor = floorAbove(base);
  const exponent = (loss: number) => Math.log10(Math.max(loss - base, floor));
  const high = Math.ceil(exponent(most) * 2) / 2;
  const low = Math.min(Math.floor(exponent(least)), high - 2);
  const place = (loss: number) => cut((exponent(loss) - low) / (high - low));
  const ticks = (least - base <= floor ? decadesOnFloor : decades)(low, high, decadesATick(low, high, room));
  return { log: true, base, low, high, place, ticks };
}

function evenAxis(least: number, most: number, room: number): LossAxis {
  const step = niceStep((most - least || Math.abs(most) || 1) / room);
  const [low, high] = [Math.floor(least / step) * step, Math.max(Math.ceil(most / step), Math.floor(least / step) + 1) * step];
  const place = (loss: number) => cut((loss - low) / (high - low));
  const ticks = multiples(low, high, step).map((value) => ({ value, text: onScale(value, step) }));
  return { log: false, base: 0, low, high, place, ticks };
}

/** @param height  in pixels */
export function lossAxis(scene: Scene, height: number): LossAxis {
  const { least, most } = range(scene.runs);
  const room = Math.max(2, Math.floor(height / 26));
  const { levels } = scene;
  if (!Number.isFinite(least)) return levels ? logOrEven(scene, levels.values[0], levels.values[levels.values.length - 1], room) : logAxis(scene, 0.1, 100, room);
  return logOrEven(scene, least, most, room);
}

function logOrEven(scene: Scene, least: number, most: number, room: number) {
  return scene.levels?.kind === "steps" ? evenAxis(least, most, room) : logAxis(scene, least, most, room);
}

export interface StepAxis {
  /** steps of the longest run */
  longest: number;
  title: string;
  /** 0 to 1 */
  place: (run: number, step: number) => number;
  /** the way back */
  stepAt: (run: number, share: number) => number;
  /** values from 0 to 1 */
  ticks: Tick[];
}

/** @returns at least one step */
export function longestOf({ runs }: Scene): number {
  return Math.max(1, ...runs.filter((run) => !run.hidden).map((run) => run.length - 1));
}

/** @param room  ticks that fit */
export function stepAxis(scene: Scene, room: number): StepAxis {
  const longest = longestOf(scene);
  const step = Math.max(1, niceStep(longest / room));
  return {
    longest,
    title: "step",
    place: (_, at) => at / longest,
    stepAt: (_, share) => share * longest,
    ticks: multiples(0, longest, step).map((value) => ({ value: value / longest, text: measuredCount(value) })),
  };
}

const measuredCount = (value: number) => (value >= 1e5 ? chosen(value, 3) : String(value));

/**
 * Samples seen, on a logarithmic axis: a step on one point costs one, a step on all costs them all.
 * @param samples  that a step of each run takes
 */
export function sampleAxis(scene: Scene, samples: number[], room: number): StepAxis {
  const longest = longestOf(scene);
  const most = Math.max(...scene.runs.map((run, k) => Math.max(1, run.length - 1) * samples[k]));
  const span = Math.log10(most) || 1;
  const first = Math.min(...samples);
  const low = Math.log10(first);
  const share = (seen: number) => (Math.log10(Math.max(seen, first)) - low) / (span - low || 1);
  return {
    longest,
    title: "samples seen",
    place: (run, step) => share(step * samples[run]),
    stepAt: (run, at) => 10 ** (low + at * (span - low)) / samples[run],
    ticks: decades(low, span, decadesATick(low, span, room)).map(({ value, text }) => ({ value: (value - low) / (span - low || 1), text })),
  };
}
