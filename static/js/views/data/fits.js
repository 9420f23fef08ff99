/** The line of each run at the playhead, what the first among them misses each point by, and its equation. */
import { measured } from "../../math/format.js";
import { rawLine } from "../../math/fit.js";
import { clipped, drawMark, line, setFont } from "../chart/pen.js";
import { isLow, xOf, yOf } from "./frame.js";

/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("./drawing.js").Figure} Figure */
/** @typedef {CanvasRenderingContext2D} Context */
/** @typedef {{slope: number, intercept: number}} Line  in raw units */

/** With more points than this their residuals go without figures. */
const FIGURES = 8;
/** How much of their strength the others keep while one is lit. */
const REST = 0.32;

/** The parameters between two rows. @param {Run} run @param {number} step @returns {number[]} */
function parametersAt({ columns, length }, step) {
  const row = Math.min(Math.floor(step), length - 1);
  const next = Math.min(row + 1, length - 1);
  const share = Math.min(step, length - 1) - row;
  return columns.parameters.map((column) => column[row] + share * (column[next] - column[row]));
}

/** @param {Figure} figure @param {Run | null} run @returns {Line | null} none where it has no rows */
export function lineOf({ picture, step }, run) {
  return run?.length ? rawLine(picture.points, parametersAt(run, step), picture.standardized) : null;
}

/** @param {Figure} figure @returns {Run | null} */
export const leading = ({ scene, leader }) => (leader === null ? null : (scene.runs[leader] ?? null));

/** @param {Context} context @param {Figure} figure */
export function drawFits(context, figure) {
  const { scene, leader, frame } = figure;
  const run = leading(figure);
  clipped(context, frame.box, () => {
    scene.runs.forEach((each, k) => k === leader || drawLine(context, figure, each, 1.1));
    if (run) drawLine(context, figure, run, 2.2);
    if (run) drawResiduals(context, figure, run);
  });
  if (!isLow(frame, figure.look.scale)) drawNames(context, figure);
  if (run) drawEquation(context, figure, run);
}

/** @param {Context} context @param {Figure} figure @param {Run} run @param {number} width */
function drawLine(context, figure, run, width) {
  const found = run.hidden ? null : lineOf(figure, run);
  if (!found) return;
  const { frame, look } = figure;
  const [from, to] = frame.x.map((x) => yOf(frame, found.slope * x + found.intercept));
  context.strokeStyle = look.sheet.runs[run.slot];
  context.lineWidth = width * look.scale;
  line(context, xOf(frame, frame.x[0]), from, xOf(frame, frame.x[1]), to);
}

/** @param {Context} context @param {Figure} figure @param {Run} run */
function drawResiduals(context, figure, run) {
  const { frame, look, picture, lit } = figure;
  const found = lineOf(figure, run);
  if (!found) return;
  context.strokeStyle = look.sheet.runs[run.slot];
  picture.points.forEach(([x, y], k) => {
    const fitted = found.slope * x + found.intercept;
    context.globalAlpha = lit === null || lit === k ? 1 : REST;
    context.lineWidth = (lit === k ? 2.6 : 1.2) * look.scale;
    line(context, xOf(frame, x), yOf(frame, y), xOf(frame, x), yOf(frame, fitted));
    if (picture.points.length <= FIGURES || lit === k) drawFigure(context, figure, [x, y], fitted);
  });
  context.globalAlpha = 1;
}

/** How far the line misses a point, beside the middle of the gap as far as it is in sight. @param {Context} context @param {Figure} figure @param {[number, number]} point @param {number} fitted */
function drawFigure(context, { frame, look }, [x, y], fitted) {
  const { left, top, width, height } = frame.box;
  const inside = xOf(frame, x) + 50 * look.scale < left + width;
  const within = (/** @type {number} */ at) => Math.min(Math.max(at, top), top + height);
  setFont(context, look, 12);
  context.fillStyle = look.sheet.ink;
  context.textBaseline = "middle";
  context.textAlign = inside ? "left" : "right";
  haloed(context, look, measured(y - fitted, 2), xOf(frame, x) + (inside ? 7 : -7), (within(yOf(frame, y)) + within(yOf(frame, fitted))) / 2);
}

/** @param {Context} context @param {Figure["look"]} look @param {string} text @param {number} x @param {number} y */
export function haloed(context, { sheet, scale }, text, x, y) {
  context.save();
  context.strokeStyle = sheet.paper;
  context.lineWidth = 3 * scale;
  context.lineJoin = "round";
  context.strokeText(text, x, y);
  context.restore();
  context.fillText(text, x, y);
}

/** Names of the other runs at the right end of their lines, one above the other. @param {Context} context @param {Figure} figure */
function drawNames(context, figure) {
  const { scene, leader, frame, look } = figure;
  const { left, top, width, height } = frame.box;
  const high = 14 * look.scale;
  const ends = scene.runs.flatMap((run, k) => {
    const found = k === leader || run.hidden ? null : lineOf(figure, run);
    return found ? [{ name: run.name, at: yOf(frame, found.slope * frame.x[1] + found.intercept) - high / 2 }] : [];
  }).filter(({ at }) => at > top && at < top + height).sort((one, other) => one.at - other.at);
  setFont(context, look, 12);
  context.fillStyle = look.sheet.ink;
  context.textAlign = "right";
  context.textBaseline = "middle";
  let last = -Infinity;
  for (const { name, at } of ends) {
    if (at - last < high) continue;
    haloed(context, look, name, left + width - 2, at);
    last = at;
  }
}

/** @param {Line} found @returns {string} */
export function equation({ slope, intercept }) {
  return `y = ${measured(slope, 3)} x ${intercept < 0 ? "−" : "+"} ${measured(Math.abs(intercept), 3)}`;
}

/** In the corner that fewest points and the line keep free. @param {Context} context @param {Figure} figure @param {Run} run */
function drawEquation(context, figure, run) {
  const found = lineOf(figure, run);
  if (!found) return;
  const { look, scene } = figure;
  setFont(context, look, 13, "600");
  const named = scene.runs.length > 1 && !isLow(figure.frame, look.scale);
  const texts = [...(named ? [run.name] : []), equation(found)];
  const width = Math.max(...texts.map((text) => context.measureText(text).width)) + 22 * look.scale;
  const high = 17 * look.scale;
  const corner = freest(figure, found, width, high * texts.length);
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = look.sheet.ink;
  texts.forEach((text, k) => {
    setFont(context, look, 13, k ? "400" : "600");
    haloed(context, look, text, corner.x + 20 * look.scale, corner.y + high * (k + 0.5));
  });
  drawMark(context, run.slot, corner.x + 8 * look.scale, corner.y + high / 2, 5 * look.scale, look.sheet.runs[run.slot], look.sheet.paper);
}

/** @param {Figure} figure @param {Line} found @param {number} width @param {number} height @returns {{x: number, y: number}} */
function freest({ frame, picture }, { slope, intercept }, width, height) {
  const { left, top, width: wide, height: high } = frame.box;
  const line = Array.from({ length: 40 }, (_, k) => frame.x[0] + ((frame.x[1] - frame.x[0]) * (k + 0.5)) / 40);
  const taken = [...picture.points, ...line.map((x) => /** @type {[number, number]} */ ([x, slope * x + intercept]))];
  const corners = [[left + 6, top + 2], [left + 6, top + high - height - 4], [left + wide - width - 2, top + high - height - 4], [left + wide - width - 2, top + 2]];
  const costs = corners.map(([x, y]) => taken.filter((at) => {
    const [px, py] = [xOf(frame, at[0]), yOf(frame, at[1])];
    return px > x - 6 && px < x + width + 6 && py > y - 6 && py < y + height + 6;
  }).length);
  const [x, y] = corners[costs.indexOf(Math.min(...costs))];
  return { x, y };
}
