/** Ticks across a route, one every so many steps, as a ruler laid along it: how far apart they are is how fast it goes. */
import { font, haloText } from "./look.js";
import { tickRows } from "./trace.js";

/** @typedef {import("./look.js").Look} Look */
/** @typedef {import("./trace.js").Trace} Trace */

const CHOICES = [1, 5, 10, 50, 100];
const APART = 7;
const APART_SELECTED = 9;
/** Ticks are worth drawing where most of them keep this distance. */
const ROOMY = 9;

/**
 * Steps a tick, for all runs the same: the fewest at which a typical step leaves room.
 * @param {Trace[]} traces
 * @param {Look} look
 * @returns {number}
 */
export function tickEveryOf(traces, look) {
  const typical = traces.map((trace) => typicalStep(trace)).filter((size) => size > 0).sort((a, b) => a - b);
  const middle = typical[Math.floor(typical.length / 2)] ?? ROOMY;
  return CHOICES.find((every) => every * middle >= ROOMY * look.scale) ?? CHOICES[CHOICES.length - 1];
}

/** The mean step over the first nine tenths of the way. @param {Trace} trace @returns {number} pixels */
function typicalStep({ along, length }) {
  const total = along[length - 1];
  let k = 1;
  while (k < length - 1 && along[k] < 0.9 * total) k++;
  return total > 0 ? along[k] / k : 0;
}

/** @type {WeakMap<Trace, {every: number, rows: number[]}>} */
const cache = new WeakMap();

/** @param {Trace} trace @param {number} every @param {number} apart @returns {number[]} */
function rowsOf(trace, every, apart) {
  const known = cache.get(trace);
  if (known && known.every === every) return known.rows;
  const rows = tickRows(trace, every, apart);
  cache.set(trace, { every, rows });
  return rows;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Look} look
 * @param {Trace} trace
 * @param {number} from  rows from here
 * @param {number} to
 * @param {number} every
 * @param {boolean} selected
 */
export function drawTicks(context, look, trace, from, to, every, selected) {
  const apart = (selected ? APART_SELECTED : APART) * look.scale;
  const rows = rowsOf(trace, every, apart).filter((row) => row > from && row <= to);
  if (!rows.length) return;
  context.beginPath();
  for (const row of rows) addTick(context, look, trace, row, halfLength(row, every, selected));
  context.lineCap = "butt";
  context.lineWidth = 3.2 * look.scale;
  context.strokeStyle = look.sheet.casing;
  context.stroke();
  context.lineWidth = 1.3 * look.scale;
  context.strokeStyle = look.sheet.runs[trace.run.slot];
  context.stroke();
  if (selected) for (const row of rows) if (row % (10 * every) === 0) numberTick(context, look, trace, row);
}

/** @param {number} row @param {number} every @param {boolean} selected @returns {number} */
function halfLength(row, every, selected) {
  if (!selected) return 3.2;
  return row % (10 * every) === 0 ? 6.8 : 4.4;
}

/** The direction across the line at a row. @param {Trace} trace @param {number} row @returns {[number, number]} */
function across({ xs, ys }, row) {
  const [dx, dy] = [xs[row + 1] - xs[row - 1], ys[row + 1] - ys[row - 1]];
  const length = Math.hypot(dx, dy);
  if (length > 1e-6) return [-dy / length, dx / length];
  const [ex, ey] = [xs[row] - xs[row - 1], ys[row] - ys[row - 1]];
  const back = Math.hypot(ex, ey) || 1;
  return [-ey / back, ex / back];
}

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {Trace} trace @param {number} row @param {number} half */
function addTick(context, look, trace, row, half) {
  const [nx, ny] = across(trace, row);
  const reach = half * look.scale;
  context.moveTo(trace.xs[row] - nx * reach, trace.ys[row] - ny * reach);
  context.lineTo(trace.xs[row] + nx * reach, trace.ys[row] + ny * reach);
}

/** @param {CanvasRenderingContext2D} context @param {Look} look @param {Trace} trace @param {number} row */
function numberTick(context, look, trace, row) {
  let [nx, ny] = across(trace, row);
  if (nx > 0) [nx, ny] = [-nx, -ny];
  const reach = 16 * look.scale;
  context.font = font(look, 12, "600");
  context.textAlign = "center";
  context.textBaseline = "middle";
  haloText(context, look, String(row), trace.xs[row] + nx * reach, trace.ys[row] + ny * reach, look.sheet.ink);
}
