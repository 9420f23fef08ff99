/**
 * What an average remembers, in three rows over the same steps: the weights laid end to end, which show how far they add
 * up to 1; the weight that each past value has; the values, and the average that they make.
 */
import { evenAxis, stepAxis } from "../chart/axes.js";
import { rangeOf } from "../chart/curves.js";

/** @typedef {import("../chart/curves.js").Box} Box */
/** @typedef {import("../chart/axes.js").Axis} Axis */
/** @typedef {import("../chart/pen.js").Look} Look */
/** @typedef {import("../../words/symbol.js").Letter} Letter */

/** @typedef {{values: Float64Array, dash: number[], strong: boolean, name: string, letter: Letter}} Line  one value a step, from step 1; name: beside its end */

/**
 * @typedef {object} Memory
 * @property {Float64Array} values  of the steps from 1 on
 * @property {Line[]} lines  averages of them, the one that is taken apart last
 * @property {boolean} bars  the values stand on 0; else they are dots
 * @property {string} unit  what the steps are called
 * @property {number} t  the step whose average is taken apart
 * @property {[number, number]} steps  in sight
 * @property {number} beta
 * @property {number} first  weight of the newest value, before any correction
 * @property {boolean} corrected  every weight is divided by 1 - beta^t
 * @property {Letter} of  what is averaged
 * @property {string} raised  its power, such as "²"
 * @property {string} title
 * @property {number} slot  of the run
 * @property {Look} look
 */

/**
 * @typedef {object} Plot
 * @property {Memory} memory
 * @property {{width: number, height: number}} size
 * @property {Box} sum
 * @property {Box} weights
 * @property {Box} box  of the values
 * @property {Axis} x
 * @property {Axis} y
 * @property {number} bar  pixels of one step's bar
 */

const MARGIN = { left: 52, right: 76, top: 18, bottom: 22 };
/** At the right, where lines have names and what leads to them. */
const NAMES = 104;
const SUM = 10;
/** Between the rows, where the second has a bracket above it. */
const GAPS = { bracket: 26, values: 10 };
/** Of what is left, the weights take this share. */
const WEIGHTS = 0.4;

/** @param {Memory} memory @param {number} height @returns {Axis} */
function valuesAxis({ values, lines, steps, bars }, height) {
  const { least, most } = rangeOf([values, ...lines.map((line) => line.values)].map((each) => ({ values: each, first: 1 })), steps);
  const [low, high] = Number.isFinite(least) ? [bars ? Math.min(0, least) : least, bars ? Math.max(0, most) : most] : [0, 1];
  const room = 0.06 * (high - low || 1);
  return evenAxis([low < 0 || !bars ? low - room : low, high > 0 || !bars ? high + room : high], Math.max(3, Math.floor(height / 26)));
}

/** @param {{width: number, height: number}} size @param {Memory} memory @returns {Plot} */
export function plotOf(size, memory) {
  const { look: { scale }, steps: [from, to] } = memory;
  const left = MARGIN.left * scale;
  const right = memory.lines.some(({ name }) => name) ? NAMES : MARGIN.right;
  const width = size.width - left - right * scale;
  const sum = { left, top: MARGIN.top * scale, width, height: SUM * scale };
  const top = sum.top + sum.height + GAPS.bracket * scale;
  const room = size.height - top - (GAPS.values + MARGIN.bottom) * scale;
  const weights = { left, top, width, height: room * WEIGHTS };
  const box = { left, top: top + weights.height + GAPS.values * scale, width, height: room * (1 - WEIGHTS) };
  const x = stepAxis([from - 0.5, to + 0.5], width / scale);
  return { memory, size, sum, weights, box, x, y: valuesAxis(memory, box.height / scale), bar: Math.max(1, (width / (to - from + 1)) * 0.76) };
}
