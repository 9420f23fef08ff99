/** A step that is enlarged: what its box shows, in one of two ways, which all else here does not tell apart. */

import type { Mark, Place } from "../../../marks/mark.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import type { Box, Size } from "../../../math/box.ts";
import type { EnlargedStep } from "../../../state/types.ts";
import type { MapLayout } from "../moment.ts";
import { headToTail } from "./headToTail.ts";
import { rescaled } from "./rescaled.ts";

/** size: of arrows and words, in pixels; marksIn: them, in the middle of a box */
export type StepPicture = { size: Size; marksIn: (box: Box) => Mark[] };

/** A way to draw a step. */
export interface StepDrawing {
  /** how far its arrows reach to the sides, and the longest of them, in pixels of the map */
  reach: Size;
  longest: number;
  /** what is said of its scale, the shortest words last */
  notes: (times: number) => string[];
  /**
   * @param times  its scale, relative to the map
   * @param area  pixels: of the arrows, where they have no scale
   * @param isBrief  with the shorter words alone
   */
  enlarged: (times: number, area: Size, isBrief: boolean) => StepPicture;
  /** to scale, on the map itself */
  onMap: Mark[];
}

/** A step at a row, of one that is declared, and where it begins on the screen. */
export interface StepOnMap extends StepDrawing {
  declared: EnlargedStep;
  step: number;
  run: number;
  at: Place;
}

export function stepOnMap(evidence: EnlargedStep, declared: EnlargedStep, layout: MapLayout): StepOnMap {
  const at: Place = [screenX(layout.area, evidence.at[0]), screenY(layout.area, evidence.at[1])];
  const drawn = evidence.kind === "step" ? headToTail(evidence, at, layout) : rescaled(evidence, at, layout);
  return { declared, step: evidence.step, run: evidence.run, at, ...drawn };
}
