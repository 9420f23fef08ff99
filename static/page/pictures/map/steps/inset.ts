/** The box of an enlarged step: how large it must be, and what is drawn in it. */

import { widthOf } from "../../../marks/look.ts";
import { group, type Mark, rectangle, segment } from "../../../marks/mark.ts";
import { leaderTo } from "../../../marks/spots.ts";
import type { Box, Size } from "../../../math/box.ts";
import type { Scene } from "../../../state/types.ts";
import type { MapDrawing } from "../moment.ts";
import { label, type MapLook } from "../style.ts";
import type { StepOnMap } from "./enlarged.ts";

/** What decides how large the box of a step is: its scale, the area of its arrows, and whether its words are short. */
type Enlarging = { times: number; area: Size; isBrief: boolean };
export type Inset = StepOnMap & Enlarging & { box: Box };

const TITLE = { size: 12.5, weight: 600 };
const NOTE = { size: 12 };
/** Nominal pixels: of a row of words, around the arrows, from the edge of the box. */
const [ROW, AROUND] = [16, 17];
export const FROM_EDGE = 8;
/** A thin line to an inset, dotted and grey, unlike the lines of runs. */
const LEADER = { stroke: "ink2", width: 1, dash: [1, 3], casing: { stroke: "halo", width: 2 } } as const;
/** The size of the arrows' area in nominal pixels, and the shares of the map that it may take. */
const [WIDE, HIGH, ACROSS, DOWN] = [204, 92, 0.46, 0.2];
/** The radius of the ring around the beginning of the step, in nominal pixels. */
export const RING = 8;

/** The area of the arrows in pixels. */
export const areaFor = ({ box, scale }: MapLook, share: number): Size => ({
  width: share * (Math.min(WIDE * scale, ACROSS * box.width) - 4 * AROUND * scale),
  height: share * Math.min(HIGH * scale, DOWN * box.height),
});

const titleOf = ({ step, run }: StepOnMap, { runs }: Scene) => `Step ${step}, ${runs[run].short}`;

/** The size of the box around a step: of its arrows, its words, and the rows above. */
export function sizeOfInset(step: StepOnMap, { times, area, isBrief }: Enlarging, { look, scene }: MapDrawing): Size {
  const { scale, box } = look;
  const { width, height } = step.enlarged(times, area, isBrief).size;
  const note = step.notes(times).at(-1) as string;
  const rows = [widthOf(look, titleOf(step, scene), TITLE), widthOf(look, note, NOTE)];
  const heads = rows.filter((words) => words <= ACROSS * box.width - 2 * FROM_EDGE * scale);
  return { width: Math.max(width, ...heads) + 2 * FROM_EDGE * scale, height: height + 2 * ROW * scale };
}

export function insetMarks(inset: Inset, { look, scene }: MapDrawing): Mark {
  const { step, at, box, times, area, isBrief } = inset;
  const { scale } = look;
  const [left, top] = [box.left + FROM_EDGE * scale, box.top + ROW * scale];
  const [x0, y0, x1, y1] = leaderTo(at, box, RING * scale);
  const fits = (words: string, type: { size: number }) =>
    widthOf(look, words, type) <= box.width - 2 * FROM_EDGE * scale;
  const name = titleOf(inset, scene);
  const title = fits(name, TITLE) ? TITLE : { ...TITLE, size: 11 };
  const notes = inset.notes(times);
  const note = notes.find((words) => fits(words, NOTE)) ?? (notes.at(-1) as string);
  const below = { ...box, top: box.top + 2 * ROW * scale, height: box.height - 2 * ROW * scale };
  return group(
    [
      segment([x0, y0], [x1, y1], LEADER),
      rectangle(box, { fill: "casing", stroke: "ink", width: 1.2 }),
      label([left, top - 3 * scale], fits(name, title) ? name : `Step ${step}`, title),
      label([left, top + (ROW - 3) * scale], note, { ...NOTE, fill: "ink2" }),
      ...inset.enlarged(times, area, isBrief).marksIn(below),
    ],
    { beside: at },
  );
}
