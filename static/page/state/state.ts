/** The state of the page at its start, its address, and the spec that it sends to the server. */
import { sameValue } from "../math/values.ts";
import { emptyAddress } from "./address.ts";
import { hidesAhead, NO_EXERCISE, withExercise } from "./exercise.ts";
import type { Entry, Exercise, Momentary, PageAddress, ServerReplies, Settings, Spec, State } from "./types.ts";

/** How many colours, dashes and markers there are: a ninth run looks like the first. */
export const SLOTS = 8;

/**
 * The entries of an address. Entries that differ from those before get new ids, so that no answer to another entry is
 * taken for theirs.
 * @param before  entries until now
 * @param first  the id of the first that is none of them
 */
function entriesOf(address: PageAddress, before: Entry[], first: number): Entry[] {
  const { slots, hidden } = address.display;
  return address.spec.optimizers.map((optimizer, k) => {
    const entryBefore = before[k];
    const same = entryBefore && sameValue(entryBefore.optimizer, optimizer);
    return {
      id: same ? entryBefore.id : first + k,
      slot: (slots?.[k] ?? k) % SLOTS,
      hidden: hidden.includes(k),
      optimizer,
    };
  });
}

/** @returns the highest id that an entry has or had */
export const highestId = ({ entries, lastId }: Pick<State, "entries" | "lastId">): number =>
  Math.max(lastId, ...entries.map(({ id }) => id));

/** Keeps the ids of entries that are gone from those that come: replies to these may still be on their way. */
export const withLastId = (state: State, before: State): State =>
  state.entries === before.entries ? state : { ...state, lastId: highestId(before) };

/**
 * @param before  entries until now
 * @param first  the id of the first that is none of them
 */
function settingsOf(address: PageAddress, before: Entry[], first: number): Settings {
  const {
    spec: { problem, start, stop, seed },
    window,
    display,
  } = address;
  const entries = entriesOf(address, before, first);
  const selected = display.selected === null ? null : (entries[display.selected]?.id ?? null);
  const { columns, count, projector, seeds, table, explain } = display;
  const ofDisplay = { columns, count, selected, projector, seeds, table, explain };
  return { problem, start, window, entries, stop, seed, ...ofDisplay };
}

/** @returns with nothing on it */
export function emptyState(): State {
  const answered: ServerReplies = {
    catalog: null,
    problemOnMap: null,
    described: null,
    runs: {},
    stream: null,
    replies: {},
    latestKeys: {},
    fault: null,
  };
  const momentary: Momentary = {
    lastId: 0,
    theme: "day",
    panel: null,
    shownForGood: [],
    tilted: false,
    hovered: null,
    highlighted: null,
    moving: false,
    edit: { kind: "open" },
    planeWindow: null,
    mapGrid: null,
    showsSweeps: false,
    unusedStart: [],
    remark: null,
    bundle: null,
    exercise: NO_EXERCISE,
  };
  return { ...settingsOf(emptyAddress(), [], 1), ...answered, ...momentary };
}

/** What an address says of what lies ahead of the playhead. */
function aheadIn({ hides, step }: PageAddress["display"]): Exercise["ahead"] {
  if (hides) return "hidden";
  return step === null ? "undecided" : "shown";
}

/** The state with the settings of another address. Answers stay until others replace them. */
export function withAddress(state: State, address: PageAddress): State {
  const { ahead } = state.exercise;
  return {
    ...withExercise(state, {
      ahead: ahead === "held" ? ahead : aheadIn(address.display),
      proposes: false,
      answer: null,
      guesses: null,
    }),
    ...settingsOf(address, state.entries, highestId(state) + 1),
    unusedStart: [],
    moving: false,
    hovered: null,
    fault: null,
  };
}

/**
 * The address of what is set.
 * @param step  where the playhead rests; null while it plays or is at the end. The start is said where something
 *   explains the first step: else what is opened runs from there.
 */
export function addressOf(state: State, step: number | null): PageAddress {
  const { entries, window, columns, count, projector, seeds, table, explain } = state;
  const slots = entries.map((entry) => entry.slot);
  const indexOf = (id: number | null) => entries.findIndex((entry) => entry.id === id);
  const selected = indexOf(state.selected);
  return {
    spec: specOf(state),
    window,
    display: {
      selected: selected < 0 ? null : selected,
      hidden: entries.flatMap((entry, k) => (entry.hidden ? [k] : [])),
      slots: slots.every((slot, k) => slot === k % SLOTS) ? null : slots,
      step: step || (explain.explanation ? step : null),
      columns,
      count,
      projector,
      seeds,
      table,
      hides: hidesAhead(state),
      explain,
    },
  };
}

/**
 * @param entries  those to run, by default all
 * @returns the body of a request
 */
export function specOf(settings: Settings, entries: Entry[] = settings.entries): Spec {
  const { problem, start, stop, seed } = settings;
  return { problem, start, optimizers: entries.map((entry) => entry.optimizer), stop, seed };
}

/** @returns a key of the problem: problems with the same key have the same landscape */
export function problemKey({ problem }: Pick<Settings, "problem">): string {
  return JSON.stringify(problem);
}

export const isFormula = ({ problem }: Settings): boolean => problem.expression !== undefined;

export const entryById = ({ entries }: Settings, id: number | null): Entry | undefined =>
  entries.find((entry) => entry.id === id);

/** @returns a key of all that the run of an entry depends on */
export function runKey({ problem, start, stop, seed }: Settings, entry: Entry): string {
  const { label: _, ...values } = entry.optimizer;
  return JSON.stringify([problem, start, stop, seed, values]);
}

/** @returns whether all of the run of an entry has come, as it is now */
export function hasRun(state: Settings & ServerReplies, entry: Entry): boolean {
  const run = state.runs[entry.id];
  return run?.key === runKey(state, entry) && run.end !== null;
}

/** @returns whether no row of a run will come, as the server has refused it */
export const isRefused = ({ fault, runs }: ServerReplies, { id }: Entry): boolean =>
  fault?.kind === "refused" && fault.entry === id && !runs[id];

/** @returns how long the runs in sight are, in steps, and whether all of them have come that will */
export function extentOf(state: Settings & ServerReplies): { length: number; complete: boolean } {
  const awaited = state.entries.filter((entry) => !entry.hidden && !isRefused(state, entry));
  const inSight = awaited.map(({ id }) => state.runs[id]);
  const complete = inSight.length > 0 && inSight.every((run) => run && (run.end !== null || run.cut));
  return { length: Math.max(0, ...inSight.map((run) => (run?.length ?? 1) - 1)), complete };
}

/** @returns whether the map shows an earlier problem than the one asked for */
export function isStale(state: State): boolean {
  return state.problemOnMap !== null && state.problemOnMap.key !== problemKey(state);
}

/** @returns whether runs are drawn that were asked for before the last change */
export const hasRunsBefore = (state: State): boolean =>
  state.entries.some((entry) => state.runs[entry.id] && state.runs[entry.id].key !== runKey(state, entry));

/** @returns whether anything of what is shown is of before the last change */
export const isBehind = (state: State): boolean => isStale(state) || hasRunsBefore(state);

/** @returns whether the server has refused a formula of one's own */
export const isFormulaRefused = (state: State): boolean =>
  state.fault?.kind === "refused" &&
  isFormula(state) &&
  state.fault.errors.some(({ loc }) => loc.includes("expression"));
