/**
 * What an average remembers, drawn: above, the weight that it gives to each past value; below, the values themselves,
 * the fainter the less they count, and the average that they make. Beside both, how far the weights add up to 1.
 */
import { createLayer } from "../layer.js";
import { moveApart } from "../../math/apart.js";
import { missingAt, windowOf } from "../../math/average.js";
import { chosen, measured, onScale } from "../../math/format.js";
import { multiples, niceStep } from "../../math/scales.js";

/** @typedef {import("../../math/palette.js").Sheet} Sheet */

/** @typedef {{values: Float64Array, dash: number[], width: number, faint: boolean, name: string}} Line  one value a step, from step 1 */

/**
 * @typedef {object} Memory
 * @property {Float64Array} values  of the steps from 1 on
 * @property {Line[]} lines  averages of them
 * @property {boolean} bars  the values stand on 0; else they are dots
 * @property {number} t  the step whose average is taken apart
 * @property {[number, number]} steps  in sight
 * @property {number} beta
 * @property {number} first  weight of the newest value
 * @property {Sheet} sheet
 * @property {string} colour
 * @property {number} scale
 */

/** @typedef {{left: number, top: number, width: number, height: number}} Box */
/** @typedef {{memory: Memory, above: Box, below: Box, x: (step: number) => number, y: (value: number) => number, ticks: {value: number, text: string}[]}} Plot */

const MARGIN = { left: 46, right: 74, top: 16, bottom: 20 };
/** Share of the height that the weights take. */
const WEIGHTS = 0.36;
const BETWEEN = 14;

/** @param {Memory} memory @returns {[number, number]} */
function extent({ values, lines, steps: [from, to], bars }) {
  let [low, high] = bars ? [0, 0] : [Infinity, -Infinity];
  for (const column of [values, ...lines.map((line) => line.values)]) {
    for (let step = from; step <= to; step++) {
      const value = column[step - 1];
      if (!Number.isFinite(value)) continue;
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
  }
  if (!Number.isFinite(low)) return [0, 1];
  const room = 0.06 * (high - low || Math.abs(high) || 1);
  return [low - (low < 0 || !bars ? room : 0), high + room];
}

/** @param {HTMLElement} root @param {Memory} memory @returns {Plot} */
function plotOf(root, memory) {
  const { scale, steps: [from, to] } = memory;
  const whole = { left: MARGIN.left * scale, top: MARGIN.top, width: root.clientWidth - (MARGIN.left + MARGIN.right) * scale, height: root.clientHeight - MARGIN.top - MARGIN.bottom * scale };
  const above = { ...whole, height: whole.height * WEIGHTS };
  const below = { ...whole, top: whole.top + above.height + BETWEEN, height: whole.height - above.height - BETWEEN };
  const [low, high] = extent(memory);
  const step = niceStep((high - low) / Math.max(3, Math.floor(below.height / 26)));
  return {
    memory, above, below,
    x: (at) => whole.left + ((at - from + 0.5) / (to - from + 1)) * whole.width,
    y: (value) => below.top + (1 - (value - low) / (high - low)) * below.height,
    ticks: multiples(low, high, step).map((value) => ({ value, text: onScale(value, step) })),
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function stroke(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** Pixels of one step, less the gap to the next. @param {Pick<Plot, "x">} plot */
const barWidth = ({ x }) => Math.max(1, (x(2) - x(1)) * 0.72);

/** @param {CanvasRenderingContext2D} context @param {Plot} plot */
function drawWeights(context, { memory: { t, beta, first, steps: [from], sheet, colour, scale }, above, x }) {
  const base = Math.round(above.top + above.height) + 0.5;
  const width = barWidth({ x });
  context.fillStyle = colour;
  for (let step = Math.max(1, from); step <= t; step++) {
    const height = above.height * beta ** (t - step);
    if (height > 0.3) context.fillRect(x(step) - width / 2, base - height, width, height);
  }
  context.strokeStyle = sheet.ink2;
  stroke(context, above.left, base, above.left + above.width, base);
  context.fillStyle = sheet.ink2;
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillText(chosen(Number(first.toPrecision(3))), above.left - 7, above.top + 3);
  context.fillText("weight", above.left - 7, above.top + 3 + 14 * scale);
  context.fillText("0", above.left - 7, base - 2);
}

/** The steps that are mostly remembered. @param {CanvasRenderingContext2D} context @param {Plot} plot */
function drawWindow(context, { memory: { t, beta, steps: [from], sheet, scale }, above, x }) {
  const width = barWidth({ x });
  const right = x(t) + width / 2;
  context.fillStyle = sheet.ink;
  context.textBaseline = "middle";
  const span = windowOf(beta);
  const start = Math.max(x(from) - width / 2, x(t - span + 1) - width / 2);
  if (right - start < 30) return;
  const y = Math.round(above.top - 6) + 0.5;
  context.strokeStyle = sheet.ink;
  stroke(context, start, y, right, y);
  if (t - span + 1 >= from) stroke(context, start, y - 3, start, y + 4);
  stroke(context, right, y - 3, right, y + 4);
  context.textAlign = "right";
  context.fillText(`1/(1 − β) = ${chosen(Number(span.toPrecision(3)))} steps`, start - 6 > above.left + 90 ? start - 6 : right, start - 6 > above.left + 90 ? y : y + 12 * scale);
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot */
function drawAxes(context, { memory: { sheet, scale, steps: [from, to] }, below, x, y, ticks }) {
  context.textAlign = "right";
  context.textBaseline = "middle";
  context.fillStyle = sheet.ink2;
  context.strokeStyle = sheet.ink;
  for (const { value, text } of ticks) {
    const at = Math.round(y(value)) + 0.5;
    context.globalAlpha = value === 0 ? 0.5 : 0.14;
    stroke(context, below.left, at, below.left + below.width, at);
    context.globalAlpha = 1;
    context.fillText(text, below.left - 7, at);
  }
  const bottom = Math.round(below.top + below.height) + 0.5;
  context.strokeStyle = sheet.ink2;
  stroke(context, below.left, bottom, below.left + below.width, bottom);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const step of multiples(from, to, Math.max(1, niceStep((to - from) / (below.width / 60))))) {
    stroke(context, x(step), bottom, x(step), bottom + 4);
    context.fillText(String(step), x(step), bottom + 15 * scale);
  }
}

/** What counts for little is faint; what is yet to come is an outline. @param {CanvasRenderingContext2D} context @param {Plot} plot */
function drawValues(context, { memory: { values, bars, t, beta, steps: [from, to], colour, sheet, scale }, x, y }) {
  const width = barWidth({ x });
  for (let step = Math.max(1, from); step <= Math.min(to, values.length); step++) {
    const value = values[step - 1];
    if (!Number.isFinite(value)) continue;
    const past = step <= t;
    context.globalAlpha = past ? 0.18 + 0.82 * beta ** (t - step) : 0.25;
    context.fillStyle = past ? colour : sheet.ink3;
    if (bars) context.fillRect(x(step) - width / 2, Math.min(y(0), y(value)), width, Math.max(1, Math.abs(y(value) - y(0))));
    else {
      context.beginPath();
      context.arc(x(step), y(value), 1.9 * scale, 0, 2 * Math.PI);
      context.fill();
    }
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {Line} line */
function drawLine(context, { memory: { steps: [from, to], sheet, scale }, x, y }, { values, dash, width, faint }) {
  context.beginPath();
  for (let step = Math.max(1, from); step <= Math.min(to, values.length); step++) context.lineTo(x(step), y(values[step - 1]));
  context.setLineDash(dash);
  context.lineJoin = "round";
  context.strokeStyle = sheet.casing;
  context.lineWidth = (width + 2) * scale;
  if (!dash.length) context.stroke();
  context.strokeStyle = faint ? sheet.ink3 : sheet.ink;
  context.lineWidth = width * scale;
  context.stroke();
  context.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot */
function drawHeads(context, { memory: { lines, t, sheet, scale }, x, y }) {
  for (const { values, faint } of lines) {
    if (!Number.isFinite(values[t - 1])) continue;
    context.beginPath();
    context.arc(x(t), y(values[t - 1]), (faint ? 2.6 : 3.8) * scale, 0, 2 * Math.PI);
    context.strokeStyle = sheet.paper;
    context.lineWidth = 2;
    context.fillStyle = faint ? sheet.ink3 : sheet.ink;
    context.stroke();
    context.fill();
  }
}

/** Each average by its beta, where there are several. @param {CanvasRenderingContext2D} context @param {Plot} plot */
function drawNames(context, { memory: { lines, steps: [, to], sheet, scale }, below, x, y }) {
  const ends = lines.filter(({ name }) => name).map(({ name, values, faint }) => ({ name, faint, y: y(values[to - 1]) }));
  moveApart(ends, 14 * scale, below.top, below.top + below.height);
  context.textAlign = "left";
  context.textBaseline = "middle";
  for (const { name, faint, y: at } of ends) {
    context.fillStyle = faint ? sheet.ink2 : sheet.ink;
    context.fillText(name, x(to) + 5, at);
  }
}

/** How far the weights add up to 1: what is missing is the 0 it began with. @param {CanvasRenderingContext2D} context @param {Plot} plot */
function drawTotal(context, { memory: { t, beta, sheet, colour, scale }, above, below }) {
  const left = above.left + above.width + 40 * scale;
  const [top, height, width] = [above.top, below.top + below.height - above.top, 14 * scale];
  const missing = Math.round(height * missingAt(beta, t));
  context.fillStyle = colour;
  context.fillRect(left, top + missing, width, height - missing);
  context.save();
  context.beginPath();
  context.rect(left, top, width, missing);
  context.clip();
  context.strokeStyle = sheet.ink3;
  context.lineWidth = 1;
  for (let y = top - width; y < top + missing + width; y += 5) stroke(context, left, y + width, left + width, y);
  context.restore();
  context.strokeStyle = sheet.ink2;
  context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
  context.fillStyle = sheet.ink2;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText("1", left + width / 2, top - 4);
  context.fillText("0", left + width / 2, top + height + 15 * scale);
  context.fillStyle = sheet.ink;
  context.textAlign = "left";
  context.fillText(measured(1 - missingAt(beta, t), 3), left - 34 * scale, Math.min(top + missing + 5, top + height - 2));
}

/**
 * @param {HTMLElement} root
 * @param {(t: number) => void} onChoose  a step to be taken apart
 */
export function createMemory(root, onChoose) {
  const layer = createLayer(root, "layer");
  /** @type {Plot | null} */
  let plot = null;
  let held = false;

  /** @param {PointerEvent} event */
  function choose(event) {
    if (!plot || !held) return;
    const { memory: { steps: [from, to], values }, below } = plot;
    const share = (event.clientX - root.getBoundingClientRect().left - below.left) / below.width;
    onChoose(Math.min(values.length, Math.max(1, Math.round(from + share * (to - from)))));
  }

  root.addEventListener("pointerdown", (event) => {
    held = event.button === 0;
    if (held) root.setPointerCapture(event.pointerId);
    choose(event);
  });
  root.addEventListener("pointermove", choose);
  for (const end of ["pointerup", "pointercancel"]) root.addEventListener(end, () => (held = false));

  return {
    /** @param {Memory} memory */
    render(memory) {
      const [width, height] = [root.clientWidth, root.clientHeight];
      if (width < 120 || height < 90) return;
      const resized = layer.fit(width, height);
      if (!resized && plot?.memory === memory) return;
      plot = plotOf(root, memory);
      layer.clear();
      const { context } = layer;
      context.font = `400 ${12 * memory.scale}px ${getComputedStyle(root).fontFamily}`;
      context.lineWidth = 1;
      drawAxes(context, plot);
      drawValues(context, plot);
      for (const line of memory.lines) drawLine(context, plot, line);
      context.lineWidth = 1;
      drawHeads(context, plot);
      drawNames(context, plot);
      context.lineWidth = 1;
      drawWeights(context, plot);
      drawWindow(context, plot);
      drawTotal(context, plot);
    },
  };
}

