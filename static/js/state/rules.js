/** The text of the rule that a run goes by. */
import { evaluate } from "../math/formula.js";
import { copyRun } from "./actions.js";
import { optimizerOf, valueOf } from "./catalog.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Catalog} Catalog */
/** @typedef {import("./types.js").OptimizerSpec} OptimizerSpec */

/** @param {Catalog | null} catalog @param {OptimizerSpec} optimizer @returns {string} empty until the catalog has come */
export function ruleOf(catalog, { rule, name, form }) {
  if (rule !== undefined) return rule;
  const known = optimizerOf(catalog, name);
  return known?.forms.find((each) => each.name === form)?.rule ?? known?.rule ?? "";
}

/**
 * The formula by which a run's rule comes to a quantity.
 * @param {Catalog | null} catalog
 * @param {OptimizerSpec} optimizer
 * @param {string} quantity
 * @returns {string | null} LaTeX; null for a rule of one's own, which the catalog does not print
 */
export function formulaOf(catalog, { name, form }, quantity) {
  const known = optimizerOf(catalog, name);
  const printed = known?.forms.find((each) => each.name === form) ?? known;
  const at = (printed?.rule ?? "").split("\n").findIndex((line) => line.split("=")[0].trim() === quantity);
  return printed?.latex?.[at] ?? null;
}

/**
 * What of an equal rule is to be run so that it walks the path of this one.
 * @param {Catalog | null} catalog
 * @param {OptimizerSpec} optimizer
 * @param {import("./types.js").Equal} equal
 * @returns {OptimizerSpec}
 */
export function converted(catalog, optimizer, { name, form, values }) {
  const params = optimizerOf(catalog, optimizer.name)?.params ?? [];
  const own = Object.fromEntries(params.map((param) => [param.name, valueOf(catalog, optimizer, param.name) ?? param.default]));
  const changed = Object.fromEntries(Object.entries(values).map(([key, text]) => [key, Number(evaluate(text, own).toPrecision(12))]));
  const { name: _, form: __, label: ___, ...rest } = optimizer;
  return { name, ...(form === "standard" ? {} : { form }), ...rest, ...changed };
}

/** Another optimizer in the place of one, as it is. @param {State} state @param {number} id @param {OptimizerSpec} optimizer @returns {State} */
export function turnInto(state, id, optimizer) {
  const entries = state.entries.map((entry) => (entry.id === id ? { ...entry, optimizer } : entry));
  return { ...state, entries, edit: "optimizer", moving: false };
}

/** A run beside another one, which stays the selected. @param {State} state @param {number} id @param {OptimizerSpec} optimizer @returns {State} */
export function addBeside(state, id, optimizer) {
  const copied = copyRun(state, id);
  return copied.selected === null || copied === state ? state : { ...turnInto(copied, copied.selected, optimizer), selected: id, edit: "runs" };
}
