/** Slanted strokes: what is not there, or holds no longer. */
import { group, type LineMark, type Mark, segments } from "../marks/mark.ts";
import type { Box } from "../math/box.ts";

/** Pixels from one stroke to the next. */
const APART = 5;

/** @param within  what a line surrounds, in pixels; by default the whole box */
export function hatched(box: Box, within: Box | LineMark = box): Mark {
  const { left, top, width, height } = box;
  const strokes = Array.from({ length: Math.max(0, Math.ceil((width + height) / APART)) }, (_, k) => {
    const foot = left - height + APART * k;
    return [
      [foot, top + height],
      [foot + height, top],
    ] as const;
  });
  return group([segments(width > 0 ? strokes : [], { stroke: "ink3" })], { clip: within });
}
