/** One chart of quantities against step: still lines on one canvas, the playhead and its values on another. */
import { createLayer } from "../layer.js";
import { stepAxis, valueAxis } from "../chart/axes.js";
import { stepAt, traceOf, valueAt, yOf } from "../chart/curves.js";
import { FIGURES } from "../chart/frame.js";
import { drawMoving, drawStill, measureLabels, placeLabels } from "./drawing.js";
import { listen } from "../chart/touch.js";
import { sizeOf } from "../../size.js";

/** @typedef {import("../chart/axes.js").Axis} Axis */
/** @typedef {import("../chart/pen.js").Look} Look */
/** @typedef {import("../chart/curves.js").Box} Box */
/** @typedef {import("../../words/symbol.js").Letter} Letter */

/**
 * @typedef {object} Line
 * @property {string} of  the quantity
 * @property {number} run  index
 * @property {Float64Array} values  NaN where it is not a finite number
 * @property {number} first  the step of its first value
 * @property {number | null} slot  of its run; null: in grey, for comparison only
 * @property {number[]} dash
 * @property {boolean} strong
 * @property {string} name  beside its end, with its value and the marker of its run; empty: none
 * @property {Letter} letter
 */

/**
 * @typedef {object} Picture
 * @property {Line[]} lines  the last is drawn on top
 * @property {[number, number]} steps  in sight
 * @property {Look} look
 */

/** @typedef {{at: number, read: number, lit: string | null, hovered: number | null}} Moment  read: the step whose values are written */
/** @typedef {{of: string, run: number}} Pointed */

/** @typedef {{box: Box, x: Axis, y: Axis, picture: Picture, size: {width: number, height: number}, traces: import("../../math/tracing.js").Trace[], labels: {y: number}[], names: string[], read: boolean}} Plot  read: with the values at the playhead */

const MARGIN = { right: 18, top: 8 };
/** Pixels from a line within which it is meant. */
const NEAR = 14;

/**
 * @param {CanvasRenderingContext2D} context  to measure with
 * @param {{width: number, height: number}} size
 * @param {Picture} picture
 * @returns {Plot}
 */
export function plotOf(context, size, picture) {
  const { look, lines, steps } = picture;
  const { scale } = look;
  const left = FIGURES.left * scale;
  const { names, read, width } = measureLabels(context, picture, size.width);
  const box = { left, top: MARGIN.top, width: size.width - left - Math.max(MARGIN.right, width), height: size.height - MARGIN.top - FIGURES.bottom * scale };
  const frame = { box, x: stepAxis(steps, box.width / scale), y: valueAxis(lines, steps, box.height / scale) };
  return { ...frame, picture, size, traces: lines.map((one) => traceOf(frame, one, steps)), labels: placeLabels(frame, picture), names, read };
}

/** @param {Plot} plot @param {number} left @param {number} top @returns {Pointed | null} the line that is meant by a pixel */
function lineAt(plot, left, top) {
  const { lines, steps } = plot.picture;
  const step = stepAt(plot, left, steps);
  const away = lines.map((one) => Math.abs(yOf(plot, valueAt(one, step)) - top));
  const least = Math.min(...away.filter((value) => !Number.isNaN(value)));
  return least < NEAR ? lines[away.indexOf(least)] : null;
}

/**
 * @param {HTMLElement} root
 * @param {{onSeek: (step: number) => void, onPoint: (line: Pointed | null, step: number) => void}} events
 */
export function createChart(root, { onSeek, onPoint }) {
  const still = createLayer(root, "layer");
  const moving = createLayer(root, "layer");
  /** @type {Plot | null} */
  let plot = null;
  /** @type {Moment | null} */
  let moment = null;
  let drawn = "";

  listen(root, {
    onHold: (left) => plot && onSeek(stepAt(plot, left, plot.picture.steps)),
    onPoint: (left, top) => plot && onPoint(lineAt(plot, left, top), stepAt(plot, left, plot.picture.steps)),
    onLeave: () => onPoint(null, 0),
  });

  return {
    /** @param {Picture} picture @param {Moment} now */
    render(picture, now) {
      const size = sizeOf(root);
      if (size.width < 80 || size.height < 50) return;
      const resized = still.fit(size.width, size.height);
      moving.fit(size.width, size.height);
      const anew = resized || plot?.picture !== picture;
      if (anew) plot = plotOf(still.context, size, picture);
      const shown = /** @type {Plot} */ (plot);
      const key = `${now.lit} ${now.hovered}`;
      if (anew || drawn !== key) {
        still.clear();
        drawStill(still.context, shown, now);
      }
      [drawn, moment] = [key, now];
      moving.clear();
      drawMoving(moving.context, shown, now);
    },
    /** @returns {import("../chart/plate.js").Standing | null} null before it is drawn */
    standing() {
      if (!plot || !moment) return null;
      const { size, picture } = plot;
      const at = moment;
      return {
        ...size, look: picture.look,
        draw(context) {
          const own = plotOf(context, size, picture);
          drawStill(context, own, at);
          drawMoving(context, own, at);
        },
      };
    },
  };
}
