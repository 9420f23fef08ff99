/** What each point adds to the gradient, as stems under the points, on one x with them. */

import type { Box } from "../../math/box.ts";
import { formatMeasured } from "../../math/format.ts";
import type { Shares } from "../../state/types.ts";
import { xOf } from "../chart/lines.ts";
import { crisp, line, tag, write } from "../chart/svg.ts";
import type { DataDrawing } from "./drawing.ts";
import { EDGE } from "./plotArea.ts";

/** With more stems than this only the one that is highlighted has its number. */
const NUMBERED = 8;
const REST = 0.32;

/** Of a stem's end, 0 always in sight. */
function heightIn({ values }: Shares, { top, height }: Box): (value: number) => number {
  const all = [...values.values()].filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  return (value) => top + 4 + ((high - value) / (high - low || 1)) * (height - 12);
}

export function strip(drawing: DataDrawing): string {
  const {
    area: { strip: box },
    shares,
    look,
  } = drawing;
  if (!box || !shares) return "";
  const heightOf = heightIn(shares, box);
  const zero =
    line(box.left, crisp(heightOf(0)), box.left + box.width, crisp(heightOf(0)), look.colours.ink) +
    write(look, "0", box.left - 6, heightOf(0), { anchor: "end" });
  return [
    zero,
    caption(drawing, box, shares),
    ...[...shares.values].map(([point, value]) => stem(drawing, point, value, heightOf)),
    numbers(drawing, shares, heightOf),
  ].join("");
}

/** What is shown, and what all make; of one that is highlighted what it adds to each component. */
function caption({ look, highlighted }: DataDrawing, { left, top, width }: Box, shares: Shares): string {
  const [y, fill] = [top - 9 * look.scale, look.colours.ink];
  const [one, all] = captions(shares, highlighted);
  return write(look, one, EDGE, y, { fill }) + write(look, all, left + width, y, { anchor: "end", fill });
}

/** @returns at the left and at the right */
export function captions({ parameter, values, total, all }: Shares, highlighted: number | null): [string, string] {
  const adds = (to: string, value: number) => `adds ${formatMeasured(value, 4)} to ∂L/∂${to}`;
  if (highlighted === null || !values.has(highlighted))
    return [highlighted === null ? `adds to ∂L/∂${parameter}` : "not seen by this step", total];
  const other = all.find((each) => each.parameter !== parameter);
  return [
    adds(parameter, values.get(highlighted) ?? NaN),
    other ? adds(other.parameter, other.value.get(highlighted) ?? NaN) : total,
  ];
}

function stem(
  { area, look: { colours, scale }, content, scene, leader, highlighted }: DataDrawing,
  point: number,
  value: number,
  heightOf: (value: number) => number,
): string {
  const at = content.points[point];
  if (!at || !Number.isFinite(value) || leader === null) return "";
  const [x, y, colour] = [xOf(area, at[0]), heightOf(value), colours.runs[scene.runs[leader].slot]];
  return tag(
    "g",
    { opacity: highlighted === null || highlighted === point ? null : REST },
    line(x, heightOf(0), x, y, colour, { "stroke-width": (highlighted === point ? 2.6 : 1.6) * scale }) +
      tag("circle", { cx: x, cy: y, r: (highlighted === point ? 3.4 : 2.4) * scale, fill: colour }),
  );
}

/** What a few stems or the one that is highlighted amount to, where no number covers another. */
function numbers(
  { area, look, content, highlighted }: DataDrawing,
  { values }: Shares,
  heightOf: (value: number) => number,
): string {
  const shown =
    highlighted === null
      ? values.size <= NUMBERED
        ? [...values]
        : []
      : [...values].filter(([point]) => point === highlighted);
  const placed: { x: number; y: number }[] = [];
  return shown
    .map(([point, value]) => {
      const place = xOf(area, content.points[point]?.[0] ?? NaN);
      const inside = place + 50 * look.scale < area.box.left + area.box.width;
      const at = { x: place + (inside ? 7 : -7), y: heightOf(value) };
      if (placed.some(({ x, y }) => Math.abs(x - at.x) < 44 * look.scale && Math.abs(y - at.y) < 13 * look.scale))
        return "";
      placed.push(at);
      return write(look, formatMeasured(value, 3), at.x, at.y, {
        anchor: inside ? undefined : "end",
        fill: look.colours.ink,
        halo: 3,
      });
    })
    .join("");
}
