/**
 * The rows of a run as they come in: one Float64Array a column, which grows by doubling. Appending writes only beyond
 * the length, so an earlier value of the run stays as it was.
 */

/** @typedef {import("./types.js").Columns} Columns */

/**
 * Columns as the API sends them, keyed by the name of the parameter.
 * @typedef {object} WireColumns
 * @property {Record<string, number[]>} parameters
 * @property {number[]} loss
 * @property {Record<string, number[]>} [gradient]
 * @property {number[]} [learning_rate]
 * @property {number[]} [step_size]
 * @property {number[][] | null} [batch]
 */

/**
 * An array that holds `values` from `at` on; the same one while there is room.
 * @param {Float64Array} array
 * @param {number} at
 * @param {ArrayLike<number>} values
 * @returns {Float64Array}
 */
function placed(array, at, values) {
  const needed = at + values.length;
  const target = needed <= array.length ? array : grown(array, needed);
  target.set(values, at);
  return target;
}

/** @param {Float64Array} array @param {number} needed */
function grown(array, needed) {
  const larger = new Float64Array(Math.max(needed, 2 * array.length));
  larger.set(array);
  return larger;
}

/** @param {Float64Array | null | undefined} before @param {number} at @param {number[] | undefined} values */
function stepColumn(before, at, values) {
  if (!values) return null;
  return placed(before ?? new Float64Array(0), at, values);
}

/** @returns {Columns} */
function empty() {
  return { parameters: [], loss: new Float64Array(0), gradient: null, learningRate: null, stepSize: null, batch: null };
}

/**
 * The columns with the rows from `from` on put in.
 * @param {Columns | null} before
 * @param {string[]} names  of the parameters, in order
 * @param {WireColumns} wire
 * @param {number} [from]
 * @returns {Columns}
 */
export function append(before, names, wire, from = 0) {
  const old = before ?? empty();
  const at = Math.max(0, from - 1);
  const gradient = wire.gradient;
  return {
    parameters: names.map((name, k) => placed(old.parameters[k] ?? new Float64Array(0), from, wire.parameters[name])),
    loss: placed(old.loss, from, wire.loss),
    gradient: gradient ? names.map((name, k) => placed(old.gradient?.[k] ?? new Float64Array(0), at, gradient[name])) : null,
    learningRate: stepColumn(old.learningRate, at, wire.learning_rate),
    stepSize: stepColumn(old.stepSize, at, wire.step_size),
    batch: wire.batch ? [...(old.batch ?? []).slice(0, at), ...wire.batch] : null,
  };
}

/**
 * The point of one row.
 * @param {Columns} columns
 * @param {number} row
 * @returns {number[]}
 */
export function pointAt(columns, row) {
  return columns.parameters.map((column) => column[row]);
}
