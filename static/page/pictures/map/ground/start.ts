/** The start of the runs: its mark, and the words beside it. */

import table from "../../../../../fallline/drawing/drawing.json" with { type: "json" };
import { widthOf } from "../../../marks/look.ts";
import { dot, group, type Mark, type Place } from "../../../marks/mark.ts";
import type { Occupancy } from "../../../marks/occupancy.ts";
import { screenPlace } from "../../../marks/scales.ts";
import { spotsBeside } from "../../../marks/spots.ts";
import { type Box, isInside, movedInto } from "../../../math/box.ts";
import { formatExact } from "../../../math/format.ts";
import type { Layer, MapLayout, StillMap } from "../moment.ts";
import { LABEL_TYPE, label, type MapLook } from "../style.ts";

/** The place of the start on the screen. */
export const startOn = ({ scene, axes, area }: MapLayout): Place => screenPlace(area, ...axes.start(scene));

export const startText = (start: number[]): string => start.map((value) => formatExact(value, 4)).join(", ");

/** A ring with a dot, unlike the markers of runs. */
function startMark(at: Place): Mark[] {
  const { start } = table.marks;
  const ring = { stroke: "ink", width: 2, fill: "casing", casing: { stroke: "casing", width: 5 } } as const;
  return [dot(at, start.radius, ring), dot(at, start.dot, { fill: "ink" })];
}

const PLACE = { size: 12.5 };

/**
 * @param place  its coordinates, in words
 * @param space  receives its words
 * @returns the box of its words
 */
export function placeStart(look: MapLook, x: number, y: number, place: string, space: Occupancy): Box | null {
  const s = look.scale;
  const width = Math.max(widthOf(look, place, PLACE), widthOf(look, "start", LABEL_TYPE));
  const spot = space.place(spotsBeside({ at: [x, y], size: [width, 29 * s], gap: 13, scale: s, close: true }));
  return spot && movedInto(spot.box, look.box);
}

/** @param x  of the mark @param box  of the words */
function startLabels(x: number, place: string, { left, top, width }: Box): Mark[] {
  const anchor = left > x ? "start" : left + width < x ? "end" : "middle";
  const at = left + { start: 0, middle: width / 2, end: width }[anchor];
  return [
    label([at, top], "start", { ...LABEL_TYPE, anchor, shift: [0, 8] }),
    label([at, top], place, { ...PLACE, anchor, shift: [0, 22] }),
  ];
}

/** @returns the box of its words; null: out of sight */
export function startBox(layout: MapLayout & Pick<StillMap, "startWords">): Box | null {
  const { area, startWords: words, look } = layout;
  const [x, y] = startOn(layout);
  if (!words || !isInside(area.box, x, y)) return null;
  return movedInto({ ...words, left: words.left + x, top: words.top + y }, look.box);
}

export const startPoint: Layer = {
  draw({ stillMap }) {
    const at = startOn(stillMap);
    if (!isInside(stillMap.look.box, ...at)) return {};
    const box = startBox(stillMap);
    const words = box ? [group(startLabels(at[0], startText(stillMap.scene.start), box), { beside: at })] : [];
    return { on: [...startMark(at), ...words] };
  },
};
