/** The whole chart of the data, as markup. */
import { axes } from "./axes.ts";
import { batchOf, dots } from "./dots.ts";
import { fits, leading } from "./fits.ts";
import { strip } from "./strip.ts";
import type { Scene, Shares } from "../../state/types.ts";
import type { PlotArea, Point } from "./plotArea.ts";
import type { Look } from "../chart/svg.ts";

/** What is measured. */
export interface DataContent {
  /** in raw units */
  points: Point[];
  standardized: boolean;
  xLabel: string;
  yLabel: string;
}

export interface DataDrawing {
  area: PlotArea;
  scene: Scene;
  step: number;
  content: DataContent;
  /** index of the run whose residuals are drawn */
  leader: number | null;
  /** index of a point */
  highlighted: number | null;
  shares: Shares | null;
  look: Look;
}

export function markup(drawing: DataDrawing): string {
  const run = leading(drawing);
  return axes(drawing) + fits(drawing) + strip(drawing) + dots(drawing, run && batchOf(run, drawing.step));
}
