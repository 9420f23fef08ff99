/**
 * Changes on the way: from a row on a run goes on with other values, or as another optimizer. Pure functions, like the
 * other actions.
 */

import { hyperparameterOf, suggestedRates } from "./catalog.ts";
import { optimizersOf } from "./phases.ts";
import { entryById } from "./state.ts";
import { withoutRefusedFields } from "./suited.ts";
import type { Entry, OptimizerSpec, State } from "./types.ts";

const FEWEST_ROWS = 1;

const rowOf = (change: OptimizerSpec) => Number(change.at);

/** @param target  what is edited: changes of one kind and of the same in a row are one step of the history */
function edited(
  state: State,
  id: number,
  target: string,
  moving: boolean,
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
  return { ...state, entries, moving, edit: { kind: "value", target: `${target} of ${id}` } };
}

/** @returns the optimizer that a step from a row on is taken with */
function optimizerAt({ optimizer }: Entry, row: number): OptimizerSpec {
  const before = (optimizer.changes ?? []).filter((change) => rowOf(change) <= row).length;
  return optimizersOf(optimizer)[before];
}

const changeAt = ({ optimizer }: Entry, row: number): OptimizerSpec | undefined =>
  optimizer.changes?.find((change) => rowOf(change) === row);

/** @returns whether one can be made there: a row has one at the most, and what begins at row 0 is no change */
export const canChangeAt = ({ catalog }: State, entry: Entry, row: number): boolean =>
  row >= FEWEST_ROWS &&
  !changeAt(entry, row) &&
  (entry.optimizer.changes?.length ?? 0) < (catalog?.limits.max_changes ?? 16);

/** Adds a change on the way, which sets the learning rate to what it is there. */
export function addChange(state: State, id: number, row: number): State {
  const entry = entryById(state, id);
  if (!entry || !canChangeAt(state, entry, row)) return state;
  const rate = hyperparameterOf(state.catalog, optimizerAt(entry, row), "learning_rate");
  return edited(state, id, `change from ${row}`, false, (changes) => [
    ...changes,
    { at: row, ...(rate === null ? {} : { learning_rate: rate }) },
  ]);
}

export function setChanged(state: State, id: number, row: number, key: string, value: unknown, moving: boolean): State {
  return edited(state, id, `${key} from ${row}`, moving, (changes) =>
    changes.map((change) => (rowOf(change) === row ? { ...change, [key]: value } : change)),
  );
}

/** @param name  of another optimizer, at a rate that suits it; null: the same goes on, at the rate that was in force */
export function changeOptimizerFrom(state: State, id: number, row: number, name: string | null): State {
  const entry = entryById(state, id);
  if (!entry) return state;
  const before = optimizerAt(entry, row - 1);
  const rate =
    name === null
      ? hyperparameterOf(state.catalog, before, "learning_rate")
      : suggestedRates(state.catalog, state.problem)[name];
  return edited(state, id, `optimizer from ${row}`, false, (changes) =>
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

/** @param to  a row that has none */
export function moveChange(state: State, id: number, row: number, to: number): State {
  const entry = entryById(state, id);
  if (!entry || to === row || to < FEWEST_ROWS || changeAt(entry, to)) return state;
  return edited(state, id, `row of the change from ${row}`, false, (changes) =>
    changes.map((change) => (rowOf(change) === row ? { ...change, at: to } : change)),
  );
}

export function removeChange(state: State, id: number, row: number): State {
  return edited(state, id, `no change from ${row}`, false, (changes) =>
    changes.filter((change) => rowOf(change) !== row),
  );
}
