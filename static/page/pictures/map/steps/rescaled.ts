/**
 * An enlarged step of a rule that divides each part of the gradient by a size of its own: the negative gradient and the
 * step, each scaled to the box, with their parts dotted; below them each part in numbers.
 */

import { widthOf } from "../../../marks/look.ts";
import type { Mark, Place } from "../../../marks/mark.ts";
import { runInk, segments } from "../../../marks/mark.ts";
import type { Box, Size } from "../../../math/box.ts";
import type { EvidenceOf } from "../../../state/types.ts";
import type { MapDrawing } from "../moment.ts";
import { haloed, label, type MapLook } from "../style.ts";
import { stepArrow } from "./arrow.ts";

const WORDS = { size: 12.5, weight: 600 };
const NUMBERS = { size: 12.5 };
const DOTTED = [1.4, 3.6] as const;
/** Nominal pixels of a row of words, and below the last row. */
const [ROW, BELOW] = [16, 4];
/** The share of the width that an arrow takes at most. */
const SIDE = 0.36;
/** The names of the two arrows. */
const NAMES = ["− gradient", "the step"] as const;

/** The height of all its words, in nominal pixels. */
const rowsOf = ({ texts }: EvidenceOf<"rescaled">): number => (1 + texts.length) * ROW + BELOW;

/** @returns the size of the arrows and their words below the head of the inset @param high  of the arrows */
export function rescaledSize(of: EvidenceOf<"rescaled">, look: MapLook, high: number): Size {
  const names = 2 * Math.max(...NAMES.map((name) => widthOf(look, name, WORDS))) + ROW * look.scale;
  const width = Math.max(names, high / SIDE, ...of.texts.map((text) => widthOf(look, text, NUMBERS)));
  return { width, height: high + rowsOf(of) * look.scale };
}

/** An arrow in the middle of a box, as large as fits, with both of its parts. */
function arrowIn([dx, dy]: Place, { left, top, width, height }: Box, draw: (from: Place, to: Place) => Mark[]): Mark[] {
  const times = Math.min(width / Math.abs(dx || 1e-300), height / Math.abs(dy || 1e-300));
  const [x, y] = [left + width / 2, top + height / 2];
  const from: Place = [x - (times * dx) / 2, y - (times * dy) / 2];
  const to: Place = [x + (times * dx) / 2, y + (times * dy) / 2];
  const corner: Place = [to[0], from[1]];
  const parts: [Place, Place][] = [
    [from, corner],
    [corner, to],
  ];
  return [segments(parts, { ...haloed(1.2), dash: DOTTED }), ...draw(from, to)];
}

/** @param box  the box below the head of the inset */
export function rescaledMarks(
  of: EvidenceOf<"rescaled">,
  { left, top, width, height }: Box,
  { area, look, scene }: MapDrawing,
): Mark[] {
  const { scale } = look;
  const rows = rowsOf(of) * scale;
  const onScreen = ([x, y]: Place): Place => [x * area.kx, -y * area.ky];
  const [gx, gy] = onScreen(of.gradient);
  const ways = [[-gx, -gy] as const, onScreen(of.moved)];
  const high = height - rows;
  const drawn = ways.flatMap((way, k) => {
    const middle = left + (width * (k + 0.5)) / 2;
    const [ink, side] = [
      k ? runInk(scene.runs[of.run].slot) : "ink",
      Math.min(high - 2 * BELOW * scale, SIDE * width),
    ] as const;
    const box = { left: middle - side / 2, top: top + (high - side + BELOW * scale) / 2, width: side, height: side };
    const under: Place = [middle, top + high + 0.5 * ROW * scale];
    return [
      ...arrowIn(way, box, (from, to) => stepArrow(from, to, scale, ink, !k)),
      label(under, NAMES[k], { ...WORDS, anchor: "middle" }),
    ];
  });
  const numbers = of.texts.map((text, k) =>
    label([left + width / 2, top + high + (k + 1.5) * ROW * scale], text, { ...NUMBERS, anchor: "middle" }),
  );
  return [...drawn, ...numbers];
}
