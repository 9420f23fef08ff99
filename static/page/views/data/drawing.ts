/** The chart of the data, as markup. */

import type { Size } from "../../math/box.ts";
import type { Point } from "../../math/fit.ts";
import type { Scene, Shares } from "../../state/types.ts";
import type { Look } from "../chart/svg.ts";
import { axes } from "./axes.ts";
import { dots } from "./dots.ts";
import { fits } from "./fits.ts";
import type { DataArea } from "./plotArea.ts";
import { strip } from "./strip.ts";

/** What is measured. */
export interface DataContent {
  /** in raw units */
  points: Point[];
  standardized: boolean;
  xLabel: string;
  yLabel: string;
}

export interface DataDrawing {
  area: DataArea;
  scene: Scene;
  step: number;
  content: DataContent;
  /** index of the run whose residuals are drawn */
  leader: number | null;
  /** index of a point */
  highlighted: number | null;
  shares: Shares | null;
  /** the points of the next step; null: all */
  batch: number[] | null;
  size: Size;
  look: Look;
}

export const PIECES: ((drawing: DataDrawing) => string)[] = [axes, fits, strip, dots];

export const dataMarkup = (drawing: DataDrawing): string => PIECES.map((piece) => piece(drawing)).join("");
