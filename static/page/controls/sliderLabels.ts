/** Where words of marks on a slider stand: each at its own mark, over no other, else on a line above, led to. */

import { formatExact } from "../math/format.ts";

export interface MarkedValues {
  value: number;
  limit?: { rate: number; text: string };
  /** the value that is asked for */
  target?: number;
  /** the value in the preset */
  was?: number | null;
}

export type PixelSpan = [from: number, to: number];

/** Words from one place to another; line: 0 above the slider's own, 1 above that */
export interface Label {
  at: number;
  span: PixelSpan;
  line: 0 | 1;
}

/** Pixels: half of the marks of a value and of the value that is asked for, around a hair, and before words. */
export const [MARKER, TARGET, HAIR, GAP] = [5.6, 5, 2, 4];

/** Words are no further from their mark. */
const REACH = MARKER + GAP;

/** The width of letters, in pixels, of those and of others. */
const [NARROW, NARROW_SIZE, LETTER] = [/[ ·.,/]/g, 3, 6];

export function labelWidth(text: string) {
  const narrow = text.match(NARROW)?.length ?? 0;
  return narrow * NARROW_SIZE + (text.length - narrow) * LETTER;
}

const around = (at: number, half: number): PixelSpan => [at - half, at + half];

/** @returns the first span within the slider that meets none of the others */
const firstFree = (spans: PixelSpan[], others: PixelSpan[], width: number) =>
  spans.find(([from, to]) => from >= 0 && to <= width && others.every(([left, right]) => to <= left || from >= right));

/** @returns over a mark, then ever further to its sides, first to the one that the value now is not on */
function spansOver(at: number, size: number, firstWay: 1 | -1): PixelSpan[] {
  const shifts = Array.from({ length: Math.floor(size / 2 + REACH) + 1 }, (_, shift) => [
    firstWay * shift,
    -firstWay * shift,
  ]);
  return shifts.flat().map((shift) => around(at + shift, size / 2));
}

/** @returns to the right of a mark, else to its left; a little further off, clear of a mark that stands on it */
const spansBeside = (at: number, size: number): PixelSpan[] =>
  [GAP, REACH].flatMap((gap): PixelSpan[] => [
    [at + gap, at + gap + size],
    [at - gap - size, at - gap],
  ]);

/** @returns the places of marks and words; null: there is none, or no room */
export function sliderLabels(
  { value, limit, target, was = null }: MarkedValues,
  x: (value: number) => number,
  width: number,
) {
  const valueAt = x(value);
  const before = was === null || was === value ? null : x(was);
  const targetAt = target === undefined || target === value ? null : x(target);
  const limitAt = limit ? x(limit.rate) : null;
  const marks = [
    around(valueAt, MARKER),
    ...(before === null ? [] : [around(before, MARKER)]),
    ...(targetAt === null ? [] : [around(targetAt, TARGET)]),
    ...(limitAt === null ? [] : [around(limitAt, HAIR)]),
  ];
  const taken: [PixelSpan[], PixelSpan[]] = [[...marks], []];

  function place(at: number, spans: PixelSpan[], mark: PixelSpan): Label | null {
    for (const line of [0, 1] as const) {
      const others = taken[line].filter(([from, to]) => from !== mark[0] || to !== mark[1]);
      const span = firstFree(spans, others, width);
      if (!span) continue;
      taken[line].push(span);
      return { at, span, line };
    }
    return null;
  }

  const wasWords =
    before === null
      ? null
      : place(
          before,
          spansOver(before, labelWidth(formatExact(was as number)), valueAt > before ? -1 : 1),
          around(before, MARKER),
        );
  const limitWords =
    limit && limitAt !== null
      ? place(limitAt, spansBeside(limitAt, labelWidth(limit.text)), around(limitAt, HAIR))
      : null;
  return { valueAt, before, targetAt, limitAt, wasWords, limitWords };
}
