/** The whole chart of the data, on whatever context. */
import { drawAxes } from "./axes.ts";
import { batchOf, drawDots } from "./dots.ts";
import { drawFits, leading } from "./fits.ts";
import { drawStrip } from "./strip.ts";
import type { Scene } from "../../state/types.ts";
import type { Frame, Point } from "./frame.ts";
import type { Look } from "../chart/pen.ts";

/** What is measured. */
export interface DataPicture {
  /** in raw units */
  points: Point[];
  standardized: boolean;
  xLabel: string;
  yLabel: string;
}

/** What each point that a step sees adds to the gradient, as it was worked out. */
export interface Shares {
  /** its index */
  run: number;
  /** the one in sight */
  parameter: string;
  /** by the index of the point */
  values: Map<number, number>;
  /** what they make, in words */
  total: string;
  /** in the units that are fitted */
  residuals: Map<number, number>;
  /** for each parameter */
  all: { parameter: string; value: Map<number, number> }[];
}

export interface Figure {
  frame: Frame;
  scene: Scene;
  step: number;
  picture: DataPicture;
  /** index of the run whose residuals are drawn */
  leader: number | null;
  /** index of a point */
  lit: number | null;
  shares: Shares | null;
  look: Look;
}

export function drawFigure(context: CanvasRenderingContext2D, figure: Figure) {
  const run = leading(figure);
  drawAxes(context, figure);
  drawFits(context, figure);
  drawStrip(context, figure);
  drawDots(context, figure, run && batchOf(run, figure.step));
}
