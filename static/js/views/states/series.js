/** The quantities of a run, put together into charts: what shares a letter shares a chart, `m` and `m_hat` beside `g`. */

/** @typedef {import("../../net/quantities.js").WireQuantities} WireQuantities */
/** @typedef {import("../../state/types.js").Run} Run */

/**
 * @typedef {object} Series
 * @property {string} of  the quantity
 * @property {string} latex
 * @property {number} first  the step of its first value
 * @property {Float64Array} values  NaN where it is not a finite number
 * @property {boolean} faint  for comparison only
 */

/** @typedef {{key: string, title: string, latex: string | null, series: Series[]}} Group */

/** The gradient stands beside what is made of it in the same unit. */
const BESIDE_GRADIENT = "m";

/** @param {(number | null)[]} column */
const withNaN = (column) => Float64Array.from(column, (value) => value ?? NaN);

/** @param {string} name  "m_hat" @returns {string} "m" */
const stem = (name) => name.replace(/_.*$/, "");

/** @param {WireQuantities} wire @param {string} parameter @returns {Series[]} */
function named(wire, parameter) {
  const of = (/** @type {Record<string, Record<string, (number | null)[]>>} */ group, /** @type {number} */ first) =>
    Object.entries(group).map(([name, columns]) => ({ of: name, latex: wire.latex[name] ?? name, first, values: withNaN(columns[parameter]), faint: false }));
  return [...of(wire.states, 0), ...of(wire.values, 1)];
}

/** @param {Run} run @param {number} parameter  index @returns {Series[]} none while the gradients have not come */
function gradientOf({ columns: { gradient }, length }, parameter) {
  if (!gradient || length < 2) return [];
  return [{ of: "g", latex: "g", first: 1, values: gradient[parameter].subarray(0, length - 1), faint: true }];
}

/** @param {WireQuantities} wire @param {string[]} parameters @returns {Group[]} */
function rateOf({ rate }, parameters) {
  if (!rate) return [];
  const series = parameters.map((name) => ({ of: `rate of ${name}`, latex: name.length > 1 ? `\\mathrm{${name}}` : name, first: 1, values: withNaN(rate.values[name]), faint: false }));
  return [{ key: "rate", title: "effective rate", latex: rate.latex, series }];
}

/**
 * @param {WireQuantities} wire
 * @param {Run} run  the same
 * @param {string[]} parameters  names
 * @param {number} parameter  index of the one whose quantities are shown
 * @returns {Group[]}
 */
export function groupsOf(wire, run, parameters, parameter) {
  /** @type {Map<string, Series[]>} */
  const groups = new Map();
  for (const one of named(wire, parameters[parameter])) groups.set(stem(one.of), [...(groups.get(stem(one.of)) ?? []), one]);
  const gradient = gradientOf(run, parameter);
  if (gradient.length) groups.set(BESIDE_GRADIENT, [...gradient, ...(groups.get(BESIDE_GRADIENT) ?? [])]);
  const order = [...groups].sort(([a], [b]) => Number(b === BESIDE_GRADIENT) - Number(a === BESIDE_GRADIENT));
  return [...order.map(([key, series]) => ({ key, title: "", latex: null, series })), ...rateOf(wire, parameters)];
}

/**
 * @param {Series} series
 * @param {number} step
 * @returns {number} NaN where it has none
 */
export function valueAt({ values, first }, step) {
  return values[step - first] ?? NaN;
}
