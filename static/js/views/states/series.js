/** The quantities of runs, put together into charts. */

/** @typedef {import("../../net/quantities.js").WireQuantities} WireQuantities */
/** @typedef {import("../../state/types.js").Run} Run */

/**
 * @typedef {object} Series
 * @property {string} of  the quantity
 * @property {string} latex
 * @property {number} first  the step of its first value
 * @property {Float64Array} values  NaN where it is not a finite number
 * @property {boolean} faint  for comparison only
 * @property {number} run  index
 */

/**
 * @typedef {object} Group
 * @property {string} key
 * @property {string} title  words before the letters; empty where they say it all
 * @property {string | null} latex
 * @property {string} of  the quantity, where there is one
 * @property {Series[]} series
 */

/** @typedef {{index: number, run: Run, wire: WireQuantities}} Told  a run and what its rule holds */

/** The gradient stands beside what is made of it in the same unit. */
const BESIDE_GRADIENT = "m";
/** More parameters than a plane has would be more charts than anyone reads: then only the chosen one's rate is drawn. */
const PLANE = 2;

export const RATE = "effective rate";
export const SLOPE = "slope";

/** A quantity in words. @param {{title?: string, of: string}} group */
export const spoken = ({ title, of }) => (title === RATE ? of.replace("rate", RATE) : title || of.replace(/_/g, " "));

/** @param {(number | null)[]} column */
const withNaN = (column) => Float64Array.from(column, (value) => value ?? NaN);

/** @param {string} name  "m_hat" @returns {string} "m" */
const stem = (name) => name.replace(/_.*$/, "");

/** @param {string} name  of a parameter */
const parameterLatex = (name) => (name.length > 1 ? `\\mathrm{${name.replace(/_/g, "\\_")}}` : name);

/** @param {Told} told @param {string} parameter @returns {Series[]} */
function named({ wire, index }, parameter) {
  const of = (/** @type {Record<string, Record<string, (number | null)[]>>} */ group, /** @type {number} */ first) =>
    Object.entries(group).map(([name, columns]) => ({ of: name, latex: wire.latex[name] ?? name, first, values: withNaN(columns[parameter]), faint: false, run: index }));
  return [...of(wire.states, 0), ...of(wire.values, 1)];
}

/** @param {Told} told @param {number} parameter  index @param {boolean} faint @returns {Series[]} none while the gradients have not come */
function gradientOf({ run: { columns: { gradient }, length }, index }, parameter, faint) {
  if (!gradient || length < 2) return [];
  return [{ of: "g", latex: "g", first: 1, values: gradient[parameter].subarray(0, length - 1), faint, run: index }];
}

/** @param {Told} told @param {string} name  of a parameter @returns {Series[]} */
const rateIn = ({ wire: { rate }, index }, name) =>
  (rate ? [{ of: `rate of ${name}`, latex: parameterLatex(name), first: 1, values: withNaN(rate.values[name]), faint: false, run: index }] : []);

/**
 * The charts of one run: what shares a letter shares a chart, `m` and `m_hat` beside `g`, the rates of all parameters in one.
 * @param {Told} told
 * @param {string[]} parameters  names
 * @param {number} parameter  index of the one whose quantities are shown
 * @returns {Group[]}
 */
export function groupsOf(told, parameters, parameter) {
  /** @type {Map<string, Series[]>} */
  const groups = new Map();
  for (const one of named(told, parameters[parameter])) groups.set(stem(one.of), [...(groups.get(stem(one.of)) ?? []), one]);
  const gradient = gradientOf(told, parameter, true);
  if (gradient.length) groups.set(BESIDE_GRADIENT, [...gradient, ...(groups.get(BESIDE_GRADIENT) ?? [])]);
  const order = [...groups].sort(([a], [b]) => Number(b === BESIDE_GRADIENT) - Number(a === BESIDE_GRADIENT));
  const rates = parameters.flatMap((name) => rateIn(told, name));
  const rate = rates.length ? [{ key: "rate", title: RATE, latex: told.wire.rate?.latex ?? null, of: "", series: rates }] : [];
  return [...order.map(([key, series]) => ({ key, title: "", latex: null, of: "", series })), ...rate];
}

/**
 * The charts of several runs: one for each quantity, with a line for each run that has it. The rates come first, then
 * the slope, then the names of the rules, those that belong to one letter together.
 * @param {Told[]} all
 * @param {string[]} parameters  names
 * @param {number} parameter  index of the one whose quantities are shown
 * @returns {Group[]}
 */
export function togetherOf(all, parameters, parameter) {
  const rated = parameters.length > PLANE ? [parameters[parameter]] : parameters;
  const rates = rated.map((name) => groupFrom(RATE, all.flatMap((told) => rateIn(told, name))));
  const slopes = groupFrom(`${SLOPE} in ${parameters[parameter]}`, all.flatMap((told) => gradientOf(told, parameter, false)));
  /** @type {Map<string, Series[]>} */
  const others = new Map();
  for (const one of all.flatMap((told) => named(told, parameters[parameter]))) others.set(one.of, [...(others.get(one.of) ?? []), one]);
  const stems = [...new Set([...others.keys()].map(stem))];
  const order = [...others.keys()].sort((a, b) => stems.indexOf(stem(a)) - stems.indexOf(stem(b)));
  return [...rates, slopes, ...order.map((name) => groupFrom("", others.get(name) ?? []))].filter(({ series }) => series.length > 0);
}

/** @param {string} title @param {Series[]} series  of one quantity @returns {Group} */
const groupFrom = (title, series) => ({ key: series[0]?.of ?? title, title, latex: series[0]?.latex ?? null, of: series[0]?.of ?? "", series });

/** Of the way that a line goes, what is left of it once it has as good as arrived. */
const LEFT = 0.1;

/** @param {Series} series @returns {number} the step from which on it stays near its last value; NaN where it never moved */
export function settledAt({ values, first }) {
  const last = values[values.length - 1];
  const away = Array.from(values, (value) => Math.abs(value - last));
  const far = Math.max(...away.filter(Number.isFinite));
  return far > 0 ? first + away.findLastIndex((value) => value > LEFT * far) + 1 : NaN;
}

/** Whether some rate does all it does within the first steps. @param {Group[]} groups @param {number} first  steps @param {number} longest */
export function isEarly(groups, first, longest) {
  return longest > 2 * first && groups.some(({ title, series }) => title === RATE && series.some((one) => settledAt(one) <= first / 2));
}
