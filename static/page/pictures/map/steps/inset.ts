/** The box of an enlarged step: how large it is, and what is drawn in it. */

import { widthOf } from "../../../marks/look.ts";
import { group, type Mark, rectangle, segment } from "../../../marks/mark.ts";
import { leaderTo } from "../../../marks/spots.ts";
import type { Box, Size } from "../../../math/box.ts";
import type { MapLayout } from "../moment.ts";
import { label } from "../style.ts";
import type { StepOnMap } from "./enlarged.ts";

const TITLE = { size: 12.5, weight: 600 };
const NOTE = { size: 12, fill: "ink2" } as const;
/** Nominal pixels: of a row of words, of the two rows over a step, from the edge of the box, of a title at the most. */
const [ROW, HEAD, FROM_EDGE, LONGEST] = [16, 36, 8, 190];
/** A thin line to an inset, dotted and grey, unlike the lines of runs. */
const LEADER = { stroke: "ink2", width: 1, dash: [1, 3], casing: { stroke: "halo", width: 2 } } as const;
/** The radius of the ring around the beginning of the step, in nominal pixels. */
export const RING = 8;

function titleOf({ step, run }: StepOnMap, { look, scene }: MapLayout): string {
  const title = `Step ${step}, ${scene.wholeRuns[run].short}`;
  return widthOf(look, title, TITLE) <= LONGEST * look.scale ? title : `Step ${step}`;
}

/** The size of the box around a step: of its picture, and the words above. */
export function sizeOfInset(step: StepOnMap, layout: MapLayout): Size {
  const { look } = layout;
  const words = [widthOf(look, titleOf(step, layout), TITLE), widthOf(look, step.note(1), NOTE)];
  const { width, height } = step.size;
  return { width: Math.max(width, ...words) + 2 * FROM_EDGE * look.scale, height: height + HEAD * look.scale };
}

/** @param times  how many times as large as on the map */
export function insetMarks(step: StepOnMap, box: Box, times: number, layout: MapLayout): Mark {
  const { scale } = layout.look;
  const [left, top, head] = [box.left + FROM_EDGE * scale, box.top + 0.75 * ROW * scale, HEAD * scale];
  const [x0, y0, x1, y1] = leaderTo(step.at, box, RING * scale);
  const within = {
    left,
    top: box.top + head,
    width: box.width - 2 * FROM_EDGE * scale,
    height: box.height - head,
  };
  return group(
    [
      segment([x0, y0], [x1, y1], LEADER),
      rectangle(box, { fill: "casing", stroke: "ink", width: 1.2 }),
      label([left, top], titleOf(step, layout), TITLE),
      label([left, top + ROW * scale], step.note(times), NOTE),
      ...step.enlarged(times, within),
    ],
    { beside: step.at },
  );
}
