/** The line of a run on the loss chart, reduced to what the pixels can show. */
import { Trace } from "../../math/tracing.js";

/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("./axes.js").LossAxis} LossAxis */
/** @typedef {import("./axes.js").StepAxis} StepAxis */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

/**
 * Where the parts of a chart go.
 * @typedef {object} Plot
 * @property {number} width  of the whole chart
 * @property {Box} box  what the axes surround
 * @property {LossAxis} loss
 * @property {StepAxis} steps
 */

/** @param {Plot} plot @param {number} run @param {number} step */
export const xOf = ({ box, steps }, run, step) => box.left + steps.place(run, step) * box.width;

/** @param {Plot} plot @param {number} loss */
export const yOf = ({ box, loss: axis }, loss) => box.top + (1 - axis.place(loss)) * box.height;

/**
 * Every row where they are few; else the first, least, greatest and last of each pixel, so that no dip is lost.
 * @param {Plot} plot
 * @param {Run} run
 * @param {number} index
 * @returns {Trace}
 */
export function curve(plot, { columns: { loss }, length }, index) {
  const path = new Trace();
  const few = length <= 2 * plot.box.width;
  let column = NaN;
  let [least, greatest, last] = [0, 0, 0];
  const flush = () => {
    path.lineTo(column, least);
    path.lineTo(column, greatest);
    path.lineTo(column, last);
  };
  for (let row = 0; row < length; row++) {
    const x = xOf(plot, index, row);
    const y = yOf(plot, loss[row]);
    if (few) path.lineTo(x, y);
    else if (Math.floor(x) === column) [least, greatest, last] = [Math.min(least, y), Math.max(greatest, y), y];
    else {
      if (!Number.isNaN(column)) flush();
      [column, least, greatest, last] = [Math.floor(x), y, y, y];
      path.lineTo(column, y);
    }
  }
  if (!few) flush();
  return path;
}

/**
 * The loss between two rows, as the line is drawn.
 * @param {Run} run
 * @param {number} step  may be a fraction
 */
export function lossAt({ columns: { loss }, length }, step) {
  const row = Math.min(Math.floor(step), length - 1);
  const share = Math.min(step, length - 1) - row;
  return share > 0 ? loss[row] ** (1 - share) * loss[row + 1] ** share || loss[row] : loss[row];
}
