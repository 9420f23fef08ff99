/** The data of a line fit with the line of each run at the playhead, and what it misses each point by. */
import { measured, onScale } from "../../math/format.js";
import { rawLine } from "../../math/fit.js";
import { SHEETS } from "../../math/palette.js";
import { multiples, niceStep, snapped } from "../../math/scales.js";
import { createLayer } from "../layer.js";
import { listen } from "./touch.js";

/** @typedef {import("../../state/types.js").Scene} Scene */
/** @typedef {import("../../state/types.js").Run} Run */
/** @typedef {import("../../math/palette.js").Sheet} Sheet */
/** @typedef {[number, number]} Point */

/**
 * @typedef {object} DataPicture
 * @property {Point[]} points  in raw units
 * @property {boolean} standardized
 * @property {string} xLabel
 * @property {string} yLabel
 */

/**
 * @typedef {object} Frame
 * @property {{left: number, top: number, width: number, height: number}} box
 * @property {[number, number]} x  low and high
 * @property {[number, number]} y
 */

const MARGIN = { left: 46, right: 14, top: 20, bottom: 34 };
/** With more points than this their residuals go without figures. */
const FIGURES = 8;

/** @param {number[]} values @returns {[number, number]} with some room on either side */
function spread(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || Math.abs(high) || 1) * 0.18;
  return [low - room, high + room];
}

/** @param {Frame} frame @param {number} value */
export const xOf = ({ box, x }, value) => box.left + ((value - x[0]) / (x[1] - x[0])) * box.width;
/** @param {Frame} frame @param {number} value */
export const yOf = ({ box, y }, value) => box.top + (1 - (value - y[0]) / (y[1] - y[0])) * box.height;
/** @param {Frame} frame @param {number} px @param {number} py @returns {Point} to the last digit a pixel can tell apart */
export const pointAt = ({ box, x, y }, px, py) => [
  snapped(x[0] + ((px - box.left) / box.width) * (x[1] - x[0]), (x[1] - x[0]) / box.width),
  snapped(y[0] + (1 - (py - box.top) / box.height) * (y[1] - y[0]), (y[1] - y[0]) / box.height),
];

/**
 * @param {HTMLElement} root
 * @param {{onPoints: (points: Point[], moving: boolean) => void, onSettle: () => void}} events
 */
export function createData(root, events) {
  const layer = createLayer(root, "layer");
  let size = { width: 0, height: 0 };
  /** @type {Frame | null} */
  let frame = null;
  /** @type {DataPicture | null} */
  let shown = null;
  const touch = listen(root, () => (frame && shown ? { frame, points: shown.points } : null), events);

  return {
    /** @param {Scene} scene @param {{step: number}} playhead @param {DataPicture} picture @param {number | null} leader  index of the run whose residuals are drawn */
    render(scene, { step }, picture, leader) {
      if (!size.width) this.resize();
      if (size.width < 80) return;
      // While a point is held its axes stay, or the point would run away from the finger.
      if (!touch.holding() || !frame) frame = frameOf(picture.points, size);
      shown = picture;
      layer.fit(size.width, size.height);
      layer.clear();
      draw(layer.context, frame, scene, step, picture, leader, getComputedStyle(root).fontFamily);
    },
    resize() {
      size = { width: root.clientWidth, height: root.clientHeight };
    },
    destroy() {
      touch.leave();
      root.replaceChildren();
    },
  };
}

/** @param {Point[]} points @param {{width: number, height: number}} size @returns {Frame} */
function frameOf(points, { width, height }) {
  const box = { left: MARGIN.left, top: MARGIN.top, width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
  return { box, x: spread(points.map((point) => point[0])), y: spread(points.map((point) => point[1])) };
}

/**
 * @param {CanvasRenderingContext2D} context @param {Frame} frame @param {Scene} scene @param {number} step
 * @param {DataPicture} picture @param {number | null} leader @param {string} family
 */
function draw(context, frame, scene, step, picture, leader, family) {
  const sheet = SHEETS[scene.theme];
  context.font = `12px ${family}`;
  drawAxes(context, frame, picture, sheet);
  context.save();
  context.beginPath();
  context.rect(frame.box.left, frame.box.top, frame.box.width, frame.box.height);
  context.clip();
  scene.runs.forEach((run, k) => k === leader || drawLine(context, frame, run, step, picture, sheet, 1.1));
  const run = leader === null ? null : scene.runs[leader];
  if (run) drawLine(context, frame, run, step, picture, sheet, 2.2);
  if (run) drawResiduals(context, frame, run, step, picture, sheet);
  context.restore();
  drawPoints(context, frame, picture, sheet, run ? batchOf(run, step) : null);
}

/** @param {Run} run @param {number} step @returns {number[] | null} the points of the next step */
function batchOf({ columns: { batch } }, step) {
  return batch ? (batch[Math.min(Math.floor(step), batch.length - 1)] ?? null) : null;
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {DataPicture} picture @param {Sheet} sheet */
function drawAxes(context, frame, picture, sheet) {
  const { box, x, y } = frame;
  const [stepX, stepY] = [niceStep((x[1] - x[0]) / (box.width / 62)), niceStep((y[1] - y[0]) / (box.height / 36))];
  context.fillStyle = sheet.ink2;
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const value of multiples(y[0], y[1], stepY)) {
    const at = Math.round(yOf(frame, value)) + 0.5;
    context.globalAlpha = 0.14;
    segment(context, box.left, at, box.left + box.width, at);
    context.globalAlpha = 1;
    context.fillText(onScale(value, stepY), box.left - 6, at);
  }
  const bottom = box.top + box.height;
  segment(context, box.left, bottom + 0.5, box.left + box.width, bottom + 0.5);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const value of multiples(x[0], x[1], stepX)) {
    segment(context, Math.round(xOf(frame, value)) + 0.5, bottom, Math.round(xOf(frame, value)) + 0.5, bottom + 4);
    context.fillText(onScale(value, stepX), xOf(frame, value), bottom + 17);
  }
  context.fillStyle = sheet.ink;
  context.textAlign = "right";
  context.fillText(picture.xLabel, box.left + box.width, bottom + 31);
  context.textAlign = "left";
  context.fillText(picture.yLabel, box.left - MARGIN.left + 2, box.top - 7);
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function segment(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** The parameters between two rows. @param {Run} run @param {number} step @returns {number[]} */
function parametersAt({ columns, length }, step) {
  const row = Math.min(Math.floor(step), length - 1);
  const next = Math.min(row + 1, length - 1);
  const share = Math.min(step, length - 1) - row;
  return columns.parameters.map((column) => column[row] + share * (column[next] - column[row]));
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {Run} run @param {number} step @param {DataPicture} picture @param {Sheet} sheet @param {number} width */
function drawLine(context, frame, run, step, { points, standardized }, sheet, width) {
  if (run.hidden || !run.length) return;
  const { slope, intercept } = rawLine(points, parametersAt(run, step), standardized);
  context.strokeStyle = sheet.runs[run.slot];
  context.lineWidth = width;
  segment(context, xOf(frame, frame.x[0]), yOf(frame, slope * frame.x[0] + intercept), xOf(frame, frame.x[1]), yOf(frame, slope * frame.x[1] + intercept));
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {Run} run @param {number} step @param {DataPicture} picture @param {Sheet} sheet */
function drawResiduals(context, frame, run, step, { points, standardized }, sheet) {
  if (!run.length) return;
  const { slope, intercept } = rawLine(points, parametersAt(run, step), standardized);
  context.strokeStyle = sheet.runs[run.slot];
  context.lineWidth = 1.2;
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const [x, y] of points) {
    const fitted = slope * x + intercept;
    segment(context, xOf(frame, x), yOf(frame, y), xOf(frame, x), yOf(frame, fitted));
    if (points.length > FIGURES) continue;
    context.fillStyle = sheet.ink;
    const inside = xOf(frame, x) + 50 < frame.box.left + frame.box.width;
    context.textAlign = inside ? "left" : "right";
    context.fillText(measured(y - fitted, 2), xOf(frame, x) + (inside ? 9 : -9), (yOf(frame, y) + yOf(frame, fitted)) / 2);
  }
}

/** Points of the batch are full, the others hollow. @param {CanvasRenderingContext2D} context @param {Frame} frame @param {DataPicture} picture @param {Sheet} sheet @param {number[] | null} batch */
function drawPoints(context, frame, { points }, sheet, batch) {
  const radius = points.length > 30 ? 3 : 4.5;
  points.forEach(([x, y], k) => {
    const lit = !batch || batch.includes(k);
    context.beginPath();
    context.arc(xOf(frame, x), yOf(frame, y), radius, 0, 2 * Math.PI);
    context.fillStyle = lit ? sheet.ink : sheet.paper;
    context.strokeStyle = lit ? sheet.paper : sheet.ink3;
    context.lineWidth = 1.2;
    context.fill();
    context.stroke();
  });
}
