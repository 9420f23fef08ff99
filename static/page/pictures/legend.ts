/** What a tint means: the bands of the map in a bar, with the losses of the index contours under it. */

import { s } from "../dom.ts";
import { type Ink, type Mark, rectangle, verticals, words } from "../marks/mark.ts";
import { PIXELS } from "../marks/scales.ts";
import { createSvgPainter } from "../marks/svg.ts";
import { fromOklab, toHex } from "../math/colour.ts";
import { formatLevel } from "../math/format.ts";
import type { Levels } from "../math/levels.ts";
import { COLOURS, type ThemeName, tints } from "../math/palette.ts";
import { memo } from "../memo.ts";

const HEIGHT = 34;
const BAR = { left: 0.5, top: 0.5, height: 13 };
/** Pixels from the top to the middle of the numbers, and that an index contour reaches below the bar. */
const NUMBERS = 26;
const TICK = 4;
/** Pixels between two numbers, at the least. */
const APART = 12;
/** Pixels that a band reaches under the next, lest there be a gap. */
const UNDER = 0.3;

/** @param width  of the bar, in pixels */
export function legendMarks(levels: Levels, theme: ThemeName, width: number): Mark[] {
  const all = tints(theme, levels.values.length + 1);
  const step = width / all.length;
  const at = (k: number) => BAR.left + k * step;
  const bottom = BAR.top + BAR.height;
  return [
    ...all.map((tint, k) =>
      rectangle({ ...BAR, left: at(k), width: step + UNDER }, { fill: toHex(fromOklab(tint)) as Ink }),
    ),
    verticals(
      levels.index.map((isIndex, k) => [at(k + 1), BAR.top, bottom + (isIndex ? TICK : 0)]),
      { stroke: "ink", opacity: 0.55 },
    ),
    rectangle({ ...BAR, width }, { stroke: "ink" }),
    ...numbersOf(levels, step).map(({ x, text }) => words([BAR.left + x, NUMBERS], text, { anchor: "middle" })),
  ];
}

export function createLegend(root: HTMLElement) {
  const picture = s("svg", {
    class: "legend-picture",
    role: "img",
    "aria-label": "Loss, from the valleys to the heights",
  });
  root.append(picture);
  const paint = createSvgPainter(picture);
  const draw = memo(({ levels, theme, width }: { levels: Levels | null; theme: ThemeName; width: number }) => {
    root.classList.toggle("is-empty", !levels);
    if (!levels || width <= 0) return;
    const look = { colours: COLOURS[theme], family: "inherit", scale: 1 };
    const size = { width: width + 1, height: HEIGHT };
    paint({ size, scales: PIXELS, look, marks: legendMarks(levels, theme, width) });
  });

  return {
    render(levels: Levels | null, theme: ThemeName) {
      draw({ levels, theme, width: root.clientWidth - 1 });
    },
  };
}

/**
 * Numbers of the index contours (of all, where there is but one) as far as they have room, no two of the same text.
 * @param step  pixels of a band
 */
function numbersOf({ values, index }: Levels, step: number): { x: number; text: string }[] {
  const every = index.filter(Boolean).length < 2;
  const written: Set<string> = new Set();
  let free = -Infinity;
  return values.flatMap((value, k) => {
    const text = formatLevel(value);
    const [x, half] = [(k + 1) * step, text.length * 3.4];
    if (!(every || index[k]) || x - half < free || written.has(text)) return [];
    free = x + half + APART;
    written.add(text);
    return [{ x, text }];
  });
}
