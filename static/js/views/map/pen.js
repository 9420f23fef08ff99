/** How a run's line and marker are drawn: colour, dash and shape of its slot, always together and always in a casing. */
import table from "../../../data/sheet.js";
import { DASHES } from "../../math/palette.js";
import { markerPath } from "../../math/markers.js";

/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./trace.js").Trace} Trace */

export const WIDTH = table.route.width;
export const WIDTH_SELECTED = table.route.selected;
/** The casing shows this far beyond the line, on both sides together. */
const CASING = table.route.casing;
/** Around each dash, so that the gaps show the route below. */
const DASH_CASING = table.route.dash_casing;
const HEAD = table.route.head;
const HEAD_SELECTED = table.route.head_selected;

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {number} width  of the line within */
export function caseWith(context, look, width) {
  context.setLineDash([]);
  context.lineCap = "round";
  context.lineJoin = "round";
  context.lineWidth = (width + CASING) * look.scale;
  context.strokeStyle = look.sheet.casing;
}

/**
 * Strokes the current path in the run's colour and dash.
 * @param {CanvasRenderingContext2D} context
 * @param {Look} look
 * @param {number} slot
 * @param {number} width
 * @param {number} offset  pixels of the line before the path, so that the dashes go on where they were
 */
export function strokeRoute(context, look, slot, width, offset) {
  context.lineCap = "round";
  context.lineJoin = "round";
  context.setLineDash(DASHES[slot].map((length) => length * look.scale));
  context.lineDashOffset = offset;
  context.lineWidth = (width + DASH_CASING) * look.scale;
  context.strokeStyle = look.sheet.casing;
  context.stroke();
  context.lineWidth = width * look.scale;
  context.strokeStyle = look.sheet.runs[slot];
  context.stroke();
  context.setLineDash([]);
}

/** @type {Map<string, Path2D>} */
const outlines = new Map();

/** @param {number} slot @param {number} radius @returns {Path2D} */
function outline(slot, radius) {
  const key = `${slot} ${radius}`;
  const path = outlines.get(key) ?? new Path2D(markerPath(slot, radius));
  outlines.set(key, path);
  return path;
}

/**
 * A run's marker at its head: full while it goes, hollow once it has stopped.
 * @param {CanvasRenderingContext2D} context
 * @param {Look} look
 * @param {number} slot
 * @param {number} x
 * @param {number} y
 * @param {{stopped: boolean, selected: boolean, radius?: number}} state
 */
export function drawHead(context, look, slot, x, y, { stopped, selected, radius }) {
  const shape = outline(slot, (radius ?? (selected ? HEAD_SELECTED : HEAD)) * look.scale);
  const colour = look.sheet.runs[slot];
  context.save();
  context.translate(x, y);
  context.lineJoin = "round";
  context.lineWidth = (stopped ? 6 : 4) * look.scale;
  context.strokeStyle = look.sheet.casing;
  context.stroke(shape);
  context.fillStyle = stopped ? look.sheet.casing : colour;
  context.fill(shape);
  if (stopped) {
    context.lineWidth = 2.2 * look.scale;
    context.strokeStyle = colour;
    context.stroke(shape);
  }
  context.restore();
}
