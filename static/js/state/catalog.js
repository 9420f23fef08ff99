/** Looking things up in the catalog. Until it has come, names stand for themselves. */

/** @typedef {import("./types.js").Catalog} Catalog */
/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").OptimizerSpec} OptimizerSpec */
/** @typedef {import("./types.js").Param} Param */
/** @typedef {import("./types.js").ProblemSpec} ProblemSpec */

/** @param {string} name  in snake_case @returns {string} readable */
export function fromSnake(name) {
  const words = name.replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** @param {Catalog | null} catalog @param {string | undefined} name */
export const optimizerOf = (catalog, name) => catalog?.optimizers.find((known) => known.name === name) ?? null;

/** @param {Catalog | null} catalog @param {string | undefined} name */
export const surfaceOf = (catalog, name) => catalog?.surfaces.find((known) => known.name === name) ?? null;

/** @param {Catalog | null} catalog @param {string | undefined} name */
export const datasetOf = (catalog, name) => catalog?.datasets.find((known) => known.name === name) ?? null;

/** @param {Catalog | null} catalog @param {string | undefined} name */
export const scheduleOf = (catalog, name) => catalog?.schedules.find((known) => known.name === name) ?? null;

/**
 * @param {Catalog | null} catalog
 * @param {OptimizerSpec} optimizer
 * @returns {string} without what tells it from another run of the same optimizer
 */
export function labelOf(catalog, optimizer) {
  if (optimizer.label) return optimizer.label;
  if (optimizer.rule) return "Own rule";
  return optimizerOf(catalog, optimizer.name)?.label ?? fromSnake(optimizer.name ?? "");
}

/**
 * The value in force of a hyperparameter.
 * @param {Catalog | null} catalog
 * @param {OptimizerSpec} optimizer
 * @param {string} name
 * @returns {number | null} null where neither says one
 */
export function valueOf(catalog, optimizer, name) {
  const given = optimizer[name];
  if (typeof given === "number") return given;
  return optimizerOf(catalog, optimizer.name)?.params.find((param) => param.name === name)?.default ?? null;
}

/** @param {ProblemSpec} problem @returns {boolean} */
export const isLineFit = (problem) => problem.dataset !== undefined || problem.points !== undefined;

/** @param {import("./types.js").State} state @returns {[number, number][]} of a line fit as given, not standardised */
export function pointsOf({ catalog, problem }) {
  return problem.points ?? datasetOf(catalog, problem.dataset)?.points ?? [];
}

/**
 * @param {Catalog | null} catalog
 * @param {ProblemSpec} problem
 * @returns {string} the title of its map
 */
export function titleOf(catalog, problem) {
  if (problem.surface) return surfaceOf(catalog, problem.surface)?.label ?? fromSnake(problem.surface);
  if (problem.dataset) return datasetOf(catalog, problem.dataset)?.label ?? fromSnake(problem.dataset);
  return problem.points ? "Your points" : "Your formula";
}

/**
 * Learning rates that go well on a problem.
 * @param {Catalog | null} catalog
 * @param {ProblemSpec} problem
 * @returns {Record<string, number>} by the name of the optimizer; empty where none are known
 */
export function suggestedRates(catalog, problem) {
  return surfaceOf(catalog, problem.surface)?.suggested ?? dataViewOf(catalog, problem)?.suggested[problem.loss ?? "ssr"] ?? {};
}

/**
 * Where a line fit on a data set of the catalog is best looked at from, in the units it is fitted in.
 * @param {Catalog | null} catalog
 * @param {ProblemSpec} problem
 */
export function dataViewOf(catalog, problem) {
  const dataset = datasetOf(catalog, problem.dataset);
  return (problem.standardize ? dataset?.standardized : dataset?.raw) ?? null;
}

/**
 * Names that tell the runs apart: where two are called the same, the first thing they differ in is added.
 * @param {Catalog | null} catalog
 * @param {Entry[]} entries
 * @param {(value: number) => string} print
 * @returns {string[]}
 */
export function namesOf(catalog, entries, print) {
  const labels = entries.map((entry) => labelOf(catalog, entry.optimizer));
  return entries.map((entry, k) => {
    const twins = entries.filter((_, other) => other !== k && labels[other] === labels[k]);
    return twins.length ? `${labels[k]} ${difference(catalog, entry, twins, print)}` : labels[k];
  });
}

/**
 * @param {Catalog | null} catalog @param {Entry} entry @param {Entry[]} twins @param {(value: number) => string} print
 */
function difference(catalog, entry, twins, print) {
  const rate = (/** @type {Entry} */ one) => valueOf(catalog, one.optimizer, "learning_rate");
  const own = rate(entry);
  if (own !== null && twins.every((twin) => rate(twin) !== own)) return print(own);
  const { form, schedule } = entry.optimizer;
  if (form) return form;
  if (schedule) return schedule.name.replace(/_/g, " ");
  const keys = Object.keys({ ...entry.optimizer, ...twins[0].optimizer });
  const key = keys.find((name) => name !== "learning_rate" && valueOf(catalog, entry.optimizer, name) !== valueOf(catalog, twins[0].optimizer, name));
  const value = key ? valueOf(catalog, entry.optimizer, key) : null;
  if (key && value !== null) return `${key.replace(/_/g, " ")} ${print(value)}`;
  return own === null ? "" : print(own);
}
