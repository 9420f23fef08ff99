/** The text of the rule that a run goes by. */
import { optimizerOf } from "./catalog.js";

/** @typedef {import("./types.js").Catalog} Catalog */
/** @typedef {import("./types.js").OptimizerSpec} OptimizerSpec */

/** @param {Catalog | null} catalog @param {OptimizerSpec} optimizer @returns {string} empty until the catalog has come */
export function ruleOf(catalog, { rule, name, form }) {
  if (rule !== undefined) return rule;
  const known = optimizerOf(catalog, name);
  return known?.forms.find((each) => each.name === form)?.rule ?? known?.rule ?? "";
}
