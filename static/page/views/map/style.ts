/** How things on the ground are drawn: words in a halo, lines in a casing, so that they read on any tint. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import {
  type LineMark,
  type Outline,
  type Place,
  runInk,
  type ShapeMark,
  segment,
  shape,
  type WordsMark,
  words,
} from "../../marks/mark.ts";
import type { Box } from "../../math/box.ts";
import { markerPath } from "../../math/markers.ts";

const MAP_HALO = { stroke: "halo", width: 3.5 } as const;

export const label = (at: Place, text: string, style: Partial<WordsMark> = {}): WordsMark =>
  words(at, text, { fill: "ink", halo: MAP_HALO, ...style });

/** Words in a box that has been found for them. */
export const labelIn = ({ left, top, height }: Box, text: string, style: Partial<WordsMark> = {}): WordsMark =>
  label([left, top + height / 2], text, style);

/** A line from a mark to its words. */
export const leaderMark = ([x0, y0, x1, y1]: [number, number, number, number]): LineMark =>
  segment([x0, y0], [x1, y1], { stroke: "ink", width: 1, casing: MAP_HALO });

/** Of what is no run. */
export const haloed = (width: number): Outline => ({
  stroke: "ink",
  width,
  casing: { stroke: "halo", width: width + 3 },
});

const { head, head_selected } = table.route;

/** A run's marker at its head: full while it goes, hollow once it has stopped. */
export function headMark(
  at: Place,
  slot: number,
  { stopped, selected, radius }: { stopped: boolean; selected: boolean; radius?: number },
): ShapeMark {
  const style: Outline = stopped
    ? { stroke: runInk(slot), width: 2.2, fill: "casing", casing: { stroke: "casing", width: 6 } }
    : { fill: runInk(slot), casing: { stroke: "casing", width: 4 } };
  return shape(at, markerPath(slot, radius ?? (selected ? head_selected : head)), style);
}
