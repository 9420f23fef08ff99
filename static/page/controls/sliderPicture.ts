/**
 * The picture of a slider: its line with ticks, the loss at the end for each value, hatched where runs diverge, and the
 * cursor.
 */
import { svg } from "lit-html";
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

/** The outline of bars side by side. */
export const barsPath = (bars: EndBar[]): string =>
  bars
    .filter(({ height }) => height > 0)
    .map(
      ({ left, right, height }) =>
        `M${left.toFixed(1)} ${BASE}V${(BASE - height).toFixed(1)}H${right.toFixed(1)}V${BASE}Z`,
    )
    .join("");

/** @returns the stretches without height, from left to right */
const stretchesWithout = (bars: EndBar[]): [from: number, to: number][] =>
  equalSpans(bars.map(({ height }) => -height)).map(({ first, last }) => [bars[first].left, bars[last].right]);

/** Hatching over a span. */
export function hatchPath([from, to]: [number, number]): string {
  const strokes = [];
  const slant = 6;
  for (let x = from; x < to + slant; x += 4.5) {
    const [x0, x1] = [Math.max(from, x - slant), Math.min(to, x)];
    if (x1 <= x0) continue;
    const y = (at: number) => BASE - 1 - (SHADE - 1) * ((at - (x - slant)) / slant);
    strokes.push(`M${x0.toFixed(1)} ${y(x0).toFixed(1)}L${x1.toFixed(1)} ${y(x1).toFixed(1)}`);
  }
  return strokes.join("");
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

/** @param across  the pixel of a place from 0 to 1 */
export function ticks(marks: ScaleMark[], across: (place: number) => number, width: number) {
  const at = (place: number) => across(place).toFixed(1);
  const long = (text: string | null) => (text === null ? 3.5 : text ? 8 : 6);
  const strokes = marks.map((mark) => `M${at(mark.at)} ${BASE}v${long(mark.text)}`);
  return svg`<path class="slider-ticks" d="M${INSET} ${BASE}H${width - INSET}${strokes.join("")}"></path>
    <g class="slider-numbers">${legibleMarks(marks, width - 2 * INSET).map(
      (mark) => svg`<text x=${at(mark.at)} y=${HEIGHT - 1} text-anchor=${anchor(mark.at)}>${mark.text}</text>`,
    )}</g>`;
}

export function shade(sweep: Sweep | undefined, ceiling: number, x: (value: number) => number) {
  const bars = sweep ? endBars(sweep, x, ceiling) : [];
  return svg`<path class="slider-shade" d=${barsPath(bars)}></path><path class="slider-hatch"
    d=${stretchesWithout(bars).map(hatchPath).join("")}></path>`;
}

/** @param place  below 0 or above 1: off the scale @param x  its pixel, within the slider */
export function cursor(slot: number, place: number, x: number) {
  const at = x.toFixed(1);
  const beyond = place > 1 ? BEYOND.high : place < 0 ? BEYOND.low : null;
  return svg`<path class="slider-hair" d="M${at} ${BASE - SHADE}V${BASE}"></path>
    <path class="slider-cursor" d=${beyond ?? markerPath(slot, 5.6)} transform="translate(${at} ${BASE})"></path>`;
}
