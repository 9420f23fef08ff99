/** The state of the page: how it begins, and how it stands to the address and to the spec the server reads. */
import { emptyAddress } from "./address.ts";
import { NOTHING_EXPLAINED } from "./explain.ts";
import type { Entry, Spec, State, PageAddress } from "./types.ts";

/** Colours, dashes and markers there are; a ninth run would look like the first. */
export const SLOTS = 8;

/** @returns with nothing on it */
export function emptyState(): State {
  const { spec, window } = emptyAddress();
  return {
    problem: spec.problem, start: spec.start, spare: [], window, entries: [], stop: spec.stop, seed: spec.seed,
    selected: null, projector: false, theme: "day", samples: false, explain: NOTHING_EXPLAINED, moving: false, edit: "open",
    catalog: null, problemOnMap: null, landscape: null, runs: {}, sweeps: {}, hovered: null, highlighted: null, shares: null, tab: "runs", fault: null,
  };
}

/**
 * The entries of a address. An id is new each time, so nothing received for an earlier scene is taken for this one.
 * @param before  ids and slots in use until now
 */
function entriesOf(address: PageAddress, before: Entry[]): Entry[] {
  const { slots, hidden } = address.display;
  const first = nextId(before);
  return address.spec.optimizers.map((optimizer, k) => {
    const known = before[k];
    const same = known && JSON.stringify(known.optimizer) === JSON.stringify(optimizer);
    return { id: same ? known.id : first + k, slot: (slots?.[k] ?? k) % SLOTS, hidden: hidden.includes(k), optimizer };
  });
}

/** @returns an id that none of them has or had */
export function nextId(entries: Entry[]): number {
  return entries.reduce((most, entry) => Math.max(most, entry.id), 0) + 1;
}

/** The state with another address put in. What has been received stays until it is replaced. */
export function withAddress(state: State, address: PageAddress): State {
  const entries = entriesOf(address, state.entries);
  const { problem, start, stop, seed } = address.spec;
  const selected = address.display.selected === null ? null : (entries[address.display.selected]?.id ?? null);
  return {
    ...state, problem, start, spare: [], stop, seed, window: address.window, entries, selected,
    projector: address.display.projector, samples: address.display.samples, explain: address.display.explain, moving: false, hovered: null, fault: null,
  };
}

/**
 * What the address is to say.
 * @param step  where the playhead rests; null while it plays or is at the end
 */
export function addressOf(state: State, step: number | null): PageAddress {
  const { entries } = state;
  const slots = entries.map((entry) => entry.slot);
  const indexOf = (id: number | null) => entries.findIndex((entry) => entry.id === id);
  const selected = indexOf(state.selected);
  return {
    spec: specOf(state),
    window: state.window,
    display: {
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
 * @param entries  those to run, by default all
 * @returns the body of a request
 */
export function specOf(state: State, entries: Entry[] = state.entries): Spec {
  const { problem, start, stop, seed } = state;
  return { problem, start, optimizers: entries.map((entry) => entry.optimizer), stop, seed };
}

/** @returns the problem as text: two of the same text have the same landscape */
export function problemKey(state: State): string {
  return JSON.stringify(state.problem);
}

/** @returns all that the run of an entry depends on, as text */
export function runKey(state: State, entry: Entry): string {
  const { label: _, ...values } = entry.optimizer;
  return JSON.stringify([state.problem, state.start, state.stop, state.seed, values]);
}

/** @returns whether the map shows an earlier problem than the one asked for */
export function isStale(state: State): boolean {
  return state.problemOnMap !== null && state.problemOnMap.key !== problemKey(state);
}
