/** The weights of an average: laid end to end, and each above its value. */

import { spansOf } from "../../marks/letters.ts";
import { widthOf } from "../../marks/look.ts";
import {
  bars,
  type GroupMark,
  group,
  hatching,
  inPixels,
  type Mark,
  type Place,
  path,
  rectangle,
  runInk,
  type Span,
  segment,
  segments,
  verticals,
  type WordsMark,
  words,
} from "../../marks/mark.ts";
import { inRow } from "../../marks/row.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { missingAt, rememberedSteps, stretchAt, weightOf } from "../../math/movingAverage.ts";
import { subscripted } from "../../math/text.ts";
import { xOf } from "../chart/plot.ts";
import type { MemoryChart } from "./chart.ts";

/** Up to so many terms are written out. */
const TERMS = 4;
/** A row lower than this, in pixels, has no numbers. */
const LOW = 40;
/** A gap from so many pixels on separates two parts. */
const APART = 3;

const rounded = (value: number) => formatExact(Number(value.toPrecision(3)));

/** The sum of infinitely many weights: 1 for an average. */
const whole = ({ beta, first }: MemoryChart) => first / (1 - beta);

const title = ({ look, box }: MemoryChart, text: string, y: number): WordsMark =>
  words([box.left - 7 * look.scale, y], text, { anchor: "end" });

/** The weights end to end, the newest at the right; the part missing at the left is the weight of the initial 0. */
export function sumRow(plot: MemoryChart): GroupMark {
  const { t, beta, corrected, slot, sum } = plot;
  const all = sum.width * stretchAt(beta, t, corrected);
  const filled = all * (1 - missingAt(beta, t));
  const right = sum.left + sum.width;
  const gaps: [number, number, number][] = [];
  for (let k = 1, width = Infinity; k < t && width > APART; k++) {
    width = all * (1 - beta) * beta ** k;
    gaps.push([right - all * (1 - beta ** k), sum.top, sum.top + sum.height]);
  }
  return inPixels([
    rectangle({ ...sum, left: right - filled, width: filled }, { fill: runInk(slot) }),
    verticals(gaps, { stroke: "paper" }),
    hatching({ ...sum, width: sum.width - filled }),
    rectangle({ ...sum, width: sum.width - 1, height: sum.height - 1 }, { crisp: true, stroke: "ink2" }),
    title(plot, "sum", sum.top + sum.height / 2),
    ...sumWords(plot),
  ]);
}

/** The words for the sum of the weights, and for the rest: several, each shorter than the one before. */
function sumTexts(plot: MemoryChart): { sumText: string; rest: string[] } {
  const { t, beta, corrected } = plot;
  const missing = missingAt(beta, t);
  const most = whole(plot);
  if (Math.abs(most - 1) > 1e-9)
    return { sumText: `${formatMeasured((1 - missing) * most, 3)} of ${formatMeasured(most, 3)}`, rest: [] };
  const share = `1 − βᵗ = ${formatMeasured(1 - missing, 3)}`;
  if (corrected) return { sumText: "1", rest: [`each weight divided by ${share}`, `divided by ${share}`] };
  const wordings = missing < 1e-4 ? [] : ["is still the 0 it began with", "is missing"];
  return { sumText: share, rest: wordings.map((text) => `βᵗ = ${formatMeasured(missing, 3)} ${text}`) };
}

function sumWords(plot: MemoryChart): Mark[] {
  const { look, sum } = plot;
  const { sumText, rest } = sumTexts(plot);
  const space = sum.width - widthOf(look, sumText) - 16;
  const restText = rest.find((text) => widthOf(look, text) < space) ?? "";
  return [
    words([sum.left + sum.width, sum.top], sumText, { anchor: "end", fill: "ink", shift: [0, -8] }),
    words([sum.left, sum.top], restText, { fill: "ink", shift: [0, -8] }),
  ];
}

export function weightBars(plot: MemoryChart): GroupMark {
  const { t, beta, first, corrected, steps, slot, look, weights, bar } = plot;
  const { left, top, width, height } = weights;
  const base = top + height;
  const all: [number, number, number, number][] = [];
  for (let step = t, high = height; step >= Math.max(1, steps[0]) && high > 0.3; step--, high *= beta)
    all.push([xOf(plot, step) - bar / 2, xOf(plot, step) + bar / 2, base, base - high]);
  const largest = rounded(first * stretchAt(beta, t, corrected));
  const numbers = [
    title(plot, largest, top + 4),
    title(plot, "weight", top + 4 + 14 * look.scale),
    title(plot, "0", base - 4),
  ];
  return inPixels([
    bars(all, { fill: runInk(slot) }),
    segment([left, base], [left + width, base], { crisp: true, stroke: "ink2" }),
    ...(height < LOW * look.scale ? [title(plot, "weight", top + height / 2)] : numbers),
  ]);
}

/** The highest bars in the window have this share of the height: labels stand above them. */
const ABOVE = 0.63;

/** The first terms of the sum, each above its bar: 0.1 g, 0.09 g, 0.081 g. */
export function termWords(plot: MemoryChart): GroupMark {
  const { t, beta, first, corrected, look, weights, bar } = plot;
  const { scale } = look;
  if (weights.height < LOW * scale) return group([]);
  const [stretch, space] = [stretchAt(beta, t, corrected), ABOVE * weights.height];
  const count = Math.min(TERMS, t, Math.max(1, Math.floor(space / (14 * scale))));
  const tops = Array.from({ length: count }, (_, k) => weights.top + weights.height * (1 - beta ** k));
  const middles = inRow(tops, 14 * scale, weights.top + 7 * scale, weights.top + space);
  const column = Math.min(xOf(plot, t - rememberedSteps(beta)), xOf(plot, t) - bar * TERMS - 8 * scale);
  const before = column - 84 * scale > weights.left;
  const right = xOf(plot, t) + bar / 2;
  const end = before ? column : right + 22 * scale;
  const bend = before ? end + 12 : right + 8;
  const marks = tops.flatMap((top, k): Mark[] => {
    const [y, middle] = [top + 0.5, middles[k]];
    const lead: Place[] = [
      [before ? xOf(plot, t - k) - bar / 2 : right, y],
      [bend, y],
      [before ? end + 3 : end - 3, middle],
    ];
    const text = termSpans(plot, rounded(weightOf(beta, k, first) * stretch), t - k);
    return [
      path(lead, { stroke: "ink3" }),
      words([before ? end - 76 * scale : end, middle], text, { weight: 600, fill: "ink" }),
    ];
  });
  return inPixels(marks);
}

const termSpans = ({ input, raised }: MemoryChart, weight: string, step: number): Span[] => [
  { text: `${weight} ` },
  ...spansOf({ ...input, stem: input.stem + raised }),
  { text: subscripted(step), weight: 400, gap: 0.08 },
];

/** A bracket over the steps that are mostly remembered. */
export function windowBracket(plot: MemoryChart): GroupMark {
  const { t, beta, steps, look, weights, box, bar } = plot;
  const from = steps[0];
  const span = rememberedSteps(beta);
  const right = xOf(plot, t) + bar / 2;
  const left = Math.max(xOf(plot, Math.max(1, from)) - bar / 2, xOf(plot, t - span + 1) - bar / 2);
  const y = weights.top - 10 * look.scale;
  const end = (x: number): [Place, Place] => [
    [x, y - 3],
    [x, y + 4],
  ];
  const begins = t - span + 1 >= from;
  const bracket: [Place, Place] = [
    [left, y],
    [right, y],
  ];
  const lines = [bracket, end(right), ...(begins ? [end(left)] : [])];
  const height = box.top + box.height - weights.top;
  return inPixels([
    rectangle({ left, top: weights.top, width: right - left, height }, { fill: "ink", fillOpacity: 0.06 }),
    segments(lines, { crisp: true, stroke: "ink" }),
    windowWords(plot, left, right, y),
  ]);
}

/** @returns the words for the window, each shorter than the one before */
function windowTexts({ beta, t, unit, corrected }: MemoryChart): string[] {
  const span = rememberedSteps(beta);
  const steps = `1/(1 − β) = ${rounded(span)} ${unit}s`;
  if (span < 2) return [steps];
  if (t < span) return [`${steps}, ${t} so far`, steps];
  const share = (1 - beta ** span) * stretchAt(beta, t, corrected);
  return [`${steps}, ${Math.round(100 * share)} % of the weight`, steps];
}

/** The longest words that have room, right or left of the bracket. */
function windowWords(plot: MemoryChart, start: number, right: number, y: number): WordsMark {
  const { look, weights, size } = plot;
  for (const text of windowTexts(plot)) {
    const width = widthOf(look, text);
    const x = [right + 7, start - 7 - width].find((left) => left >= weights.left && left + width < size.width);
    if (x !== undefined) return words([x, y], text, { fill: "ink" });
  }
  return words([start, y], "");
}
