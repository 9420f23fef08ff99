/** Arrows at the head of the selected run: hollow ink is downhill, solid colour is the step it takes. Directions only. */

/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./trace.js").Trace} Trace */

const LENGTH = 50;
const START = 9;

/**
 * The two directions on the screen at a row; null where there is none (the end, a gradient of 0, or none received).
 * @param {Trace} trace
 * @param {number} row
 * @param {View} view
 * @returns {{downhill: number | null, step: number | null}} angles
 */
export function directionsAt(trace, row, view) {
  const { xs, ys, length, run } = trace;
  if (row + 1 >= length) return { downhill: null, step: null };
  const step = angleOf(xs[row + 1] - xs[row], ys[row + 1] - ys[row]);
  const gradient = run.columns.gradient;
  if (!gradient || gradient.length === 0 || gradient[0].length <= row) return { downhill: null, step };
  const gx = gradient[0][row];
  const gy = gradient.length > 1 ? gradient[1][row] : gx * gx;
  return { downhill: angleOf(-gx * view.kx, gy * view.ky), step };
}

/** @param {number} dx @param {number} dy @returns {number | null} */
function angleOf(dx, dy) {
  return Number.isFinite(dx) && Number.isFinite(dy) && (dx || dy) ? Math.atan2(dy, dx) : null;
}

/** @param {number} scale @param {number} shaft  half its width @returns {Path2D} an arrow along x */
function arrowPath(scale, shaft) {
  const [a, b, tip, head] = [START, LENGTH - 13, LENGTH, 6.2].map((v) => v * scale);
  const half = shaft * scale;
  return new Path2D(`M${a} ${-half}L${b} ${-half}L${b} ${-head}L${tip} 0L${b} ${head}L${b} ${half}L${a} ${half}Z`);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Look} look
 * @param {number} x
 * @param {number} y
 * @param {{downhill: number | null, step: number | null}} directions
 * @param {string} colour  of the run
 */
export function drawArrows(context, look, x, y, { downhill, step }, colour) {
  const { scale } = look;
  if (downhill !== null) turned(context, x, y, downhill, () => outlined(context, look, arrowPath(scale, 2.6), look.sheet.ink));
  if (step !== null) turned(context, x, y, step, () => filled(context, look, arrowPath(scale, 1.3), colour));
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {number} angle @param {() => void} draw */
function turned(context, x, y, angle, draw) {
  context.save();
  context.translate(x, y);
  context.rotate(angle);
  context.lineJoin = "round";
  draw();
  context.restore();
}

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {Path2D} path @param {string} ink */
function outlined(context, look, path, ink) {
  context.lineWidth = 4 * look.scale;
  context.strokeStyle = look.sheet.casing;
  context.stroke(path);
  context.fillStyle = look.sheet.casing;
  context.fill(path);
  context.lineWidth = 1.5 * look.scale;
  context.strokeStyle = ink;
  context.stroke(path);
}

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {Path2D} path @param {string} colour */
function filled(context, look, path, colour) {
  context.lineWidth = 3 * look.scale;
  context.strokeStyle = look.sheet.casing;
  context.stroke(path);
  context.fillStyle = colour;
  context.fill(path);
}
