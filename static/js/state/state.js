/** The state of the page: how it begins, and how it stands to the address and to the spec the server reads. */
import { emptyView } from "./address.js";
import { NOTHING_EXPLAINED } from "./explain.js";

/** @typedef {import("./types.js").State} State */
/** @typedef {import("./types.js").Entry} Entry */
/** @typedef {import("./types.js").View} View */
/** @typedef {import("./types.js").Spec} Spec */

/** Colours, dashes and markers there are; a ninth run would look like the first. */
export const SLOTS = 8;

/** @returns {State} with nothing on it */
export function emptyState() {
  const { spec, window } = emptyView();
  return {
    problem: spec.problem, start: spec.start, spare: [], window, entries: [], stop: spec.stop, seed: spec.seed,
    selected: null, projector: false, theme: "day", samples: false, explain: NOTHING_EXPLAINED, moving: false, edit: "open",
    catalog: null, world: null, landscape: null, runs: {}, sweeps: {}, hovered: null, fault: null,
  };
}

/**
 * The entries of a view. An id is new each time, so nothing received for an earlier scene is taken for this one.
 * @param {View} view
 * @param {Entry[]} before  ids and slots in use until now
 * @returns {Entry[]}
 */
function entriesOf(view, before) {
  const { slots, hidden } = view.look;
  const first = nextId(before);
  return view.spec.optimizers.map((optimizer, k) => {
    const known = before[k];
    const same = known && JSON.stringify(known.optimizer) === JSON.stringify(optimizer);
    return { id: same ? known.id : first + k, slot: (slots?.[k] ?? k) % SLOTS, hidden: hidden.includes(k), optimizer };
  });
}

/** @param {Entry[]} entries @returns {number} an id that none of them has or had */
export function nextId(entries) {
  return entries.reduce((most, entry) => Math.max(most, entry.id), 0) + 1;
}

/**
 * The state with another view put in. What has been received stays until it is replaced.
 * @param {State} state
 * @param {View} view
 * @returns {State}
 */
export function withView(state, view) {
  const entries = entriesOf(view, state.entries);
  const { problem, start, stop, seed } = view.spec;
  const selected = view.look.selected === null ? null : (entries[view.look.selected]?.id ?? null);
  return {
    ...state, problem, start, spare: [], stop, seed, window: view.window, entries, selected,
    projector: view.look.projector, samples: view.look.samples, explain: view.look.explain, moving: false, hovered: null, fault: null,
  };
}

/**
 * What the address is to say.
 * @param {State} state
 * @param {number | null} step  where the playhead rests; null while it plays or is at the end
 * @returns {View}
 */
export function viewOf(state, step) {
  const { entries } = state;
  const slots = entries.map((entry) => entry.slot);
  const indexOf = (/** @type {number | null} */ id) => entries.findIndex((entry) => entry.id === id);
  const selected = indexOf(state.selected);
  return {
    spec: specOf(state),
    window: state.window,
    look: {
      selected: selected < 0 ? null : selected,
      hidden: entries.flatMap((entry, k) => (entry.hidden ? [k] : [])),
      slots: slots.every((slot, k) => slot === k % SLOTS) ? null : slots,
      step,
      projector: state.projector,
      samples: state.samples,
      explain: state.explain,
    },
  };
}

/**
 * @param {State} state
 * @param {Entry[]} [entries]  those to run, by default all
 * @returns {Spec} the body of a request
 */
export function specOf(state, entries = state.entries) {
  const { problem, start, stop, seed } = state;
  return { problem, start, optimizers: entries.map((entry) => entry.optimizer), stop, seed };
}

/** @param {State} state @returns {string} the problem as text: two of the same text have the same landscape */
export function problemKey(state) {
  return JSON.stringify(state.problem);
}

/**
 * @param {State} state
 * @param {Entry} entry
 * @returns {string} all that the run of an entry depends on, as text
 */
export function runKey(state, entry) {
  const { label: _, ...values } = entry.optimizer;
  return JSON.stringify([state.problem, state.start, state.stop, state.seed, values]);
}

/** @param {State} state @returns {boolean} whether the map shows an earlier problem than the one asked for */
export function isStale(state) {
  return state.world !== null && state.world.key !== problemKey(state);
}
