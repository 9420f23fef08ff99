/** What surrounds the ground: neat line, ladder, coordinates, and crosses where the grid lines would meet. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { widthOf } from "../../marks/look.ts";
import { bars, type Mark, rectangle, segments, shape, words } from "../../marks/mark.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { type Box, grown } from "../../math/box.ts";
import { formatTick } from "../../math/format.ts";
import { multiples, niceStep } from "../../math/scales.ts";
import { label, type MapLook } from "./style.ts";
import type { VisibleArea } from "./visibleArea.ts";

type Ticks = { step: number; at: number[] };

const LADDER = table.frame.ladder;
const LEAST_X = table.frame.apart.x;
const LEAST_Y = table.frame.apart.y;

/** @returns at one distance on both axes where they have one scale */
function ticksOf(area: VisibleArea, look: MapLook): { x: Ticks; y: Ticks } {
  const leastX = LEAST_X * look.scale;
  const leastY = (area.equal ? LEAST_X : LEAST_Y) * look.scale;
  const [stepX, stepY] = [niceStep(leastX / area.kx), niceStep(leastY / area.ky)];
  return {
    x: { step: stepX, at: multiples(area.x0, area.x1, stepX) },
    y: { step: stepY, at: multiples(area.y0, area.y1, stepY) },
  };
}

export function crossMarks(area: VisibleArea, look: MapLook): Mark[] {
  const { x, y } = ticksOf(area, look);
  const arm = table.frame.cross;
  const cross = `M${-arm} 0H${arm}M0 ${-arm}V${arm}`;
  return x.at.flatMap((tx) =>
    y.at.map((ty) =>
      shape([screenX(area, tx), screenY(area, ty)], cross, { crisp: true, stroke: "ink", width: 0.8, opacity: 0.5 }),
    ),
  );
}

/** @param names  of the axes */
export function axesMarks(area: VisibleArea, look: MapLook, names: [string, string]): Mark[] {
  const ticks = ticksOf(area, look);
  return [
    ...(look.box.left > 0 ? ladder(area, look, ticks) : edges(look.box)),
    ...(look.compact ? numbersInside : numbersOutside)(area, look, ticks, names),
  ];
}

/** @returns rungs, every other filled */
function rungs(at: number[], low: number, high: number, step: number): [number, number, boolean][] {
  const bounds = [low, ...at, high];
  const odd = at.length ? Math.round(at[0] / step) : 0;
  return bounds.slice(1).map((end, k) => [bounds[k], end, (odd + k) % 2 === 0]);
}

function ladder(area: VisibleArea, look: MapLook, { x, y }: { x: Ticks; y: Ticks }): Mark[] {
  const { left, top, width, height } = area.box;
  const [right, bottom] = [left + width, top + height];
  const wide = LADDER * look.scale;
  const filled = (ticks: Ticks, low: number, high: number) =>
    rungs(ticks.at, low, high, ticks.step).filter(([, , full]) => full);
  return [
    bars(
      [
        ...filled(x, area.x0, area.x1).flatMap(([from, to]) => {
          const [a, b] = [screenX(area, from), screenX(area, to)];
          return [
            [a, b, top - wide, top],
            [a, b, bottom, bottom + wide],
          ] as const;
        }),
        ...filled(y, area.y0, area.y1).flatMap(([from, to]) => {
          const [a, b] = [screenY(area, to), screenY(area, from)];
          return [
            [left - wide, left, a, b],
            [right, right + wide, a, b],
          ] as const;
        }),
      ],
      { fill: "ink" },
    ),
    ...[0.5, wide + 0.5].map((out) => rectangle(grown(area.box, out), { stroke: "ink", width: 1 / look.scale })),
  ];
}

const NUMBER = { size: 12.5 };
const NAME = { size: 13.5, weight: 600, italic: true, fill: "ink" } as const;

function numbersOutside(
  area: VisibleArea,
  look: MapLook,
  { x, y }: { x: Ticks; y: Ticks },
  [nameX, nameY]: [string, string],
): Mark[] {
  const { left, top, width, height } = area.box;
  const [right, bottom] = [left + width, top + height];
  const s = look.scale;
  const nameWidth = 20 * s + widthOf(look, nameX, NUMBER);
  const [acrossX, acrossY] = [
    x.at.map((tick) => ({ text: formatTick(tick, x.step), at: screenX(area, tick) })),
    y.at.map((tick) => ({ text: formatTick(tick, y.step), at: screenY(area, tick) })),
  ];
  return [
    ...acrossX
      .filter(({ at }) => at < right - nameWidth && at > left + 4)
      .map(({ text, at }) => words([at, bottom], text, { ...NUMBER, anchor: "middle", shift: [0, 16] })),
    ...acrossY
      .filter(({ at }) => at > top + 18 * s)
      .map(({ text, at }) => words([left, at], text, { ...NUMBER, anchor: "end", shift: [-11, 0] })),
    words([right, bottom], nameX, { ...NAME, anchor: "end", shift: [0, 16] }),
    // A short name lies beside the frame's corner, a long one stands along it.
    widthOf(look, nameY, NAME) < 30 * s
      ? words([left, top], nameY, { ...NAME, anchor: "end", shift: [-11, 5] })
      : words([left, top], nameY, { ...NAME, anchor: "end", turn: -Math.PI / 2, shift: [-38, -4] }),
  ];
}

function numbersInside(
  area: VisibleArea,
  look: MapLook,
  { x, y }: { x: Ticks; y: Ticks },
  [nameX, nameY]: [string, string],
): Mark[] {
  const { left, top, width, height } = area.box;
  const [right, bottom] = [left + width, top + height];
  const s = look.scale;
  const name = { ...NAME, size: 13 };
  return [
    ...x.at.flatMap((tick) => {
      const at = screenX(area, tick);
      return at > left + 28 * s && at < right - 30 * s
        ? [label([at, bottom], formatTick(tick, x.step), { fill: "ink2", anchor: "middle", shift: [0, -11] })]
        : [];
    }),
    ...y.at.flatMap((tick) => {
      const at = screenY(area, tick);
      return at > top + 34 * s && at < bottom - 24 * s
        ? [label([left, at], formatTick(tick, y.step), { fill: "ink2", shift: [6, 0] })]
        : [];
    }),
    label([left, top], nameY, { ...name, shift: [6, 12] }),
    label([right, bottom], nameX, { ...name, anchor: "end", shift: [-7, -11] }),
  ];
}

/** Where the ground reaches both sides of the screen. */
function edges({ left, top, width, height }: Box): Mark[] {
  const [right, bottom] = [left + width, top + height];
  return [
    segments(
      [
        [
          [left, top],
          [right, top],
        ],
        [
          [left, bottom - 1],
          [right, bottom - 1],
        ],
      ],
      { crisp: true, stroke: "ink" },
    ),
  ];
}
