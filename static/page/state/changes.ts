/**
 * Actions on the changes of a run on its way: from a given row a run continues with other values or as another
 * optimizer.
 */

import { hyperparameterOf, suggestedRates } from "./catalog.ts";
import { optimizersOf } from "./phases.ts";
import { withoutRefusedFields } from "./refusedFields.ts";
import { entryById } from "./state.ts";
import type { Entry, OptimizerSpec, State } from "./types.ts";

const FEWEST_ROWS = 1;

const rowOf = (change: OptimizerSpec) => Number(change.at);

/**
 * Applies an edit to the changes of one run, sorted by row.
 * @param target  names what is edited: consecutive edits of one target are one step of the history
 */
function withEditedChanges(
  state: State,
  id: number,
  target: string,
  dragging: boolean,
  edit: (changes: OptimizerSpec[]) => OptimizerSpec[],
): State {
  const entries = state.entries.map((entry) => {
    if (entry.id !== id) return entry;
    const { changes = [], ...rest } = entry.optimizer;
    const next = edit(changes).sort((a, b) => rowOf(a) - rowOf(b));
    return {
      ...entry,
      optimizer: withoutRefusedFields(state.catalog, next.length ? { ...rest, changes: next } : rest),
    };
  });
  return { ...state, entries, dragging, edit: { kind: "value", target: `${target} of ${id}` } };
}

/** @returns the optimizer in force for the step after a row */
function optimizerAt({ optimizer }: Entry, row: number): OptimizerSpec {
  const before = (optimizer.changes ?? []).filter((change) => rowOf(change) <= row).length;
  return optimizersOf(optimizer)[before];
}

const changeAt = ({ optimizer }: Entry, row: number): OptimizerSpec | undefined =>
  optimizer.changes?.find((change) => rowOf(change) === row);

/** @returns whether a change can be added at a row: row 0 and rows that have one are excluded */
export const canChangeAt = ({ catalog }: State, entry: Entry, row: number): boolean =>
  row >= FEWEST_ROWS &&
  !changeAt(entry, row) &&
  (entry.optimizer.changes?.length ?? 0) < (catalog?.limits.max_changes ?? 16);

/** Adds a change on the way, whose learning rate is at first the one in force there. */
export function addChange(state: State, id: number, row: number): State {
  const entry = entryById(state, id);
  if (!entry || !canChangeAt(state, entry, row)) return state;
  const rate = hyperparameterOf(state.catalog, optimizerAt(entry, row), "learning_rate");
  return withEditedChanges(state, id, `change from ${row}`, false, (changes) => [
    ...changes,
    { at: row, ...(rate === null ? {} : { learning_rate: rate }) },
  ]);
}

export function setChangeValue(
  state: State,
  id: number,
  row: number,
  key: string,
  value: unknown,
  dragging: boolean,
): State {
  return withEditedChanges(state, id, `${key} from ${row}`, dragging, (changes) =>
    changes.map((change) => (rowOf(change) === row ? { ...change, [key]: value } : change)),
  );
}

/**
 * Sets the optimizer with which a run continues from a row.
 * @param name  null: the optimizer before, at the rate then in force; else the rate is the one suggested for it
 */
export function setChangeOptimizer(state: State, id: number, row: number, name: string | null): State {
  const entry = entryById(state, id);
  if (!entry) return state;
  const before = optimizerAt(entry, row - 1);
  const rate =
    name === null
      ? hyperparameterOf(state.catalog, before, "learning_rate")
      : suggestedRates(state.catalog, state.problem)[name];
  return withEditedChanges(state, id, `optimizer from ${row}`, false, (changes) =>
    changes.map((change) =>
      rowOf(change) === row
        ? {
            at: row,
            ...(name === null ? {} : { name }),
            ...(rate === undefined || rate === null ? {} : { learning_rate: rate }),
          }
        : change,
    ),
  );
}

/** Moves a change to another row, unless that row has a change. */
export function moveChange(state: State, id: number, row: number, to: number): State {
  const entry = entryById(state, id);
  if (!entry || to === row || to < FEWEST_ROWS || changeAt(entry, to)) return state;
  return withEditedChanges(state, id, `row of the change from ${row}`, false, (changes) =>
    changes.map((change) => (rowOf(change) === row ? { ...change, at: to } : change)),
  );
}

export function removeChange(state: State, id: number, row: number): State {
  return withEditedChanges(state, id, `no change from ${row}`, false, (changes) =>
    changes.filter((change) => rowOf(change) !== row),
  );
}
