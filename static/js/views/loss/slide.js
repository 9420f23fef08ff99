/** The loss chart as it is taken home: read from a slide, not from a column of a page, so larger, and with its legend. */
import { drawMark, line, setFont } from "../chart/pen.js";
import { drawGround } from "./ground.js";
import { drawMoving } from "./moving.js";
import { chartOf, titleOf } from "./plot.js";

/** @typedef {import("../../state/types.js").Plate} Plate */
/** @typedef {import("../../state/types.js").Playhead} Playhead */
/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../chart/pen.js").Look} Look */
/** @typedef {{scene: Scene, playhead: Playhead, samples: number[] | null}} Shown */

const SLIDE = { width: 840, height: 560 };
/** Of type and lines. */
export const SCALE = 1.2;

const EDGE = 20;
const TITLE = 22;
const SAMPLE = 34;
const ROW = 24;

/** @param {Scene} scene */
const visible = ({ runs }) => runs.filter(({ hidden, length }) => !hidden && length > 0);

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {Run} run @param {number} x @param {number} y */
function drawEntry(context, { sheet }, { slot, name }, x, y) {
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

/** Row after row, as words are set. @param {CanvasRenderingContext2D} context @param {Look} look @param {Run[]} runs @param {number} top @returns {number} where it ends */
function drawLegend(context, look, runs, top) {
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

/** @param {CanvasRenderingContext2D} context @param {Shown} shown @param {Look} look */
function draw(context, { scene, playhead, samples }, look) {
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

/**
 * @param {Shown} shown
 * @param {Look} look
 * @returns {Plate[]} none where there is no line to draw
 */
export function slideOf(shown, look) {
  if (!visible(shown.scene).length) return [];
  return [{ name: "loss", title: "Loss", ...SLIDE, paper: look.sheet.paper, draw: (context) => draw(context, shown, look) }];
}
