/**
 * Actions are pure functions from one state to the next. Most set `edit`, so that consecutive edits of one kind are one
 * step of undo and one entry of the browser's history. Actions that cannot be undone, such as the theme, leave it as
 * it is.
 */

import type { ThemeName } from "../math/palette.ts";
import { fitDefaultsOf, suggestedRateOf, suggestedRates } from "./catalog.ts";
import type { Snapshot } from "./edits.ts";
import {
  adaptedToProblem,
  withOptimizer,
  withoutBatchFields,
  withoutChanges,
  withoutRepeats,
  withRate,
} from "./entries.ts";
import { showsStartOnly, withExercise } from "./exercise.ts";
import { withSuitableOptimizer } from "./refusedFields.ts";
import { withRemark } from "./remark.ts";
import { slotOfAdded } from "./slots.ts";
import { planeOnMap } from "./stage.ts";
import { entryById, highestId, problemKey, withAddress } from "./state.ts";
import type { Edit, OptimizerSpec, PageAddress, ProblemSpec, State, StopSpec, Window } from "./types.ts";

export function openAddress(state: State, address: PageAddress): State {
  return { ...withAddress(state, address), edit: { kind: "open" } };
}

/** Chooses a problem, with its own start, the rates suggested for it, the usual seed and no batches. */
export function chooseProblem(state: State, problem: ProblemSpec, columns: State["columns"] = null): State {
  const rates = suggestedRates(state.catalog, problem);
  const entries = state.entries
    .map((entry) => withSuitableOptimizer(state.catalog, problem, withoutBatchFields(withoutChanges(entry))))
    .map((entry) => withRate(entry, rates[entry.optimizer.name ?? ""]));
  const start = fitDefaultsOf(state.catalog, problem)?.start ?? null;
  const next = {
    ...state,
    problem,
    columns,
    start,
    unusedStart: [],
    window: null,
    entries,
    seed: 0,
    fault: null,
    hovered: null,
  };
  const edit: Edit = { kind: "problem", target: problemKey(next) };
  const distinct = withoutRepeats(entries.map((entry) => adaptedToProblem(next, entry)));
  return withRemark(state, {
    ...next,
    entries: distinct,
    selected: distinct.some(({ id }) => id === state.selected) ? state.selected : null,
    edit,
    dragging: false,
  });
}

export function setStart(state: State, start: number[], dragging: boolean): State {
  return { ...state, start, dragging, edit: { kind: "start" } };
}

export function setWindow(state: State, window: Window | null, dragging: boolean): State {
  return { ...state, window, dragging, edit: { kind: "window" } };
}

/** Sets the window of the plane on the map. No address has it, since another plane has other axes. */
export function setPlaneWindow(state: State, window: Window | null): State {
  return { ...state, planeWindow: { plane: planeOnMap(state), window } };
}

/** Sets the grid over which the loss of the map is sampled. @param resolution  samples per side */
export const setMapGrid = (state: State, window: Window, resolution: number): State => ({
  ...state,
  mapGrid: { window, resolution, plane: planeOnMap(state) },
});

/** Has the server compute the sweeps over the learning rates, which the sliders draw. */
export const showSweeps = (state: State): State => ({ ...state, showsSweeps: true });

/** Sets a hyperparameter of a run, or its batch size, noise or form. @param value  undefined restores the default */
export function setValue(state: State, id: number, key: string, value: unknown, dragging: boolean): State {
  const entries = withOptimizer(state, id, ({ [key]: _, ...rest }) =>
    value === undefined ? rest : { ...rest, [key]: value },
  );
  return { ...state, entries, dragging, edit: { kind: "value", target: `${key} of ${id}` } };
}

/** @param after  id of the run below which it is added; undefined: at the end */
function withAddedRun(state: State, optimizer: OptimizerSpec, after?: number): State {
  const slot = slotOfAdded(
    optimizer,
    state.entries.map((entry) => entry.slot),
  );
  const entry = adaptedToProblem(state, { id: highestId(state) + 1, slot, hidden: false, optimizer });
  const at = after === undefined ? state.entries.length : state.entries.findIndex((other) => other.id === after) + 1;
  const entries = [...state.entries.slice(0, at), entry, ...state.entries.slice(at)];
  return { ...state, entries, selected: entry.id, hovered: null, edit: { kind: "runs" }, dragging: false };
}

export function addRun(state: State, name: string): State {
  const rate = suggestedRateOf(state, name);
  return withRemark(state, withAddedRun(state, { name, ...(rate === undefined ? {} : { learning_rate: rate }) }));
}

/** Adds a copy of a run, below it. */
export function copyRun(state: State, id: number): State {
  const entry = entryById(state, id);
  return entry ? withAddedRun(state, { ...entry.optimizer }, id) : state;
}

export function removeRun(state: State, id: number): State {
  const entries = state.entries.filter((entry) => entry.id !== id);
  const { [id]: _, ...runs } = state.runs;
  const selected = state.selected === id ? null : state.selected;
  return { ...state, entries, runs, selected, hovered: null, edit: { kind: "runs" }, dragging: false };
}

export function toggleHidden(state: State, id: number): State {
  const entries = state.entries.map((entry) => (entry.id === id ? { ...entry, hidden: !entry.hidden } : entry));
  return { ...state, entries, edit: { kind: "hidden" } };
}

export function selectRun(state: State, id: number | null): State {
  return state.selected === id ? state : { ...state, selected: id, edit: { kind: "selected" } };
}

export function setStop(state: State, change: Partial<StopSpec>): State {
  return { ...state, stop: { ...state.stop, ...change }, edit: { kind: "stop" }, dragging: false };
}

export function setSeed(state: State, seed: number): State {
  return { ...state, seed, edit: { kind: "seed" }, dragging: false };
}

/** Undoes or redoes an edit. The window stays as it is unless the problem changes. */
export function restoreSnapshot(state: State, snapshot: Snapshot): State {
  const window = problemKey(snapshot) === problemKey(state) ? state.window : snapshot.window;
  const selected = snapshot.entries.some(({ id }) => id === state.selected) ? state.selected : null;
  return {
    ...state,
    ...snapshot,
    exercise: showsStartOnly(state) ? state.exercise : { ...state.exercise, ...snapshot.exercise },
    window,
    selected,
    unusedStart: [],
    fault: null,
    hovered: null,
    dragging: false,
    edit: { kind: "restore" },
  };
}

/** Records that no control is dragged any longer. */
export function endDrag(state: State): State {
  return state.dragging ? { ...state, dragging: false } : state;
}

/** Turns the projector view on or off; with it on, rows ahead of the playhead are hidden. */
export function setProjector(state: State, projector: boolean): State {
  return { ...withExercise(state, projector ? { ahead: "hidden" } : {}), projector, edit: { kind: "projector" } };
}

export function setTheme(state: State, theme: ThemeName): State {
  return { ...state, theme };
}

/** Raises the ground of the map, or lays it flat. */
export function setTilted(state: State, tilted: boolean): State {
  return { ...state, tilted };
}
