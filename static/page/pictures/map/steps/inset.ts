/** An enlarged step in its inset: how large the box must be, and what is drawn in it. */

import { widthOf } from "../../../marks/look.ts";
import { group, type Mark, type Place, rectangle, segment } from "../../../marks/mark.ts";
import { leaderTo } from "../../../marks/spots.ts";
import type { Box, Size } from "../../../math/box.ts";
import type { EvidenceOf } from "../../../state/types.ts";
import type { MapDrawing } from "../moment.ts";
import { label, type MapLook } from "../style.ts";
import { layoutMarks, layoutOf } from "./layout.ts";
import { rescaledMarks, rescaledSize } from "./rescaled.ts";

export type Enlarged = EvidenceOf<"step"> | EvidenceOf<"rescaled">;
/** A step as it is at a row, of one that is declared, and where it begins on the screen. */
export type StepOnMap = { of: Enlarged; declared: Enlarged; at: Place };
/** times: its scale, relative to the map; isBrief: with the shorter words alone */
export type Inset = StepOnMap & { box: Box; times: number; isBrief: boolean };

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

const titleOf = (of: Enlarged, { scene }: MapDrawing) => `Step ${of.step}, ${scene.runs[of.run].short}`;
const notesOf = (of: Enlarged, times: number) =>
  of.kind === "rescaled"
    ? [of.text]
    : times === 1
      ? ["as on the map"]
      : [`${times} × as long as on the map`, `${times} × as long`];

/** The size of the box around a step at a scale: of its arrows, its words, and the rows above. */
export function sizeAt(of: Enlarged, times: number, share: number, drawing: MapDrawing, isBrief: boolean): Size {
  const { look } = drawing;
  const { scale, box } = look;
  const { width, height } =
    of.kind === "step"
      ? layoutOf(of, times, drawing, isBrief).box
      : rescaledSize(of, look, (share * Math.min(HIGH * scale, DOWN * box.height)) / 2);
  const rows = [widthOf(look, titleOf(of, drawing), TITLE), widthOf(look, notesOf(of, times).at(-1) as string, NOTE)];
  const heads = rows.filter((words) => words <= ACROSS * box.width - 2 * FROM_EDGE * scale);
  const below = of.kind === "step" ? 1.5 * FROM_EDGE : 0;
  return {
    width: Math.max(width, ...heads) + 2 * FROM_EDGE * scale,
    height: height + (2 * ROW + below) * scale,
  };
}

/** Where the arrows and their words are in an inset. */
export const belowRows = (box: Box, scale: number): Box => ({
  ...box,
  top: box.top + 2 * ROW * scale,
  height: box.height - 2 * ROW * scale,
});

export function insetMarks(placedInset: Inset, shown: MapDrawing): Mark {
  const { of, at, box, times, isBrief } = placedInset;
  const { look, scene } = shown;
  const { scale } = look;
  const [left, top] = [box.left + FROM_EDGE * scale, box.top + ROW * scale];
  const [x0, y0, x1, y1] = leaderTo(at, box, RING * scale);
  const inner = box.width - 2 * FROM_EDGE * scale;
  const fits = (words: string, type: { size: number }) => widthOf(look, words, type) <= inner;
  const name = titleOf(of, shown);
  const small = { ...TITLE, size: 11 };
  const title = fits(name, TITLE) ? TITLE : small;
  const below = belowRows(box, scale);
  const notes = notesOf(of, times);
  const note = notes.find((words) => fits(words, NOTE)) ?? (notes.at(-1) as string);
  const { slot } = scene.runs[of.run];
  const drawn =
    of.kind === "rescaled"
      ? rescaledMarks(of, below, shown)
      : layoutMarks(layoutOf(of, times, shown, isBrief), slot, scale, below);
  return group(
    [
      segment([x0, y0], [x1, y1], LEADER),
      rectangle(box, { fill: "casing", stroke: "ink", width: 1.2 }),
      label([left, top - 3 * scale], fits(name, title) ? name : `Step ${of.step}`, title),
      label([left, top + (ROW - 3) * scale], note, { ...NOTE, fill: "ink2" }),
      ...drawn,
    ],
    { beside: at },
  );
}
