/** What is done to a rule of one's own: pure functions, like the other actions. */
import { addRun, copyRun } from "./actions.js";
import { labelOf, optimizerOf, suggestedRates, valueOf } from "./catalog.js";
import { explain } from "./explain.js";
import { namesIn, paramNamed } from "./ruleNames.js";
import { ruleOf, turnInto } from "./rules.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Catalog} Catalog */
/** @typedef {import("./types.js").OptimizerSpec} OptimizerSpec */

/** Longest label the server takes. */
const LONGEST_LABEL = 40;

/** What is said of a run whatever its rule. @param {OptimizerSpec} optimizer */
function common({ learning_rate, label, schedule, noise, batch_size, sampling }) {
  const all = { learning_rate, label, schedule, noise, batch_size, sampling };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/**
 * @param {Catalog | null} catalog
 * @param {OptimizerSpec} before
 * @param {string} rule
 * @param {Record<string, number>} remembered  values that names have had
 * @returns {OptimizerSpec}
 */
function withRule(catalog, before, rule, remembered) {
  const { states, hyperparameters } = namesIn(rule, catalog);
  const values = hyperparameters.map((name) => [name, before[name] ?? remembered[name] ?? valueOf(catalog, before, name) ?? paramNamed(catalog, name).default]);
  const first = /** @type {Record<string, unknown>} */ (before.initial ?? optimizerOf(catalog, before.name)?.initial ?? {});
  const initial = Object.entries(first).filter(([name]) => states.includes(name));
  const rate = before.learning_rate ?? valueOf(catalog, before, "learning_rate") ?? 0.01;
  return { rule, ...common(before), learning_rate: rate, ...Object.fromEntries(values), ...(initial.length ? { initial: Object.fromEntries(initial) } : {}) };
}

/**
 * The rule as it is being typed.
 * @param {State} state @param {number} id @param {string} rule @param {boolean} moving
 * @param {Record<string, number>} [remembered]
 * @returns {State}
 */
export function setRule(state, id, rule, moving, remembered = {}) {
  const entry = state.entries.find((known) => known.id === id);
  if (!entry) return state;
  const fault = state.fault?.kind === "refused" && state.fault.entry === id ? null : state.fault;
  return { ...turnInto(state, id, withRule(state.catalog, entry.optimizer, rule, remembered)), selected: id, fault, moving, edit: `rule of ${id}` };
}

/** @param {State} state @param {number} id @param {string} label @returns {State} */
export function setLabel(state, id, label) {
  const entry = state.entries.find((known) => known.id === id);
  if (!entry) return state;
  const { label: _, ...rest } = entry.optimizer;
  const given = label.trim().slice(0, LONGEST_LABEL);
  return { ...turnInto(state, id, given ? { ...rest, label: given } : rest), edit: `label of ${id}` };
}

/**
 * A run of one's own beside another, which begins as the same rule.
 * @param {State} state @param {number} id @param {string} [rule]
 * @returns {State} with the new run selected
 */
export function ownBeside(state, id, rule) {
  const entry = state.entries.find((known) => known.id === id);
  const copied = copyRun(state, id);
  if (!entry || copied.selected === null) return state;
  const label = `My ${labelOf(state.catalog, entry.optimizer)}`.slice(0, LONGEST_LABEL);
  const own = { ...withRule(state.catalog, entry.optimizer, rule ?? ruleOf(state.catalog, entry.optimizer), {}), label };
  return { ...turnInto(copied, copied.selected, own), edit: "runs" };
}

/** What a rule of one's own begins as where there is none: short, and with an average in it. */
const FIRST = "momentum";

/** A rule of one's own as a new run, open to be written. @param {State} state @returns {State} */
export function addOwn(state) {
  const added = addRun(state, FIRST);
  const entry = added.entries.find(({ id }) => id === added.selected);
  if (!entry) return state;
  const own = { ...withRule(added.catalog, entry.optimizer, ruleOf(added.catalog, entry.optimizer), {}), label: "My rule" };
  return { ...explain(turnInto(added, entry.id, own), { drawer: "rule" }), edit: "runs" };
}

/** Begin again from a rule of the catalog, at a rate that suits it. @param {State} state @param {number} id @param {OptimizerSpec} from @returns {State} */
export function restartFrom(state, id, from) {
  const entry = state.entries.find((known) => known.id === id);
  if (!entry) return state;
  const { label, schedule, noise, batch_size, sampling } = entry.optimizer;
  const learning_rate = suggestedRates(state.catalog, state.problem)[from.name ?? ""] ?? valueOf(state.catalog, from, "learning_rate") ?? undefined;
  const own = withRule(state.catalog, { ...from, ...common({ label, learning_rate, schedule, noise, batch_size, sampling }) }, ruleOf(state.catalog, from), {});
  return { ...turnInto(state, id, own), selected: id, edit: `rule of ${id}` };
}
