/** Converts between the state of a figure, its address and the spec sent to the server, and has common queries. */
import { sameValue } from "../math/values.ts";
import { emptyAddress } from "./address.ts";
import { hidesAhead, NO_EXERCISE, withExercise } from "./exercise.ts";
import { defaultSlots, SLOTS } from "./slots.ts";
import type { Entry, Exercise, Momentary, PageAddress, ServerReplies, Settings, Spec, State } from "./types.ts";

/**
 * Makes the entries of an address. Those that differ from the entry before get a new id, so that no late reply to that
 * one is taken for theirs.
 * @param before  the present entries
 * @param first  the first unused id
 */
function entriesOf(address: PageAddress, before: Entry[], first: number): Entry[] {
  const { optimizers } = address.spec;
  const { hidden } = address.display;
  const slots = address.display.slots ?? [];
  const byRule = defaultSlots(optimizers);
  return optimizers.map((optimizer, k) => {
    const entryBefore = before[k];
    const same = entryBefore && sameValue(entryBefore.optimizer, optimizer);
    return {
      id: same ? entryBefore.id : first + k,
      slot: (slots[k] ?? byRule[k]) % SLOTS,
      hidden: hidden.includes(k),
      optimizer,
    };
  });
}

/** @returns the highest id that an entry has or had */
export const highestId = ({ entries, lastId }: Pick<State, "entries" | "lastId">): number =>
  Math.max(lastId, ...entries.map(({ id }) => id));

/** Records the highest id in use, so that new entries never reuse an id to which replies may still arrive. */
export const withLastId = (state: State, before: State): State =>
  state.entries === before.entries ? state : { ...state, lastId: highestId(before) };

/** @param before  the present entries @param first  the first unused id */
function settingsOf(address: PageAddress, before: Entry[], first: number): Settings {
  const {
    spec: { problem, start, stop, seed },
    window,
    display,
  } = address;
  const entries = entriesOf(address, before, first);
  const idAt = (index: number | null) => entries[index ?? -1]?.id ?? null;
  const selected = idAt(display.selected);
  const { columns, count, projector, seeds, table } = display;
  const explain = { ...display.explain, against: idAt(display.explain.against) };
  const ofDisplay = { columns, count, selected, projector, seeds, table, explain };
  return { problem, start, window, entries, stop, seed, ...ofDisplay };
}

/** @returns the state of a figure without problem and runs */
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
    pinned: [],
    tilted: false,
    hovered: null,
    highlighted: null,
    dragging: false,
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

/** @returns how the exercise of an address begins: rows ahead hidden, shown, or yet to be decided */
function aheadIn({ hides, step }: PageAddress["display"]): Exercise["ahead"] {
  if (hides) return "hidden";
  return step === null ? "undecided" : "shown";
}

/** Applies the settings of another address. Replies stay until others replace them. */
export function withAddress(state: State, address: PageAddress): State {
  const { ahead } = state.exercise;
  return {
    ...withExercise(state, {
      ahead: ahead === "startOnly" ? ahead : aheadIn(address.display),
      proposes: false,
      answer: null,
      changeAnswer: null,
      guesses: null,
    }),
    ...settingsOf(address, state.entries, highestId(state) + 1),
    unusedStart: [],
    dragging: false,
    hovered: null,
    fault: null,
  };
}

/**
 * @returns the address of the state
 * @param step  where the playhead rests; null while it plays or is at the end. Step 0 is only written while an
 *   explanation is open, as an address without a step plays from the start.
 */
export function addressOf(state: State, step: number | null): PageAddress {
  const { entries, window, columns, count, projector, seeds, table, explain } = state;
  const slots = entries.map((entry) => entry.slot);
  const indexOf = (id: number | null) => {
    const index = entries.findIndex((entry) => entry.id === id);
    return index < 0 ? null : index;
  };
  return {
    spec: specOf(state),
    window,
    display: {
      selected: indexOf(state.selected),
      hidden: entries.flatMap((entry, k) => (entry.hidden ? [k] : [])),
      slots: sameValue(slots, defaultSlots(entries.map(({ optimizer }) => optimizer))) ? null : slots,
      step: step || (explain.explanation ? step : null),
      columns,
      count,
      projector,
      seeds,
      table,
      hides: hidesAhead(state),
      explain: { ...explain, against: indexOf(explain.against) },
    },
  };
}

/**
 * @param entries  those to run, by default all
 * @returns the spec, which is the body of a request for runs
 */
export function specOf(settings: Settings, entries: Entry[] = settings.entries): Spec {
  const { problem, start, stop, seed } = settings;
  return { problem, start, optimizers: entries.map((entry) => entry.optimizer), stop, seed };
}

/** @returns a key of the problem: with equal keys landscapes are equal */
export function problemKey({ problem }: Pick<Settings, "problem">): string {
  return JSON.stringify(problem);
}

export const isFormula = ({ problem }: Settings): boolean => problem.expression !== undefined;

export const entryById = ({ entries }: Settings, id: number | null): Entry | undefined =>
  entries.find((entry) => entry.id === id);

/** @returns a key of all that the run of an entry depends on, which leaves out its label */
export function runKey({ problem, start, stop, seed }: Settings, entry: Entry): string {
  const { label: _, ...values } = entry.optimizer;
  return JSON.stringify([problem, start, stop, seed, values]);
}

/** @returns whether the whole run of an entry, as it is set, has been received */
export function hasRun(state: Settings & ServerReplies, entry: Entry): boolean {
  const run = state.runs[entry.id];
  return run?.key === runKey(state, entry) && run.end !== null;
}

/** @returns whether the server has refused a run, and no row of it was received before */
export const isRefused = ({ fault, runs }: ServerReplies, { id }: Entry): boolean =>
  fault?.kind === "refused" && fault.entry === id && !runs[id];

/** @returns length: steps of the longest visible run; complete: whether all visible runs have been received */
export function extentOf(state: Settings & ServerReplies): { length: number; complete: boolean } {
  const awaited = state.entries.filter((entry) => !entry.hidden && !isRefused(state, entry));
  const inSight = awaited.map(({ id }) => state.runs[id]);
  const complete = inSight.length > 0 && inSight.every((run) => run && (run.end !== null || run.cut));
  return { length: Math.max(0, ...inSight.map((run) => (run?.length ?? 1) - 1)), complete };
}

/** @returns whether the map still shows an earlier problem than the one that is set */
export function showsEarlierProblem(state: State): boolean {
  return state.problemOnMap !== null && state.problemOnMap.key !== problemKey(state);
}

/** @returns whether runs are drawn that belong to earlier settings */
export const hasRunsBefore = (state: State): boolean =>
  state.entries.some((entry) => state.runs[entry.id] && state.runs[entry.id].key !== runKey(state, entry));

/** @returns whether the problem or any run that is drawn belongs to earlier settings */
const isOutdated = (state: State): boolean => showsEarlierProblem(state) || hasRunsBefore(state);

/** @returns whether what is drawn is of before a change that was refused or not answered; the map is pale then */
export const isStale = (state: State): boolean =>
  state.fault?.kind === "unreachable"
    ? isOutdated(state)
    : state.fault?.kind === "refused" && showsEarlierProblem(state);

/** @returns whether the server has refused a formula of one's own */
export const isFormulaRefused = (state: State): boolean =>
  state.fault?.kind === "refused" &&
  isFormula(state) &&
  state.fault.errors.some(({ loc }) => loc.includes("expression"));
