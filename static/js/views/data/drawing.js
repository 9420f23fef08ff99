/** The whole chart of the data, on whatever context. */
import { drawAxes } from "./axes.js";
import { batchOf, drawDots } from "./dots.js";
import { drawFits, leading } from "./fits.js";
import { drawStrip } from "./strip.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./frame.js").Point} Point */

/**
 * What is measured.
 * @typedef {object} DataPicture
 * @property {Point[]} points  in raw units
 * @property {boolean} standardized
 * @property {string} xLabel
 * @property {string} yLabel
 */

/**
 * What each point that a step sees adds to the gradient, as it was worked out.
 * @typedef {object} Shares
 * @property {number} run  its index
 * @property {string} parameter  the one in sight
 * @property {Map<number, number>} values  by the index of the point
 * @property {string} total  what they make, in words
 * @property {Map<number, number>} residuals  in the units that are fitted
 * @property {{parameter: string, value: Map<number, number>}[]} all  for each parameter
 */

/**
 * @typedef {object} Figure
 * @property {Frame} frame
 * @property {Scene} scene
 * @property {number} step
 * @property {DataPicture} picture
 * @property {number | null} leader  index of the run whose residuals are drawn
 * @property {number | null} lit  index of a point
 * @property {Shares | null} shares
 * @property {import("../chart/pen.js").Look} look
 */

/** @param {CanvasRenderingContext2D} context @param {Figure} figure */
export function drawFigure(context, figure) {
  const run = leading(figure);
  drawAxes(context, figure);
  drawFits(context, figure);
  drawStrip(context, figure);
  drawDots(context, figure, run && batchOf(run, figure.step));
}
