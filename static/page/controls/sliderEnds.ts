/**
 * Marks above a slider in which minimum each value ends: by the tint and letter of the map of ends,
 * and in words for screen readers.
 */
import { group, type Ink, rectangle } from "../marks/mark.ts";
import { toHex } from "../math/colour.ts";
import { coveringOf, endLetter } from "../math/endLooks.ts";
import { formatExact } from "../math/format.ts";
import type { ThemeName } from "../math/palette.ts";
import type { Sweep } from "../state/types.ts";
import { endsWorse, nearestTried } from "../words/sweep.ts";
import { type MarkedValues, type PixelSpan, sliderLabels, TARGET } from "./sliderLabels.ts";
import { BASE, endBars, equalSpans, SHADE, shading, wordsOn } from "./sliderPicture.ts";

/**
 * A span of so many pixels has a letter; the pixels from the line up to it, above the slider's marker, and from it to
 * the hair of that.
 */
const [WIDE, UP, CLEAR] = [9, 6, 7];

/** @returns such as "A: the minimum at (3, 2)" */
const nameOf = ({ minima }: Sweep, end: number) =>
  `${endLetter(end)}: the minimum at (${minima?.[end]
    .slice(0, -1)
    .map((value) => formatExact(value, 4))
    .join(", ")})`;

/** With more spans the words only count the values of each minimum. */
const FEW = 5;

/**
 * @param ceiling  the loss at the start, if it is known: what ends above it is in no span
 * @returns the spans of values that end in the same minimum
 */
const endSpans = ({ loss, end }: Sweep, ceiling = Infinity) =>
  equalSpans(loss.map((value, k) => (value === null || endsWorse(value, ceiling) ? -1 : (end?.[k] ?? -1))));

/** @returns what one stretch leaves of another */
const without = (from: number, to: number, [left, right]: PixelSpan): PixelSpan[] =>
  to <= left || from >= right
    ? [[left, right]]
    : [
        [left, from],
        [to, right],
      ];

/**
 * @param others  where other words or marks stand
 * @returns the middle of a span, or of what the hair of the slider's marker and these leave of it; null: there is no
 * room for a letter
 */
export function letterAt([left, right]: PixelSpan, marker: number, ...others: PixelSpan[]) {
  const beside = Math.abs((left + right) / 2 - marker) < CLEAR;
  const hair: PixelSpan[] = beside ? [[marker - 2, marker + 2]] : [];
  const parts = [...hair, ...others].reduce(
    (rest, [from, to]) => rest.flatMap((part) => without(from, to, part)),
    [[left, right] as PixelSpan],
  );
  const [from, to] = parts.reduce((best, part) => (part[1] - part[0] > best[1] - best[0] ? part : best));
  return to - from < WIDE ? null : (from + to) / 2;
}

/** @returns where the value tried next to this one ends, and where the others do */
export function endsInWords(sweep: Sweep, ceiling: number | undefined, value: number): string {
  const spans = endSpans(sweep, ceiling);
  const textOf = (k: number) => formatExact(sweep.values[k], 3);
  const near = nearestTried(sweep, Math.log(value), Math.log);
  const here = spans.find(({ first, last }) => first <= near && near <= last);
  const at = here ? [`With ${textOf(near)} it ends in ${nameOf(sweep, here.kind)}.`] : [];
  const ends = [...new Set(spans.map(({ kind }) => kind))].sort((a, b) => a - b);
  const countOf = (end: number) =>
    spans.reduce((sum, span) => sum + (span.kind === end ? span.last - span.first + 1 : 0), 0);
  const sentences =
    spans.length > FEW
      ? ends.map((end) => `${countOf(end)} of ${sweep.values.length} tried: ${nameOf(sweep, end)}.`)
      : spans.map(
          ({ kind: end, first, last }) =>
            `${first === last ? textOf(first) : `${textOf(first)} to ${textOf(last)}`}: ${nameOf(sweep, end)}.`,
        );
  return [...at, ...sentences].join(" ");
}

export const sliderEnds =
  (sweep: Sweep, ceiling: number | undefined, theme: ThemeName, marked: MarkedValues) =>
  (x: (value: number) => number, width: number) => {
    const bars = endBars(sweep, x, ceiling ?? Infinity);
    const { valueAt, targetAt, wasWords, limitWords } = sliderLabels(marked, x, width);
    const others = [wasWords, limitWords].flatMap((words) => (words?.line === 0 ? [words.span] : []));
    if (targetAt !== null) others.push([targetAt - TARGET, targetAt + TARGET]);
    const spans = endSpans(sweep, ceiling).map(({ kind: end, first, last }) => {
      const [{ left }, { right }] = [bars[first], bars[last]];
      const letter = letterAt([left, right], valueAt, ...others);
      const tint = toHex(coveringOf(end, theme).drawn) as Ink;
      const box = { left, top: BASE - SHADE, width: right - left, height: SHADE };
      return group(
        [
          rectangle(box, { fill: tint, of: "shade" }),
          shading(bars.slice(first, last + 1), "var(--ink)", 0.3),
          letter !== null && wordsOn(letter, BASE - UP, endLetter(end), { weight: 600, fill: "var(--ink)" }),
        ],
        { title: nameOf(sweep, end) },
      );
    });
    return group(spans);
  };
