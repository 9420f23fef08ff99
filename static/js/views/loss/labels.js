/** The names at the ends of the lines. */
import { drawMark, setFont } from "../chart/pen.js";
import { xOf, yOf } from "./curves.js";
import { MARK, createCover, placeNames } from "./names.js";

/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("./curves.js").Plot} Plot */
/** @typedef {import("../chart/pen.js").Look} Look */
/** @typedef {import("./names.js").Label & {text: string, slot: number}} Name */
/** @typedef {{run: Run, index: number, x: number, y: number, off: boolean}} End  off: out of the top */

/** Half the height of a name, in nominal pixels. */
const HALF = 6;

/** Where a line leaves the chart for good. @param {Run} run @param {number} index @param {Plot} plot @returns {number} */
function exitX({ columns: { loss }, length }, index, plot) {
  let row = length - 1;
  while (row > 0 && plot.loss.place(loss[row - 1]) > 1) row--;
  if (row === 0) return xOf(plot, index, 0);
  const [inside, outside] = [plot.loss.place(loss[row - 1]), plot.loss.place(loss[row])];
  const [from, to] = [xOf(plot, index, row - 1), xOf(plot, index, row)];
  return from + ((to - from) * (1 - inside)) / (outside - inside);
}

/** @param {Scene} scene @param {Plot} plot @returns {End[]} of the lines that are shown */
export function endsOf({ runs }, plot) {
  return runs.flatMap((run, k) => {
    if (run.hidden || run.length === 0) return [];
    const { box } = plot;
    const off = plot.loss.place(run.columns.loss[run.length - 1]) > 1.02;
    const x = off ? exitX(run, k, plot) : xOf(plot, k, run.length - 1);
    const y = off ? box.top : Math.min(box.top + box.height, yOf(plot, run.columns.loss[run.length - 1]));
    return [{ run, index: k, x, y, off }];
  });
}

/** What the lines and their ends cover. @param {Scene} scene @param {Plot} plot @param {End[]} ends @param {number} scale */
function coverOf({ runs }, plot, ends, scale) {
  const cover = createCover(plot.width, plot.box.top + plot.box.height + 20);
  runs.forEach((run, k) => {
    if (run.hidden || run.length === 0) return;
    const { loss } = run.columns;
    const at = (/** @type {number} */ row) => /** @type {const} */ ([xOf(plot, k, row), yOf(plot, loss[row])]);
    const every = Math.max(1, Math.floor(run.length / (2 * plot.box.width)));
    for (let row = every; row < run.length; row += every) cover.addLine(...at(row - every), ...at(row));
  });
  for (const { x, y } of ends) cover.addLabel({ x: x - 3 * scale, y, width: 6 * scale }, 3 * scale);
  return cover;
}

/**
 * @param {CanvasRenderingContext2D} context  that measures them
 * @param {Plot} plot
 * @param {Scene} scene
 * @param {string[]} names  as they are written
 * @param {Look} look
 * @returns {Name[]} those that have a place
 */
export function namesOf(context, plot, scene, names, look) {
  const { scale } = look;
  const ends = endsOf(scene, plot);
  setFont(context, look, 13);
  const room = { left: plot.box.left + 2, top: 0, width: plot.width - plot.box.left - 3, height: plot.box.top + plot.box.height - 1 };
  const measured = ends.map(({ index, x, y }) => ({ x, y, width: context.measureText(names[index]).width }));
  const labels = placeNames(measured, coverOf(scene, plot, ends, scale), room, HALF * scale, scale);
  return ends.flatMap(({ index, run: { slot } }, k) => (labels[k] && names[index] ? [{ ...labels[k], text: names[index], slot }] : []));
}

/** @param {CanvasRenderingContext2D} context @param {Name[]} names @param {Look} look */
export function drawNames(context, names, look) {
  const { sheet, scale } = look;
  setFont(context, look, 13);
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineJoin = "round";
  for (const { text, slot, x, y, marked } of names) {
    const left = marked ? x + MARK * scale : x;
    context.lineWidth = 3 * scale;
    context.strokeStyle = sheet.paper;
    context.strokeText(text, left, y);
    context.fillStyle = sheet.ink;
    context.fillText(text, left, y);
    if (marked) drawMark(context, slot, x + 4 * scale, y, 3.6 * scale, sheet.runs[slot], sheet.casing, false);
  }
}
