/** The box of an enlarged step: how large it must be, and what is drawn in it. */

import { widthOf } from "../../../marks/look.ts";
import { group, type Mark, type Place, rectangle, segment } from "../../../marks/mark.ts";
import { leaderTo } from "../../../marks/spots.ts";
import type { Box, Size } from "../../../math/box.ts";
import type { StillScene } from "../../../state/types.ts";
import type { MapLayout } from "../moment.ts";
import { label, type MapLook } from "../style.ts";
import type { StepOnMap } from "./enlarged.ts";

/** What decides how large the box of a step is: its scale, the area of its arrows, and whether its words are short. */
type Enlarging = { times: number; area: Size; isBrief: boolean };
export type Inset = StepOnMap & Enlarging & { box: Box };

const TITLE = { size: 12.5, weight: 600 };
const NOTE = { size: 12 };
/** Nominal pixels: of a row of words, between two in one row, around the arrows, from the edge of the box. */
const [ROW, BETWEEN, AROUND] = [16, 8, 17];
export const FROM_EDGE = 8;
/** A thin line to an inset, dotted and grey, unlike the lines of runs. */
const LEADER = { stroke: "ink2", width: 1, dash: [1, 3], casing: { stroke: "halo", width: 2 } } as const;
/** The size of the arrows' area in nominal pixels, and the shares of the map that it may take. */
const [WIDE, HIGH, ACROSS, DOWN] = [160, 112, 0.46, 0.24];
/** The radius of the ring around the beginning of the step, in nominal pixels. */
export const RING = 8;

/** The area of the arrows in pixels. */
export const areaFor = ({ box, scale }: MapLook, share: number): Size => ({
  width: share * (Math.min(WIDE * scale, ACROSS * box.width) - 4 * AROUND * scale),
  height: share * Math.min(HIGH * scale, DOWN * box.height),
});

const titleOf = ({ step, run }: StepOnMap, { wholeRuns }: StillScene) => `Step ${step}, ${wholeRuns[run].short}`;

/** The words over the arrows: in one row where they fit there, else with what is said of the scale in a row below. */
function headOf(step: StepOnMap, times: number, width: number, { look, scene }: MapLayout) {
  const measure = (words: string, type: { size: number }) => widthOf(look, words, type);
  const [name, notes] = [titleOf(step, scene), step.notes(times)];
  const title = measure(name, TITLE) <= width ? TITLE : { ...TITLE, size: 11 };
  const named = measure(name, title) <= width ? name : `Step ${step.step}`;
  const aside = measure(named, title) + BETWEEN * look.scale;
  const beside = notes.find((words) => aside + measure(words, NOTE) <= width);
  const note = beside ?? notes.find((words) => measure(words, NOTE) <= width) ?? (notes.at(-1) as string);
  return { named, title, note, rows: beside ? 1 : 2, aside };
}

/** The size of the box around a step: of its arrows, its words, and those above. */
export function sizeOfInset(step: StepOnMap, { times, area, isBrief }: Enlarging, layout: MapLayout): Size {
  const { scale, box } = layout.look;
  const { width, height } = step.enlarged(times, area, isBrief).size;
  const note = step.notes(times).at(-1) as string;
  const words = [widthOf(layout.look, titleOf(step, layout.scene), TITLE), widthOf(layout.look, note, NOTE)];
  const heads = words.filter((wide) => wide <= ACROSS * box.width - 2 * FROM_EDGE * scale);
  const within = Math.max(width, ...heads);
  const { rows } = headOf(step, times, within, layout);
  return { width: within + 2 * FROM_EDGE * scale, height: height + (0.25 + rows) * ROW * scale };
}

export function insetMarks(inset: Inset, layout: MapLayout): Mark {
  const { at, box, times, area, isBrief } = inset;
  const { scale } = layout.look;
  const [left, top] = [box.left + FROM_EDGE * scale, box.top + 0.75 * ROW * scale];
  const [x0, y0, x1, y1] = leaderTo(at, box, RING * scale);
  const { named, title, note, rows, aside } = headOf(inset, times, box.width - 2 * FROM_EDGE * scale, layout);
  const head = (0.25 + rows) * ROW * scale;
  const noteAt: Place = rows === 1 ? [left + aside, top] : [left, top + ROW * scale];
  return group(
    [
      segment([x0, y0], [x1, y1], LEADER),
      rectangle(box, { fill: "casing", stroke: "ink", width: 1.2 }),
      label([left, top], named, title),
      label(noteAt, note, { ...NOTE, fill: "ink2" }),
      ...inset.enlarged(times, area, isBrief).marksIn({ ...box, top: box.top + head, height: box.height - head }),
    ],
    { beside: at },
  );
}
