/** The loss chart as it is taken home: read from a slide, not from a column of a page, so larger, and with its legend. */
import { drawMark, line, setFont } from "../chart/pen.ts";
import { drawGround } from "./ground.ts";
import { drawMoving } from "./moving.ts";
import { chartOf, titleOf } from "./plot.ts";
import type { Plate, Playhead, Run, Scene } from "../../state/types.ts";
import type { Look } from "../chart/pen.ts";

export type Shown = { scene: Scene; playhead: Playhead; samples: number[] | null };

const SLIDE = { width: 840, height: 560 };
/** Of type and lines. */
export const SCALE = 1.2;

const EDGE = 20;
const TITLE = 22;
const SAMPLE = 34;
const ROW = 24;

const visible = ({ runs }: Scene) => runs.filter(({ hidden, length }) => !hidden && length > 0);

function drawEntry(context: CanvasRenderingContext2D, { sheet }: Look, { slot, name }: Run, x: number, y: number) {
  const colour = sheet.runs[slot];
  context.strokeStyle = colour;
  context.lineWidth = 2.2;
  context.lineCap = "round";
  line(context, x, y, x + SAMPLE, y);
  context.lineCap = "butt";
  drawMark(context, slot, x + SAMPLE / 2, y, 5, colour, sheet.casing);
  context.fillStyle = sheet.ink;
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillText(name, x + SAMPLE + 8, y);
}

/** Row after row, as words are set. @returns where it ends */
function drawLegend(context: CanvasRenderingContext2D, look: Look, runs: Run[], top: number): number {
  let [x, y] = [EDGE, top];
  setFont(context, { ...look, scale: 1 }, 15);
  for (const run of runs) {
    const width = SAMPLE + 8 + context.measureText(run.name).width;
    if (x > EDGE && x + width > SLIDE.width - EDGE) [x, y] = [EDGE, y + ROW];
    drawEntry(context, look, run, x, y);
    x += width + 26;
  }
  return y + ROW / 2;
}

function draw(context: CanvasRenderingContext2D, { scene, playhead, samples }: Shown, look: Look) {
  const top = drawLegend(context, look, visible(scene), 66) + 10;
  const chart = chartOf(context, scene, samples, { width: SLIDE.width - EDGE, height: SLIDE.height - top - 10 }, look);
  setFont(context, { ...look, scale: 1 }, TITLE, "600");
  context.fillStyle = look.sheet.ink;
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.fillText(`${scene.problem.label}: ${titleOf(chart.loss.base).toLowerCase()} against ${chart.steps.title}`, EDGE, 38);
  context.save();
  context.translate(0, top);
  drawGround(context, chart);
  drawMoving(context, chart, playhead, null);
  context.restore();
}

/** @returns none where there is no line to draw */
export function slideOf(shown: Shown, look: Look): Plate[] {
  if (!visible(shown.scene).length) return [];
  return [{ name: "loss", title: "Loss", ...SLIDE, paper: look.sheet.paper, draw: (context) => draw(context, shown, look) }];
}
