/** One chart of quantities against step: still lines on one canvas, the playhead and what is lit on another. */
import { createLayer } from "../layer.js";
import { stepAxis, valueAxis } from "./axes.js";
import { valueAt } from "./series.js";

/** @typedef {import("./series.js").Series} Series */
/** @typedef {import("./axes.js").Axis} Axis */
/** @typedef {import("../../math/palette.js").Sheet} Sheet */

/**
 * @typedef {object} Picture
 * @property {Series[]} series
 * @property {[number, number]} steps  in sight
 * @property {Sheet} sheet
 * @property {string} colour  of the run
 * @property {number} scale  of type and lines
 */

/** @typedef {{left: number, top: number, width: number, height: number}} Box */
/** @typedef {{box: Box, x: Axis, y: Axis, picture: Picture, paths: Path2D[]}} Plot */

const MARGIN = { left: 46, right: 18, top: 8, bottom: 22 };
/** Dashes that tell the lines of one chart apart, the first drawn solid. @type {number[][]} */
export const DASHES = [[], [5, 3], [1.5, 3], [8, 3, 1.5, 3]];
/** Pixels from a line within which it is meant. */
const NEAR = 14;

/** @param {Plot} plot @param {number} step */
const xOf = ({ box, x }, step) => box.left + x.place(step) * box.width;

/** @param {Plot} plot @param {number} value */
const yOf = ({ box, y }, value) => box.top + (1 - y.place(value)) * box.height;

/** The last is drawn solid, as it is what the rule goes on with. @param {Series[]} all @param {number} k */
export function dashOf(all, k) {
  if (all[k].faint) return [];
  return DASHES[(all.length - 1 - k) % DASHES.length];
}

/** Every value where they are few, else least and greatest of each pixel. @param {Plot} plot @param {Series} series */
function pathOf(plot, { values, first }) {
  const path = new Path2D();
  const [from, to] = plot.picture.steps;
  const perPixel = Math.max(1, Math.floor((to - from) / (2 * plot.box.width)));
  let drawing = false;
  for (let k = Math.max(0, from - first); k <= Math.min(values.length - 1, to - first); k += perPixel) {
    const [low, high] = extremes(values, k, Math.min(values.length, k + perPixel));
    const [x, y0, y1] = [xOf(plot, k + first), yOf(plot, low), yOf(plot, high)];
    if (Number.isNaN(y0)) drawing = false;
    else {
      if (drawing) path.lineTo(x, y0);
      else path.moveTo(x, y0);
      if (y1 !== y0 && !Number.isNaN(y1)) path.lineTo(x, y1);
      drawing = true;
    }
  }
  return path;
}

/** @param {Float64Array} values @param {number} from @param {number} to @returns {[number, number]} */
function extremes(values, from, to) {
  let [low, high] = [values[from], values[from]];
  for (let k = from + 1; k < to; k++) {
    if (values[k] < low) low = values[k];
    if (values[k] > high) high = values[k];
  }
  return [low, high];
}

/** @param {HTMLElement} root @param {Picture} picture @returns {Plot} */
function plotOf(root, picture) {
  const { scale } = picture;
  const box = { left: MARGIN.left * scale, top: MARGIN.top, width: root.clientWidth - MARGIN.left * scale - MARGIN.right, height: root.clientHeight - MARGIN.top - MARGIN.bottom * scale };
  const plot = { box, x: stepAxis(picture.steps, box.width / scale), y: valueAxis(picture.series, picture.steps, box.height / scale), picture, paths: /** @type {Path2D[]} */ ([]) };
  plot.paths = picture.series.map((series) => pathOf(plot, series));
  return plot;
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {string} family */
function drawAxes(context, { box, x, y, picture: { sheet, scale } }, family) {
  context.font = `400 ${12 * scale}px ${family}`;
  context.fillStyle = sheet.ink2;
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { at, text } of y.ticks) {
    const height = Math.round(box.top + (1 - at) * box.height) + 0.5;
    context.globalAlpha = text === "0" ? 0.5 : 0.14;
    line(context, box.left, height, box.left + box.width, height);
    context.globalAlpha = 1;
    context.fillText(text, box.left - 7, height);
  }
  const bottom = Math.round(box.top + box.height) + 0.5;
  context.strokeStyle = sheet.ink2;
  line(context, box.left, bottom, box.left + box.width, bottom);
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  for (const { at, text } of x.ticks) {
    const place = Math.round(box.left + at * box.width) + 0.5;
    line(context, place, bottom, place, bottom + 4);
    context.fillText(text, place, bottom + 16 * scale);
  }
}

/** @param {CanvasRenderingContext2D} context @param {Plot} plot @param {number} k @param {boolean} lit */
function drawSeries(context, { picture: { series, colour, sheet, scale }, paths }, k, lit) {
  context.setLineDash(dashOf(series, k).map((part) => part * scale));
  context.strokeStyle = series[k].faint ? sheet.ink3 : colour;
  context.lineWidth = (lit ? 2.8 : series[k].faint ? 1 : 1.6) * scale;
  context.lineJoin = "round";
  context.stroke(paths[k]);
  context.setLineDash([]);
}

/** @param {import("../layer.js").Layer} layer @param {Plot} plot @param {string | null} lit @param {string} family */
function drawStill({ context, clear }, plot, lit, family) {
  clear();
  drawAxes(context, plot, family);
  const { box, picture } = plot;
  context.save();
  context.beginPath();
  context.rect(box.left, box.top - 2, box.width + 2, box.height + 4);
  context.clip();
  const meant = picture.series.some(({ of }) => of === lit);
  picture.series.forEach(({ of }, k) => {
    context.globalAlpha = meant && of !== lit ? 0.35 : 1;
    drawSeries(context, plot, k, of === lit);
  });
  context.restore();
}

/** @param {import("../layer.js").Layer} layer @param {Plot} plot @param {number} at  the playhead */
function drawMoving({ context, clear }, plot, at) {
  clear();
  const { box, picture: { series, colour, sheet, scale, steps } } = plot;
  if (at < steps[0] || at > steps[1]) return;
  const x = Math.round(xOf(plot, at)) + 0.5;
  context.strokeStyle = sheet.ink;
  context.lineWidth = 1;
  line(context, x, box.top - 4, x, box.top + box.height);
  for (const one of series) {
    const y = yOf(plot, valueAt(one, Math.floor(at)));
    if (Number.isNaN(y)) continue;
    context.beginPath();
    context.arc(x, y, 3.4 * scale, 0, 2 * Math.PI);
    context.fillStyle = one.faint ? sheet.ink3 : colour;
    context.strokeStyle = sheet.paper;
    context.lineWidth = 1.6;
    context.stroke();
    context.fill();
  }
}

/**
 * @param {HTMLElement} root
 * @param {{onSeek: (step: number) => void, onPoint: (of: string | null) => void}} events
 */
export function createChart(root, { onSeek, onPoint }) {
  const still = createLayer(root, "layer");
  const moving = createLayer(root, "layer");
  /** @type {Plot | null} */
  let plot = null;
  let family = "";
  /** @type {string | null} */
  let drawn = null;
  let held = false;

  /** @param {PointerEvent} event */
  function move(event) {
    if (!plot) return;
    const { left, top } = root.getBoundingClientRect();
    const { box, picture: { series, steps } } = plot;
    const share = Math.min(1, Math.max(0, (event.clientX - left - box.left) / box.width));
    const step = Math.round(steps[0] + share * (steps[1] - steps[0]));
    if (held) onSeek(step);
    const away = series.map((one) => Math.abs(yOf(/** @type {Plot} */ (plot), valueAt(one, step)) - (event.clientY - top)));
    const least = Math.min(...away.filter((value) => !Number.isNaN(value)));
    onPoint(least < NEAR ? series[away.indexOf(least)].of : null);
  }

  root.addEventListener("pointerdown", (event) => {
    held = event.button === 0;
    if (held) root.setPointerCapture(event.pointerId);
    move(event);
  });
  root.addEventListener("pointermove", move);
  for (const end of ["pointerup", "pointercancel"]) root.addEventListener(end, () => (held = false));
  root.addEventListener("pointerleave", () => onPoint(null));

  return {
    /** @param {Picture} picture @param {number} at  the playhead, in steps @param {string | null} lit */
    render(picture, at, lit) {
      const [width, height] = [root.clientWidth, root.clientHeight];
      if (width < 80 || height < 50) return;
      const resized = still.fit(width, height);
      moving.fit(width, height);
      const anew = resized || plot?.picture !== picture;
      if (anew) {
        plot = plotOf(root, picture);
        family = getComputedStyle(root).fontFamily;
      }
      const shown = /** @type {Plot} */ (plot);
      if (anew || drawn !== lit) drawStill(still, shown, lit, family);
      drawn = lit;
      drawMoving(moving, shown, at);
    },
  };
}
