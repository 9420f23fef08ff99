/**
 * Arrows at the head of the selected run: hollow ink is downhill, solid colour is the step it takes. Directions only.
 * A quantity that is pointed at in the working brings its arrow forward, or one of its own.
 */

/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {{downhill: number | null, step: number | null}} Directions  angles on the screen */

/** What the arrows stand for in a rule. @type {{of: string, direction: keyof Directions}[]} */
const MEANINGS = [{ of: "w", direction: "step" }, { of: "g", direction: "downhill" }];
/** Of an arrow while another one is meant. */
const BEHIND = 0.28;
/** Pixels from an arrow within which it is meant. */
const NEAR = 7;

const LENGTH = 50;
const START = 9;

/**
 * The two directions on the screen at a row; null where there is none (the end, a gradient of 0, or none received).
 * @param {Trace} trace
 * @param {number} row
 * @param {View} view
 * @returns {Directions}
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

/** The way a vector of the problem's parameters points on the screen. @param {number[]} vector @param {View} view */
export const angleAlong = ([x, y = 0], view) => angleOf(x * view.kx, -y * view.ky);

/**
 * The quantity whose arrow lies at a place.
 * @param {Directions} directions @param {number} dx  from the head @param {number} dy @param {number} scale
 * @returns {string | null}
 */
export function arrowUnder(directions, dx, dy, scale) {
  const meant = MEANINGS.find(({ direction }) => {
    const angle = directions[direction];
    if (angle === null) return false;
    const along = dx * Math.cos(angle) + dy * Math.sin(angle);
    const beside = Math.abs(dy * Math.cos(angle) - dx * Math.sin(angle));
    return along > START * scale && along < (LENGTH + 4) * scale && beside < NEAR * scale;
  });
  return meant?.of ?? null;
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
 * @param {Directions} directions
 * @param {string} colour  of the run
 * @param {string | null} lit  the quantity that is pointed at
 * @param {number | null} along  its own direction, where it is none of these
 */
export function drawArrows(context, look, x, y, { downhill, step }, colour, lit, along) {
  const { scale } = look;
  const meant = along !== null || MEANINGS.some(({ of }) => of === lit);
  const show = (/** @type {number | null} */ angle, /** @type {boolean} */ forward, /** @type {() => void} */ draw) => {
    if (angle === null) return;
    context.globalAlpha = forward || !meant ? 1 : BEHIND;
    turned(context, x, y, angle, draw);
    context.globalAlpha = 1;
  };
  show(downhill, lit === "g", () => outlined(context, look, arrowPath(scale, 2.6), look.sheet.ink));
  show(step, lit === "w", () => filled(context, look, arrowPath(scale, 1.3), colour));
  show(along, true, () => outlined(context, look, arrowPath(scale * 1.2, 2.2), colour));
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
