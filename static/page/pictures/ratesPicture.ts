/** The learning rates of runs on one axis, each run in a row of its own: up to where it comes to rest, and beyond. */

import { type Look, widthOf } from "../marks/look.ts";
import { BOLD, hatching, inPixels, type Mark, runInk, runMarker, segment, words } from "../marks/mark.ts";
import type { PictureKind, StillLayout, Themed } from "../marks/picture.ts";
import { type Box, boxWithin, type Size } from "../math/box.ts";
import type { Interval } from "../state/types.ts";
import { logAxis, type PlotArea, stepSide } from "./chart/plot.ts";

/** A run, the rate at which it runs, and that beyond which it does not come to rest. */
export interface RateRow {
  slot: number;
  name: string;
  rate: number;
  limit: number | null;
  /** beside the limit; where that is not known, in its place */
  text: string;
}

type RatesContent = Themed & { rows: RateRow[] };

/** The axis goes this many times below the lowest and above the highest of what is marked. */
const AROUND = 4;
const MARGIN = { left: 10, right: 44, top: 4, bottom: 22 };
/** Nominal pixels: of a strip, of a run's marker, and from a limit to its words. */
const [STRIP, MARKER, GAP] = [9, 5, 6];

/** @returns the rates in sight */
function ratesInSight(rows: RateRow[]): Interval {
  const marked = rows.flatMap(({ rate, limit }) => [rate, limit ?? rate]);
  return [Math.min(...marked) / AROUND, Math.max(...marked) * AROUND];
}

/**
 * @param after  end of the name of the run, in pixels
 * @param right  end of the picture
 * @returns where the words of a limit begin: behind it and the name, or before it where there is no room
 */
export function limitStart(edge: number, width: number, after: number, right: number, gap: number): number {
  const behind = Math.max(edge, after) + gap;
  return behind + width <= right ? behind : Math.max(after + gap, edge - gap - width);
}

/** @returns a strip, hatched where the run does not come to rest, with its name and its limit above it */
function rowMarks({ slot, name, rate, limit, text }: RateRow, area: PlotArea, look: Look, row: Box): Mark[] {
  const { scale } = look;
  const [ink, height] = [runInk(slot), STRIP * scale];
  const xOf = (value: number) => area.box.left + area.x.place(value) * area.box.width;
  const [bottom, edge, right] = [row.top + row.height - 4 * scale, xOf(limit ?? rate), row.left + row.width];
  const [top, above] = [bottom - height, row.top + (row.height - height) / 2];
  const strip = { top, height };
  const after = row.left + widthOf(look, name, { weight: 600 });
  const start = limitStart(
    edge,
    widthOf(look, text, { weight: 600 }),
    after,
    right + MARGIN.right * scale,
    GAP * scale,
  );
  const middle = bottom - height / 2;
  const limitMarks = [
    segment([row.left, middle], [edge, middle], { stroke: ink, width: STRIP, opacity: 0.25 }),
    hatching({ ...strip, left: edge, width: right - edge }, { spacing: 5 * scale }),
    segment([edge, row.top], [edge, bottom], { stroke: ink, width: 2 }),
  ];
  return [
    ...(limit === null ? [] : limitMarks),
    segment([row.left, bottom], [right, bottom], { stroke: "ink2", crisp: true }),
    runMarker([xOf(rate), middle], slot, MARKER),
    words([row.left, above], name, { fill: ink, weight: 600, anchor: "start" }),
    words([start, above], text, { ...BOLD, anchor: "start", of: "limit" }),
  ];
}

function ratesLayout({ rows, size, look }: RatesContent & { size: Size; look: Look }): StillLayout & PlotArea {
  const box = boxWithin(size, MARGIN, look.scale);
  const area = { box, x: logAxis(ratesInSight(rows), box.width / 60 / look.scale), y: logAxis([1, 10], 1) };
  const height = box.height / rows.length;
  const rowOf = (k: number): Box => ({ ...box, top: box.top + k * height, height });
  const marks = [
    stepSide(area, look, "rate", size.width),
    inPixels(rows.flatMap((row, k) => rowMarks(row, area, look, rowOf(k)))),
  ];
  return { ...area, marks };
}

export const ratesPicture: PictureKind<RatesContent, StillLayout & PlotArea> = {
  least: { width: 180, height: 60 },
  layOut: ratesLayout,
};
