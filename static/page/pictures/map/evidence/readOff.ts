/** Places of runs read off at the edges of the map: each number in a row along its edge, with a line from the place. */

import { type Mark, type Place, runInk, segment } from "../../../marks/mark.ts";
import type { Spot } from "../../../marks/occupancy.ts";
import { spotsInRow } from "../../../marks/row.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import { isInside } from "../../../math/box.ts";
import type { Evidence } from "../../../state/types.ts";
import type { MapLayout } from "../moment.ts";
import { haloOutline, LABEL_TYPE, labelAt, sizeOfWords } from "../style.ts";

/** Nominal pixels from the lower and the left edge to the numbers: those of the axes are within a compact map. */
const FROM_EDGE = { wide: [7, 7], compact: [24, 34] } as const;
/** Nominal pixels of a tick on the edge. */
const TICK = 5;
const DOTTED = [1.4, 3.6];

/** parameter: 0 is read at the lower edge, 1 at the left one; at: the place of the run */
type ReadNumber = { of: Evidence; run: number; parameter: 0 | 1; at: Place; text: string; spot: Spot };

/** @returns the numbers of all places in sight */
export function readNumbers({ scene, area, look }: MapLayout): ReadNumber[] {
  const { box, scale, compact } = look;
  const [lower, left] = FROM_EDGE[compact ? "compact" : "wide"];
  // The row along the left edge ends above that along the lower one.
  const above = { ...box, height: box.height - (lower + 2 * LABEL_TYPE.size) * scale };
  const read = scene.shownEvidence
    .filter((item) => item.kind === "read_off")
    .map((item) => ({
      of: item,
      run: item.run,
      texts: item.texts,
      at: [screenX(area, item.at[0]), screenY(area, item.at[1])] as Place,
    }))
    .filter(({ at }) => isInside(box, ...at));
  return ([0, 1] as const).flatMap((parameter) => {
    const numbers = read.flatMap(({ texts, ...item }) =>
      texts[parameter] ? [{ ...item, text: texts[parameter] }] : [],
    );
    const words = numbers.map(({ at, text }) => ({ along: at[parameter], size: sizeOfWords(look, text, LABEL_TYPE) }));
    const spots = parameter
      ? spotsInRow(words, "left", above, { inset: left * scale, scale })
      : spotsInRow(words, "lower", box, { inset: lower * scale, scale });
    return numbers.map((number, k) => ({ ...number, parameter, spot: spots[k] }));
  });
}

/** A line to a number, in the colour of its run, and a tick on the edge. */
export function readMarks({ run, parameter, at, text, spot }: ReadNumber, { scene, look }: MapLayout): Mark[] {
  const { left, top, height } = look.box;
  const { box, leader } = spot;
  const stroke = runInk(scene.wholeRuns[run].slot);
  const [edge, inwards, number] = parameter ? [left, 1, box.left + box.width] : [top + height, -1, box.top];
  /** A place in the direction of the edge, from it. */
  const off = (across: number): Place => (parameter ? [across, at[1]] : [at[0], across]);
  const dotted = { ...haloOutline(1.4), stroke, dash: DOTTED };
  return [
    segment(at, off(leader ? leader[1 - parameter] : number), dotted),
    ...(leader ? [segment([leader[0], leader[1]], [leader[2], leader[3]], dotted)] : []),
    // Right before its number, a level tick would be read as a minus.
    ...(parameter && !leader
      ? []
      : [segment(off(edge), off(edge + inwards * TICK * look.scale), { ...haloOutline(1.6), stroke })]),
    ...labelAt({ box }, look.box, text, LABEL_TYPE),
  ];
}
