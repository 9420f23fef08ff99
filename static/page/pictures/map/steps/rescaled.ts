/**
 * An enlarged step of a rule that divides each part of the gradient by a size of its own: the negative gradient and the
 * step, each scaled to the box, with their parts dotted; below them each part in numbers.
 */

import { widthOf } from "../../../marks/look.ts";
import { type Mark, type Place, runInk, segments } from "../../../marks/mark.ts";
import type { Box } from "../../../math/box.ts";
import type { EvidenceOf } from "../../../state/types.ts";
import type { MapLayout } from "../moment.ts";
import { haloOutline, label } from "../style.ts";
import { displaced, onScreen, stepArrow } from "./arrow.ts";
import type { StepDrawing } from "./enlarged.ts";

const WORDS = { size: 12.5, weight: 600 };
const NUMBERS = { size: 12.5 };
const DOTTED = [1.4, 3.6] as const;
/** Nominal pixels of a row of words, below the last row, and of the square of an arrow. */
const [ROW, BELOW, SIDE] = [16, 4, 48];
/** The names of the two arrows. */
const NAMES = ["− gradient", "the step"] as const;

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
  return [segments(parts, { ...haloOutline(1.2), dash: DOTTED }), ...draw(from, to)];
}

export function rescaled(evidence: EvidenceOf<"rescaled">, at: Place, { area, look, scene }: MapLayout): StepDrawing {
  const { scale } = look;
  const row = ROW * scale;
  const below = (1 + evidence.texts.length) * row + BELOW * scale;
  const [[gx, gy], step] = [onScreen(evidence.gradient, area), onScreen(evidence.moved, area)];
  const ink = runInk(scene.wholeRuns[evidence.run].slot);
  const arrows = [
    { way: [-gx, -gy], ink: "ink" },
    { way: step, ink },
  ] as const;

  function marksIn({ left, top, width, height }: Box): Mark[] {
    const [high, side] = [height - below, SIDE * scale];
    const drawn = arrows.flatMap((arrow, k) => {
      const middle = left + (width * (k + 0.5)) / 2;
      const box = { left: middle - side / 2, top: top + (high - side) / 2, width: side, height: side };
      return [
        ...arrowIn(arrow.way, box, (from, to) => stepArrow(from, to, scale, arrow.ink, !k)),
        label([middle, top + high + 0.5 * row], NAMES[k], { ...WORDS, anchor: "middle" }),
      ];
    });
    const numbers = evidence.texts.map((text, k) =>
      label([left + width / 2, top + high + (k + 1.5) * row], text, { ...NUMBERS, anchor: "middle" }),
    );
    return [...drawn, ...numbers];
  }

  const names = 2 * Math.max(...NAMES.map((name) => widthOf(look, name, WORDS))) + row;
  const numbers = evidence.texts.map((text) => widthOf(look, text, NUMBERS));
  return {
    most: Infinity,
    size: { width: Math.max(names, ...numbers), height: (SIDE + 2 * BELOW) * scale + below },
    note: () => evidence.text,
    enlarged: (_, box) => marksIn(box),
    onMap: stepArrow(at, displaced(at, step), 0.8 * scale, ink, false),
  };
}
