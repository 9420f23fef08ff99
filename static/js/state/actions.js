/**
 * What can be done to what runs: pure functions from a state to the next. Each names its edit, so that the history
 * of the browser can take changes of one kind in a row for one.
 */
import { dataViewOf, isLineFit, optimizerOf, suggestedRates } from "./catalog.js";
import { nextId, SLOTS, withView } from "./state.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").OptimizerSpec} OptimizerSpec */
/** @typedef {import("./types.js").ProblemSpec} ProblemSpec */
/** @typedef {import("./types.js").ScheduleSpec} ScheduleSpec */
/** @typedef {import("./types.js").StopSpec} StopSpec */
/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Window} Window */

/** @param {State} state @param {View} view @returns {State} */
export function openView(state, view) {
  return { ...withView(state, view), edit: "open" };
}

/**
 * Stand on another problem, from its own start and with learning rates that suit it where they are known.
 * @param {State} state @param {ProblemSpec} problem @returns {State}
 */
export function chooseProblem(state, problem) {
  const rates = suggestedRates(state.catalog, problem);
  const entries = state.entries.map((entry) => withRate(entry, rates[entry.optimizer.name ?? ""]));
  const start = dataViewOf(state.catalog, problem)?.start ?? null;
  const next = { ...state, problem, start, spare: [], window: null, entries, fault: null, hovered: null };
  return { ...next, entries: entries.map((entry) => fitted(next, entry)), edit: `problem ${JSON.stringify(problem)}`, moving: false };
}

/** @param {Entry} entry @param {number | undefined} rate */
function withRate(entry, rate) {
  return rate === undefined ? entry : { ...entry, optimizer: { ...entry.optimizer, learning_rate: rate } };
}

/** What only data can do, a batch, is left out where there are none; what needs chance gets some. @param {State} state @param {Entry} entry */
function fitted(state, entry) {
  if (isLineFit(state.problem)) return entry;
  const { batch_size: _, sampling: __, ...optimizer } = entry.optimizer;
  const needsNoise = optimizerOf(state.catalog, optimizer.name)?.needs_sampling && !optimizer.noise;
  return { ...entry, optimizer: needsNoise ? { ...optimizer, noise: 1 } : optimizer };
}

/** @param {string} expression @returns {number} of its variables */
const countOf = (expression) => (/\by\b/.test(expression) ? 2 : 1);

/**
 * The start that a formula is run from: the one there is, as far as it has variables for it.
 * @param {State} state @param {string} expression @returns {Pick<State, "start" | "spare">}
 */
function startFor({ problem, start, spare, world, catalog }, expression) {
  const shown = isLineFit(problem) ? null : (start ?? world?.start ?? null);
  if (!shown) return { start: null, spare: [] };
  const count = countOf(expression);
  const usual = catalog?.own_formula?.start ?? [];
  const all = [...shown, ...spare, ...usual.slice(shown.length + spare.length)];
  return all.length < count ? { start: null, spare: [] } : { start: all.slice(0, count), spare: [...shown, ...spare].slice(count) };
}

/**
 * The formula as it is being typed. The start stays.
 * @param {State} state @param {string} expression @param {boolean} moving @returns {State}
 */
export function setExpression(state, expression, moving) {
  return { ...state, ...startFor(state, expression), problem: { expression }, window: null, moving, edit: "expression" };
}

/** @param {State} state @param {Partial<ProblemSpec>} change  to the loss or the units of a line fit @returns {State} */
export function changeFit(state, change) {
  const problem = { ...state.problem, ...change };
  if (!problem.standardize) delete problem.standardize;
  const rates = suggestedRates(state.catalog, problem);
  const entries = state.entries.map((entry) => withRate(entry, rates[entry.optimizer.name ?? ""]));
  const start = dataViewOf(state.catalog, problem)?.start ?? null;
  return { ...state, problem, entries, start, spare: [], window: null, edit: "fit", moving: false };
}

/**
 * The points of a line fit as moved, added or removed by hand. While one is held the map stays where it is.
 * @param {State} state @param {[number, number][]} points @param {boolean} moving @returns {State}
 */
export function setPoints(state, points, moving) {
  const { dataset: _, ...rest } = state.problem;
  return { ...state, problem: { ...rest, points }, moving, edit: "points" };
}

/** @param {State} state @param {number[]} start @param {boolean} moving @returns {State} */
export function setStart(state, start, moving) {
  return { ...state, start, moving, edit: "start" };
}

/** @param {State} state @param {Window | null} window @param {boolean} moving @returns {State} */
export function setWindow(state, window, moving) {
  return { ...state, window, moving, edit: "window" };
}

/**
 * @param {State} state @param {number} id @param {(optimizer: OptimizerSpec) => OptimizerSpec} change
 * @returns {Entry[]}
 */
function changed(state, id, change) {
  return state.entries.map((entry) => (entry.id === id ? { ...entry, optimizer: change(entry.optimizer) } : entry));
}

/**
 * A value of a run: a hyperparameter, its batch, its noise, its form. Undefined: the default.
 * @param {State} state @param {number} id @param {string} key @param {unknown} value @param {boolean} moving
 * @returns {State}
 */
export function setValue(state, id, key, value, moving) {
  const entries = changed(state, id, ({ [key]: _, ...rest }) => (value === undefined ? rest : { ...rest, [key]: value }));
  return { ...state, entries, moving, edit: `${key} of ${id}` };
}

/** @param {State} state @param {number} id @param {ScheduleSpec | undefined} schedule @param {boolean} moving @returns {State} */
export function setSchedule(state, id, schedule, moving) {
  const next = schedule?.name === "constant" ? undefined : schedule;
  return { ...setValue(state, id, "schedule", next, moving), edit: `schedule of ${id}` };
}

/** @param {State} state @param {string | undefined} name @returns {number | undefined} */
function rateFor(state, name) {
  return suggestedRates(state.catalog, state.problem)[name ?? ""] ?? undefined;
}

/** Another optimizer in the place of one: its own values, at a rate that suits it. @param {State} state @param {number} id @param {string} name @returns {State} */
export function changeOptimizer(state, id, name) {
  const rate = rateFor(state, name);
  const entries = changed(state, id, () => ({ name, ...(rate === undefined ? {} : { learning_rate: rate }) }));
  const next = { ...state, entries, selected: id, edit: "optimizer", moving: false };
  return { ...next, entries: entries.map((entry) => (entry.id === id ? fitted(next, entry) : entry)) };
}

/** @param {State} state @returns {number} the first palette index that is free */
function freeSlot(state) {
  const used = new Set(state.entries.map((entry) => entry.slot));
  for (let slot = 0; slot < SLOTS; slot++) if (!used.has(slot)) return slot;
  return state.entries.length % SLOTS;
}

/** @param {State} state @param {OptimizerSpec} optimizer @param {number} [after]  id @returns {State} */
function withRun(state, optimizer, after) {
  const entry = fitted(state, { id: nextId(state.entries), slot: freeSlot(state), hidden: false, optimizer });
  const at = after === undefined ? state.entries.length : state.entries.findIndex((known) => known.id === after) + 1;
  const entries = [...state.entries.slice(0, at), entry, ...state.entries.slice(at)];
  return { ...state, entries, selected: entry.id, edit: "runs", moving: false };
}

/** @param {State} state @param {string} name @returns {State} */
export function addRun(state, name) {
  const rate = rateFor(state, name);
  return withRun(state, { name, ...(rate === undefined ? {} : { learning_rate: rate }) });
}

/** The same run once more, to change one thing in it. @param {State} state @param {number} id @returns {State} */
export function copyRun(state, id) {
  const entry = state.entries.find((known) => known.id === id);
  return entry ? withRun(state, { ...entry.optimizer }, id) : state;
}

/** @param {State} state @param {number} id @returns {State} */
export function removeRun(state, id) {
  const entries = state.entries.filter((entry) => entry.id !== id);
  const { [id]: _, ...runs } = state.runs;
  const selected = state.selected === id ? null : state.selected;
  return { ...state, entries, runs, selected, hovered: null, edit: "runs", moving: false };
}

/** @param {State} state @param {number} id @returns {State} */
export function toggleHidden(state, id) {
  const entries = state.entries.map((entry) => (entry.id === id ? { ...entry, hidden: !entry.hidden } : entry));
  return { ...state, entries, edit: "hidden" };
}

/** @param {State} state @param {number | null} id @returns {State} */
export function selectRun(state, id) {
  return state.selected === id ? state : { ...state, selected: id, edit: "selected" };
}

/** @param {State} state @param {Partial<StopSpec>} change @returns {State} */
export function setStop(state, change) {
  return { ...state, stop: { ...state.stop, ...change }, edit: "stop", moving: false };
}

/** @param {State} state @param {number} seed @returns {State} */
export function setSeed(state, seed) {
  return { ...state, seed, edit: "seed", moving: false };
}

/** The hand has left the control. @param {State} state @returns {State} */
export function settle(state) {
  return state.moving ? { ...state, moving: false } : state;
}

/** @param {State} state @param {boolean} projector @returns {State} */
export function setProjector(state, projector) {
  return { ...state, projector, edit: "projector" };
}

/** @param {State} state @param {"day" | "night"} theme @returns {State} */
export function setTheme(state, theme) {
  return { ...state, theme };
}

/** @param {State} state @param {boolean} samples @returns {State} */
export function countSamples(state, samples) {
  return { ...state, samples };
}
