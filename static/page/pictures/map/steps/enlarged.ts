/** A step that is enlarged: what its box shows, in one of two ways, which all else here does not tell apart. */

import type { Mark, Place } from "../../../marks/mark.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import type { Box, Size } from "../../../math/box.ts";
import type { EnlargedStep } from "../../../state/types.ts";
import type { MapLayout } from "../moment.ts";
import { headToTail } from "./headToTail.ts";
import { rescaled } from "./rescaled.ts";

/** A way to draw a step. */
export interface StepDrawing {
  /**
   * the largest scale, relative to the map, at which its arrows have room in a box; Infinity: any, 0: they are too
   * short
   */
  most: number;
  /** pixels that its arrows and words take in a box */
  size: Size;
  /** what is said of its scale */
  note: (times: number) => string;
  enlarged: (times: number, box: Box) => Mark[];
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
