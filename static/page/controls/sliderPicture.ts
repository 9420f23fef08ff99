/**
 * The picture of a slider: its line with ticks, the loss at the end for each value, hatched where runs diverge, and the
 * cursor.
 */
import { DROP, SIZE } from "../marks/look.ts";
import {
  bars,
  type Ink,
  type Mark,
  type Place,
  segment,
  segments,
  shape,
  verticals,
  type WordsStyle,
  words,
} from "../marks/mark.ts";
import { markerPath } from "../math/markers.ts";
import { clamped } from "../math/ticks.ts";
import type { Sweep } from "../state/types.ts";
import { endsWorse } from "../words/sweep.ts";
import type { ScaleMark } from "./sliderScale.ts";

export const SHADE = 16;
/** Pixels from the top to its line. */
export const BASE = 19;
export const HEIGHT = 39;
export const INSET = 7;
/** The width of a digit, in pixels. */
const DIGIT = 5.8;
/** Losses below this are drawn as 0. */
const LEAST = 1e-12;
/** Arrowheads at the ends, for a value off the scale. */
const BEYOND = { high: "M-5 -6.5L7 0L-5 6.5Z", low: "M5 -6.5L-7 0L5 6.5Z" };
/** The shading distinguishes losses over so many decades. */
const DECADES = 12;

/** The loss at the end with one value, in pixels; height: 0 where a run ends above its start or diverges */
interface EndBar {
  left: number;
  right: number;
  height: number;
}

/** @param ceiling  the loss at the start; bars have full height for losses that are no lower */
export function endBars({ values, loss, edge }: Sweep, x: (value: number) => number, ceiling: number): EndBar[] {
  const above = loss.filter((value) => value !== null && value > 0);
  const floor = Math.max(LEAST, above.length ? Math.min(...(above as number[])) : LEAST);
  const logs = loss.map((value) => (value === null ? null : Math.log10(Math.max(value, floor))));
  const finite = logs.filter((value) => value !== null);
  const high = Math.min(Math.max(...finite), Math.log10(Math.max(ceiling, floor)));
  const low = Math.max(Math.min(...finite), high - DECADES);
  const height = (value: number) =>
    SHADE * (high - low < 1e-9 ? 0.15 : 0.06 + 0.94 * clamped((value - low) / (high - low), 0, 1));
  /**
   * The left edge of a value: halfway to the one before, except at the edge of divergence, which is known more closely.
   */
  const leftOf = (k: number) => {
    const { rises } = edge;
    if (rises && values[k - 1] <= rises.holds && rises.fails <= values[k]) return x(rises.fails);
    return (x(values[k - 1]) + x(values[k])) / 2;
  };
  return logs.map((value, k) => ({
    left: k ? leftOf(k) : x(values[k]),
    right: k < values.length - 1 ? leftOf(k + 1) : x(values[k]),
    height: value === null || endsWorse(loss[k], ceiling) ? 0 : height(value),
  }));
}

/** @returns the spans of neighbours of the same kind, by their indices; below 0: of none */
export function equalSpans(kinds: number[]) {
  const spans: { kind: number; first: number; last: number }[] = [];
  for (const [k, kind] of kinds.entries()) {
    const span = spans.at(-1);
    if (kind >= 0 && span?.kind === kind && span.last === k - 1) span.last = k;
    else if (kind >= 0) spans.push({ kind, first: k, last: k });
  }
  return spans;
}

/** The shading up to the loss of each value. */
export const shading = (all: EndBar[], fill: Ink, opacity?: number): Mark =>
  bars(
    all.filter(({ height }) => height > 0).map(({ left, right, height }) => [left, right, BASE, BASE - height]),
    { fill, opacity, of: "shade" },
  );

/** @returns the stretches without height, from left to right */
const stretchesWithout = (bars: EndBar[]): [from: number, to: number][] =>
  equalSpans(bars.map(({ height }) => -height)).map(({ first, last }) => [bars[first].left, bars[last].right]);

/** Hatching over spans. */
export function hatched(spans: [from: number, to: number][], stroke: Ink): Mark {
  const strokes: [Place, Place][] = [];
  const slant = 6;
  for (const [from, to] of spans) {
    for (let x = from; x < to + slant; x += 4.5) {
      const [x0, x1] = [Math.max(from, x - slant), Math.min(to, x)];
      const place = (at: number): Place => [at, BASE - 1 - (SHADE - 1) * ((at - (x - slant)) / slant)];
      if (x1 > x0) strokes.push([place(x0), place(x1)]);
    }
  }
  return segments(strokes, { stroke, of: "hatch" });
}

/** @returns the anchor that keeps a number within the slider */
const anchor = (at: number): "start" | "middle" | "end" => (at < 0.04 ? "start" : at > 0.96 ? "end" : "middle");

/** The marks whose numbers do not touch the one before. */
export function legibleMarks(marks: ScaleMark[], width: number) {
  let free = -Infinity;
  return marks.filter(({ at, text }) => {
    if (!text) return false;
    const size = text.length * DIGIT;
    const left = at * width - { start: 0, middle: size / 2, end: size }[anchor(at)];
    if (left < free) return false;
    free = left + size + DIGIT / 2;
    return true;
  });
}

/** Words whose letters stand on a line. @param baseline  pixels from the top */
export const wordsOn = (x: number, baseline: number, text: string, style: WordsStyle) =>
  words([x, baseline - DROP * SIZE], text, { anchor: "middle", ...style });

/** @param across  the pixel of a place from 0 to 1 */
export function ticks(marks: ScaleMark[], across: (place: number) => number, width: number): Mark[] {
  const long = (text: string | null) => (text === null ? 3 : text ? 8 : 6);
  const strokes = marks.map(({ at, text }): [number, number, number] => [across(at), BASE, BASE + long(text)]);
  const style = { stroke: "var(--ink-2)", crisp: true } as const;
  return [
    segment([INSET, BASE], [width - INSET, BASE], style),
    verticals(strokes, style),
    ...legibleMarks(marks, width - 2 * INSET).map(({ at, text }) =>
      wordsOn(across(at), HEIGHT - 1, text as string, { anchor: anchor(at), fill: "var(--ink-3)" }),
    ),
  ];
}

export function shade(sweep: Sweep | undefined, ceiling: number, x: (value: number) => number): Mark[] {
  const all = sweep ? endBars(sweep, x, ceiling) : [];
  return [shading(all, "var(--shade)"), hatched(stretchesWithout(all), "var(--hair-2)")];
}

/** @param place  below 0 or above 1: off the scale @param x  its pixel, within the slider */
export function cursor(slot: number, place: number, x: number): Mark[] {
  const beyond = place > 1 ? BEYOND.high : place < 0 ? BEYOND.low : null;
  const casing = { stroke: "var(--around)", width: 2 } as const;
  return [
    segment([x, BASE - SHADE], [x, BASE], { stroke: "var(--run)", width: 1.5 }),
    shape([x, BASE], beyond ?? markerPath(slot, 5.6), { fill: "var(--run)", casing, of: "cursor" }),
  ];
}
