/** The sides of a chart: grid lines and numbers at the left, ticks and numbers below. */

import { type Look, widthOf } from "../../marks/look.ts";
import { type GroupMark, group, type Ink, path, type ShapeMark, shape, words } from "../../marks/mark.ts";
import { shareScales } from "../../marks/scales.ts";
import type { PlotArea } from "./lines.ts";

/** Pixels that numbers take at the left of a chart and below it, at a scale of 1. */
export const NUMBERS = { left: 46, bottom: 22 };

const across = (at: number): [number, number][] => [
  [0, at],
  [1, at],
];

/** @param gap  nominal pixels from the numbers to the chart */
export const valueSide = ({ box, y }: PlotArea, gap: number = 7): GroupMark =>
  group(
    y.ticks.flatMap(({ at, text }) => [
      path(across(at), { crisp: true, stroke: "ink", strokeOpacity: text === "0" ? 0.5 : 0.14 }),
      words([0, at], text, { anchor: "end", shift: [-gap, 0] }),
    ]),
    { scales: shareScales(box) },
  );

/**
 * @param title  what the steps are called, after their last number where there is room
 * @param right  edge of the chart, in pixels
 */
export function stepSide({ box, x }: PlotArea, look: Look, title: string, right: number): GroupMark {
  const { scale } = look;
  const edge = box.left + box.width;
  const last = x.ticks.at(-1);
  const taken = last ? box.left + last.at * box.width + widthOf(look, last.text) / 2 + 8 * scale : box.left;
  const wide = widthOf(look, title, { weight: 600 });
  const start = Math.max(taken, edge + 10 * scale - wide);
  return group(
    [
      path(across(0), { crisp: true, stroke: "ink2" }),
      ...x.ticks.flatMap(({ at, text }) =>
        text.trim()
          ? [
              shape([at, 0], "M0 0v4", { crisp: true, stroke: "ink2" }),
              words([at, 0], text, { anchor: "middle", shift: [0, 12] }),
            ]
          : [],
      ),
      ...(start + wide <= right
        ? [words([1, 0], title, { weight: 600, fill: "ink", shift: [(start - edge) / scale, 12] })]
        : []),
    ],
    { scales: shareScales(box) },
  );
}

/** An arrow at the top or at the bottom, where something has left. */
export const exit = ({ y }: PlotArea, x: number, up: boolean, fill: Ink): ShapeMark =>
  shape([x, y.valueAt(up ? 1 : 0)], up ? "M-4 7.5L0 0L4 7.5Z" : "M-4 -7.5L0 0L4 -7.5Z", { fill, of: "exit" });
