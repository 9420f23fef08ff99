/**
 * Puts marks of the flat map on the risen ground: lines follow it, and are hidden behind it; words and shapes stand on
 * it, and show through it.
 */

import type { Look } from "../../../marks/look.ts";
import { group, type LineMark, type Mark, NOWHERE, type Place, type RasterMark } from "../../../marks/mark.ts";
import { agedRoute, FAINT, pathAhead, type RoutesContent, routeCasings, routeStretch } from "../paths/routes.ts";
import { groundHeight, type Heights, isHidden, type SeenGround } from "./ground.ts";
import { type Projection, projected } from "./projection.ts";

/** The ground that marks are put on. */
export interface Risen {
  projection: Projection;
  heights: Heights;
  ground: SeenGround;
}

/** A line follows the ground in pieces of so many pixels of the flat map. */
const APART = 4;

/** The opacity of what shows through the ground. */
const THROUGH = 0.5;

/** @returns the place on the screen, and whether ground hides it; null: it is off the ground */
function placeAt({ projection, heights, ground }: Risen, x: number, y: number): { at: Place; hidden: boolean } | null {
  const height = groundHeight(heights, x, y);
  if (Number.isNaN(height)) return null;
  const [sx, sy, near] = projected(projection, x, y, height);
  return { at: [sx, sy], hidden: isHidden(ground, sx, sy, near) };
}

/** @returns the place on the screen; NOWHERE: it is behind the ground, or off it */
function seenAt(risen: Risen, x: number, y: number): Place {
  const place = placeAt(risen, x, y);
  return place && !place.hidden ? place.at : NOWHERE;
}

function lineOn(risen: Risen, { closed, ...mark }: LineMark): LineMark {
  const [xs, ys]: [number[], number[]] = [[], []];
  const add = ([x, y]: Place) => {
    xs.push(x);
    ys.push(y);
  };
  /** The first and the last place of the part that is drawn. */
  let [first, last]: [Place | null, Place] = [null, NOWHERE];
  const go = (to: Place) => {
    const pieces = Math.min(1000, Math.ceil(Math.hypot(to[0] - last[0], to[1] - last[1]) / APART));
    for (let k = 1; k < pieces; k++) {
      const share = k / pieces;
      add(seenAt(risen, last[0] + (to[0] - last[0]) * share, last[1] + (to[1] - last[1]) * share));
    }
    add(seenAt(risen, ...to));
    last = to;
  };
  const end = () => {
    if (closed && first) go(first);
    add(NOWHERE);
    first = null;
  };
  for (let k = 0; k < mark.x.length; k++) {
    const at: Place = [mark.x[k], mark.y[k]];
    if (!Number.isFinite(at[0] + at[1])) end();
    else if (first) go(at);
    else {
      add(seenAt(risen, ...at));
      first = last = at;
    }
  }
  end();
  return { ...mark, x: xs, y: ys };
}

/** Moves a mark to a place, a group by as much as what it stands beside. */
function movedTo([x, y]: Place, mark: Exclude<Mark, LineMark | RasterMark>, { scale }: Look): Mark {
  if (mark.kind !== "group") return { ...mark, at: [x, y] };
  const { beside: [left, top] = [x, y] } = mark;
  return { ...mark, shift: [(x - left) / scale, (y - top) / scale] };
}

/** @param showsThrough  whether words and shapes behind the ground are drawn pale, else not at all */
export function marksOn(risen: Risen, marks: Mark[], look: Look, showsThrough: boolean = true): Mark[] {
  return marks.flatMap((mark): Mark[] => {
    if (mark.kind === "raster") return [];
    if (mark.kind === "line") return [lineOn(risen, mark)];
    if (mark.kind === "group" && !mark.beside) {
      const { clip: _, ...rest } = mark;
      return [{ ...rest, marks: marksOn(risen, mark.marks, look, showsThrough) }];
    }
    const place = placeAt(risen, ...((mark.kind === "group" ? mark.beside : mark.at) as Place));
    if (!place || (place.hidden && !showsThrough)) return [];
    const moved = movedTo(place.at, mark, look);
    return [place.hidden ? group([moved], { opacity: THROUGH }) : moved];
  });
}

/** Marks around the ground, on the plain below it. */
export function marksOnPlain(projection: Projection, marks: Mark[]): Mark[] {
  const at = ([x, y]: Place): Place => {
    const [sx, sy] = projected(projection, x, y, 0);
    return [sx, sy];
  };
  return marks.flatMap((mark): Mark[] => {
    if (mark.kind === "raster") return [];
    if (mark.kind === "group") return [{ ...mark, marks: marksOnPlain(projection, mark.marks) }];
    if (mark.kind !== "line") return [{ ...mark, at: at(mark.at) }];
    const places = Array.from({ length: mark.x.length }, (_, k) => at([mark.x[k], mark.y[k]]));
    return [{ ...mark, x: places.map(([x]) => x), y: places.map(([, y]) => y), crisp: false }];
  });
}

/** The paths up to a step, and ahead of it where that shows, with the highlighted run on top. */
export function wayMarks(content: RoutesContent, step: number): Mark[] {
  const { traces, focus, hovering } = content;
  const inHand = traces.filter(({ index }) => index === focus);
  const ways = [...traces.filter((trace) => !inHand.includes(trace)), ...inHand].map((trace) => {
    const marks = trace.dense ? agedRoute(content, trace, step) : routeStretch(content, trace, 0, step);
    return group(marks, { opacity: hovering && trace.index !== focus ? FAINT : 1 });
  });
  return [...(content.ahead ? pathAhead(content) : []), ...routeCasings(content, 0, step), ...ways];
}
