/** Where the loss is curved at the head of the chosen run: the ellipse of the local bowl, and its two directions. */

import { type Mark, type Place, path, segment } from "../../marks/mark.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { inside } from "../../math/box.ts";
import type { Principal } from "../../state/types.ts";
import type { MapDrawing, MapMoment } from "./moment.ts";
import { haloed, labelBeside } from "./style.ts";

/** Of the shorter side of the map, that the longer of the two directions reaches from the head. */
const REACH = 0.16;
const TYPE = { size: 12.5, weight: 600 };
const GAP = 6;
/** Corners of the ellipse. */
const CORNERS = 72;

/** As long in parameters as 1 over the root of its curvature, against the other. */
function lengthsOf({ directions }: Principal, { area, look }: MapDrawing): number[] {
  const lengths = directions.map(({ curvature }) => 1 / Math.sqrt(Math.max(Math.abs(curvature), Number.MIN_VALUE)));
  const pixels = (direction: number[]) =>
    Math.hypot(screenX(area, direction[0]) - screenX(area, 0), screenY(area, direction[1]) - screenY(area, 0));
  const longest = Math.max(...directions.map(({ along }, k) => pixels(along) * lengths[k]));
  const reach = REACH * Math.min(look.box.width, look.box.height);
  return lengths.map((length) => (length * reach) / longest);
}

/** Names stand beside the ends of the directions, as the panel that explains them calls them. */
export function principalMarks(moment: MapMoment): Mark[] {
  const { playhead, area, axes, look, moving } = moment;
  const { principal } = playhead;
  if (!principal || axes.curve || principal.directions.length < 2) return [];
  const { at, directions } = principal;
  const head: Place = [screenX(area, at[0]), screenY(area, at[1])];
  if (!inside(area.box, ...head)) return [];
  const lengths = lengthsOf(principal, moment);
  const placeOf = (shares: number[]): Place => {
    const point = at.map((value, axis) =>
      directions.reduce((sum, { along }, k) => sum + shares[k] * lengths[k] * along[axis], value),
    );
    return [screenX(area, point[0]), screenY(area, point[1])];
  };
  const marks: Mark[] = directions.map((_, k) => {
    const own = directions.map((_, other) => Number(other === k));
    return segment(placeOf(own.map((value) => -value)), placeOf(own), { ...haloed(1.3), of: "principal direction" });
  });
  if (directions.every(({ curvature }) => curvature > 0)) {
    const round = Array.from({ length: CORNERS }, (_, k) => (2 * Math.PI * k) / CORNERS);
    marks.push(
      path(
        round.map((angle) => placeOf([Math.cos(angle), Math.sin(angle)])),
        { ...haloed(1.3), closed: true, of: "ellipse" },
      ),
    );
  }
  const words = directions.flatMap(({ name }, k) => {
    const end = placeOf(directions.map((_, other) => Number(other === k)));
    return name ? labelBeside(moving, look, end, GAP, name, TYPE) : [];
  });
  return [...marks, ...words];
}
