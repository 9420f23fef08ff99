/** The contribution of each point to the gradient, as stems below the points, on the same x. */

import { widthOf } from "../../marks/look.ts";
import { dot, group, HALO, inPixels, type Mark, runInk, segment, uprights, words } from "../../marks/mark.ts";
import { createOccupancy } from "../../marks/occupancy.ts";
import { evenScale, type Scales, screenPlace } from "../../marks/scales.ts";
import { formatMeasured } from "../../math/format.ts";
import type { Shares } from "../../state/types.ts";
import { endsOf } from "../chart/plot.ts";
import type { DataDrawing } from "./index.ts";
import { EDGE, NUMBERED, REST } from "./plotArea.ts";

export function strip(drawing: DataDrawing): Mark[] {
  const { strip: box, shares, x, scene, leader, highlighted, content } = drawing;
  if (!box || !shares) return [];
  const all = [...shares.values.values()].filter(Number.isFinite);
  // The axis includes 0.
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  const scales: Scales = {
    box: { ...box, top: box.top + 4, height: box.height - 12 },
    x,
    y: evenScale(low, high > low ? high : low + 1),
  };
  const [from, to] = endsOf(x);
  const ink = leader === null ? "ink" : runInk(scene.runs[leader].slot);
  const places = [...shares.values].flatMap(([point, value]) => {
    const at = content.points[point]?.[0] ?? Number.NaN;
    return Number.isFinite(at + value) ? [{ point, at, value }] : [];
  });
  const stems = (isStrong: boolean) => {
    const some = places.filter(({ point }) => (point === highlighted) === isStrong);
    const lines = some.map(({ at, value }) => [at, 0, value] as const);
    const ends = some.map(({ at, value }) => dot([at, value], isStrong ? 3.4 : 2.4, { fill: ink, of: "stem" }));
    return group([uprights(lines, { stroke: ink, width: isStrong ? 2.6 : 1.6 }), ...ends], {
      opacity: highlighted === null || isStrong ? 1 : REST,
    });
  };
  const zero = [
    segment([from, 0], [to, 0], { crisp: true, stroke: "ink" }),
    words([from, 0], "0", { anchor: "end", shift: [-6, 0] }),
  ];
  // Two captions: the quantity, and the sum or, for a highlighted point, its contribution to each component.
  const [one, total] = captions(shares, highlighted);
  const caption = { fill: "ink", shift: [0, -9] } as const;
  return [
    group([...zero, stems(false), stems(true), ...numbers(drawing, shares, scales)], { scales }),
    inPixels([
      words([EDGE, box.top], one, caption),
      words([box.left + box.width, box.top], total, { ...caption, anchor: "end" }),
    ]),
  ];
}

/** @returns the captions at the left and at the right */
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

/** The numbers of stems, if they are few, or of the highlighted one, where no number covers another. */
function numbers({ look, content, highlighted }: DataDrawing, { values }: Shares, scales: Scales): Mark[] {
  const { left, top, width, height } = scales.box;
  const room = createOccupancy({ left, top: top - height, width, height: 3 * height });
  return [...values].flatMap(([point, value]) => {
    if (highlighted === null ? values.size > NUMBERED : point !== highlighted) return [];
    const at = content.points[point]?.[0] ?? Number.NaN;
    const text = formatMeasured(value, 3);
    const [x, y] = screenPlace(scales, at, value);
    const [wide, high, gap] = [widthOf(look, text), 13 * look.scale, 7 * look.scale];
    const spots = [1, -1].map((side, k) => {
      const near = side > 0 ? x + gap : x - gap - wide;
      return { box: { left: near, top: y - high / 2, width: wide, height: high }, cost: 0.2 * k, side };
    });
    const spot = room.place(spots, 2);
    if (!spot) return [];
    const anchor = spot.side > 0 ? "start" : "end";
    return [words([at, value], text, { anchor, fill: "ink", halo: HALO, shift: [7 * spot.side, 0] })];
  });
}
