/**
 * Which losses get a contour and a tint.
 *
 * Levels come from the samples of a problem's whole domain, so that a tint means the same loss on every screen and at
 * every zoom. They are round numbers: 1, 2, 5 in each decade where the loss spans decades, else even steps.
 */
import table from "../../../fallline/drawing/drawing.json" with { type: "json" };
import { multiples, niceStep, roundToStep } from "./ticks.ts";

export interface Levels {
  kind: "decades" | "steps";
  /** ascending; below the first lies the lowest tint, from the last up the highest */
  values: number[];
  /** which of them are drawn stronger and carry their number */
  index: boolean[];
  /** the factors within a decade (decades), or the step alone (steps) */
  pattern: number[];
  /** what decades are counted from: 0, or the least loss where that is negative */
  base: number;
  /** the least loss seen */
  least: number;
  /** the greatest */
  most: number;
}

/** a single contour */
type Contour = { value: number; index: boolean };

/** Levels within a decade, from many to few; the first choice that does not give too many is taken. */
const PATTERNS = table.levels.patterns;
const AT_MOST = table.levels.at_most;
/** A loss spans decades if its high values are this many times its low ones. */
const SPANS_DECADES = table.levels.spans_decades;
/** The share of the domain that may lie below the lowest level, and above the highest. */
const BELOW = table.levels.below;
const ABOVE = table.levels.above;
/** A level gets no contour if this share of the samples lies at it. */
const FLAT = table.levels.flat;
/** With fewer contours than this in sight, evenly spaced ones are added. */
const FEW = table.levels.few;
/** The height, in decades, of a domain whose loss does not span decades. */
const RELIEF_OF_STEPS = 1.6;
/** Heights begin below the base, by this many times the distance of the lowest level above it. */
const FLOOR = 3;

/** @returns the finite values, ascending */
function ascending(loss: ArrayLike<number>): Float64Array {
  return Float64Array.from(loss).filter(Number.isFinite).sort();
}

/** @param share  0 to 1 */
const quantile = (sorted: Float64Array, share: number): number => sorted[Math.round(share * (sorted.length - 1))];

/**
 * The contours of one pattern whose excess over the base lies between two bounds, each at a round loss.
 * @param from  lowest excess, above 0
 * @param to  highest excess
 */
function inDecades(pattern: number[], base: number, from: number, to: number): Contour[] {
  const contours: Contour[] = [];
  for (let decade = Math.floor(Math.log10(from)); decade <= Math.log10(to); decade++) {
    const unit = 10 ** (base === 0 ? decade - 1 : decade);
    for (const factor of pattern) {
      const excess = factor * 10 ** decade;
      const value = roundToStep(base + excess, unit);
      const above = value > (contours.length ? contours[contours.length - 1].value : base);
      if (above && excess > from * (1 - 1e-9) && excess < to) contours.push({ value, index: factor === 1 });
    }
  }
  return contours;
}

function inSteps(low: number, high: number, step: number): Contour[] {
  const every = step.toExponential().startsWith("5") ? 2 : 5;
  return multiples(low, high, step).map((value) => ({ value, index: Math.round(value / step) % every === 0 }));
}

/** Whether contours by decades show more than contours in even steps. */
function spansDecades(sorted: Float64Array, base: number) {
  const [low, high] = [quantile(sorted, 0.05), quantile(sorted, 0.95)];
  return high - sorted[0] > SPANS_DECADES * (low - sorted[0]) && high - base > 4 * (low - base);
}

/** @param loss  samples of the whole domain; what is not finite is left out */
export function levelsOf(loss: ArrayLike<number>): Levels {
  const sorted = ascending(loss);
  if (!sorted.length) return { kind: "steps", values: [], index: [], pattern: [1], base: 0, least: 0, most: 0 };
  const [least, most] = [sorted[0], sorted[sorted.length - 1]];
  const base = Math.min(0, least);
  const level = spansDecades(sorted, base) ? decadeLevels(sorted, base) : stepLevels(sorted);
  const values = level.contours.map((contour) => contour.value);
  return {
    kind: level.kind,
    values,
    index: level.contours.map((contour) => contour.index),
    pattern: level.pattern,
    base,
    least,
    most,
  };
}

function decadeLevels(sorted: Float64Array, base: number): { kind: "decades"; contours: Contour[]; pattern: number[] } {
  const to = quantile(sorted, 1 - ABOVE) - base;
  const from = Math.max(quantile(sorted, BELOW) - base, to * 1e-12);
  const patterns = PATTERNS.map((pattern) => ({ pattern, contours: inDecades(pattern, base, from, to) }));
  const taken = patterns.find(({ contours }) => contours.length <= AT_MOST) ?? patterns[patterns.length - 1];
  return { kind: "decades", ...taken };
}

/** Whether a large part of the samples lies at a level, so that its contour would only follow the noise of a plain. */
function isFlat(sorted: Float64Array, value: number, near: number) {
  const low = sorted.findIndex((loss) => loss >= value - near);
  const high = sorted.findIndex((loss) => loss > value + near);
  return low >= 0 && (high < 0 ? sorted.length : high) - low > FLAT * sorted.length;
}

function stepLevels(sorted: Float64Array): { kind: "steps"; contours: Contour[]; pattern: number[] } {
  const [low, high] = [sorted[0], quantile(sorted, 1 - ABOVE)];
  const step = niceStep((high - low) / 20 || Math.abs(low) / 10 || 1);
  const contours = inSteps(low + step * 1e-6, high, step).filter(({ value }) => !isFlat(sorted, value, step * 0.02));
  return { kind: "steps", contours, pattern: [step] };
}

/**
 * All contours to draw for a loss in sight from `low` to `high`: the levels, the same pattern continued on both sides,
 * and evenly spaced ones in between if that gives few.
 * @returns ascending
 */
export function contoursBetween(levels: Levels, low: number, high: number): Contour[] {
  if (!(high > low)) return [];
  const contours =
    levels.kind === "decades"
      ? inDecades(
          levels.pattern,
          levels.base,
          Math.max(low - levels.base, (high - levels.base) * 1e-9, 1e-300),
          high - levels.base,
        )
      : inSteps(low, high, levels.pattern[0]).filter(
          ({ value }) => value > levels.most || levels.values.includes(value),
        );
  if (contours.length > 4 * AT_MOST) return contours.filter((contour) => contour.index).slice(0, 4 * AT_MOST);
  return contours.length < FEW ? withEvenOnes(contours, low, high) : contours;
}

function withEvenOnes(contours: Contour[], low: number, high: number): Contour[] {
  const step = niceStep((high - low) / 10);
  const added = inSteps(low, high, step).filter(({ value }) =>
    contours.every((contour) => Math.abs(contour.value - value) > step / 2),
  );
  return [...contours, ...added].sort((a, b) => a.value - b.value);
}

/** @returns how many levels lie at or below it: the number of its tint */
export function bandOf(levels: Levels, loss: number): number {
  let [low, high] = [0, levels.values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (levels.values[middle] <= loss) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The height of the ground for shading, in decades: the logarithm of the excess, flattened below the lowest level;
 * where the loss has no decades, the loss itself, RELIEF_OF_STEPS high over the domain.
 * @returns the height of a loss: log10(loss - base + floor), or scale * (loss - least)
 */
export function heightOf({ kind, values, least, most, base }: Levels): (loss: number) => number {
  if (kind === "steps") {
    const scale = RELIEF_OF_STEPS / (most - least || 1);
    return (loss) => scale * (loss - least);
  }
  const floor = FLOOR * (values[0] - base);
  return (loss) => Math.log10(Math.max(loss - base, 0) + floor);
}
