/**
 * The rows of runs over a plane as dots: each in the tint of its own loss, with an edge that fades with its distance
 * from the plane.
 */

import { dot, type Ink, type Mark, runInk } from "../../../marks/mark.ts";
import { fromOklab, toHex } from "../../../math/colour.ts";
import { bandOf } from "../../../math/levels.ts";
import { tints } from "../../../math/palette.ts";
import type { Layer, MapMoment } from "../moment.ts";
import { FAINT } from "./routes.ts";
import { distancesOf } from "./trace.ts";

/** Radius and edge of a dot, in nominal pixels. */
const [RADIUS, EDGE] = [4.2, 1.5];
/** Opacity of the edge of the farthest row. */
const FADED = 0.22;
/** Dots of a path; of a longer one every n-th row is drawn, and the last. */
const MOST_DOTS = 80;

/** @returns the dots up to the playhead, the farthest from the plane lowest */
function dotsOf({ stillMap, playhead }: MapMoment): Mark[] {
  const { traces, content } = stillMap;
  const { levels, theme, plane } = stillMap.scene;
  const beside = traces.flatMap((trace) => {
    const distance = distancesOf(trace);
    return distance ? [{ trace, distance }] : [];
  });
  if (!beside.length || !levels) return [];
  const colours = tints(theme, levels.values.length + 1).map((tint) => toHex(fromOklab(tint)) as Ink);
  const most = plane ? plane.farthest : Math.max(...beside.map(({ distance }) => Math.max(...distance)));
  const dots = beside.flatMap(({ trace: { run, index, xs, ys, visible, length }, distance }) => {
    const every = Math.ceil(length / MOST_DOTS);
    const opacity = content.hovering && index !== content.focus ? FAINT : 1;
    return Array.from({ length }, (_, row) => row)
      .filter((row) => visible[row] && row <= playhead.step && (row % every === 0 || row === length - 1))
      .map((row) => {
        const share = most ? Math.min(1, distance[row] / most) : 0;
        const fill = colours[bandOf(levels, run.columns.loss[row])];
        const edge = { stroke: runInk(run.slot), width: EDGE, strokeOpacity: 1 - (1 - FADED) * share };
        return { away: share, mark: dot([xs[row], ys[row]], RADIUS, { fill, ...edge, opacity, of: "row" }) };
      });
  });
  return dots.sort((a, b) => b.away - a.away).map(({ mark }) => mark);
}

export const rowDots: Layer = { draw: (moment) => ({ on: dotsOf(moment) }) };
