/** Undo and redo of edits. They change what runs; how it is looked at and the playhead stay as they are. */
import { sameValue } from "../math/values.ts";
import { restoreSnapshot } from "../state/actions.ts";
import { changesRuns, type Snapshot, snapshotOf } from "../state/edits.ts";
import type { Store } from "../state/store.ts";
import type { Edit, State } from "../state/types.ts";

/** Edits that can be undone. */
const KEPT_EDITS = 100;
/** Milliseconds: values that follow each other faster, as by a key that is held down, are one edit. */
const PAUSE = 500;
/** Kinds of edits that set many values one after the other. */
const GRADUAL: Edit["kind"][] = ["value", "start", "points"];

export type EditHistory = ReturnType<typeof createHistory>;

/** @param clock  milliseconds */
export function createHistory(store: Store, clock: () => number) {
  let past: Snapshot[] = [];
  let future: Snapshot[] = [];
  /** What could be redone before the last edit. */
  let futureBefore: Snapshot[] = [];
  /** The edit under way: further changes of its kind belong to it. */
  let underWay: Edit | null = null;
  let last: { edit: Edit; at: number } | null = null;

  const goesOn = (edit: Edit) =>
    last !== null && sameValue(edit, last.edit) && GRADUAL.includes(edit.kind) && clock() - last.at < PAUSE;
  const joins = (edit: Edit) => (underWay !== null && sameValue(edit, underWay)) || goesOn(edit);

  function note(state: State, before: State) {
    if (changesRuns(state, before)) {
      if (!joins(state.edit)) {
        past = [...past, snapshotOf(before)].slice(-KEPT_EDITS);
        futureBefore = future;
      }
      future = [];
      underWay = state.dragging ? state.edit : null;
      last = { edit: state.edit, at: clock() };
    } else if (!state.dragging) underWay = null;
    // A drag that ends where it began is no edit.
    if (before.dragging && !state.dragging && past.length && !changesRuns(state, past[past.length - 1])) {
      past = past.slice(0, -1);
      future = futureBefore;
    }
  }

  let restoring = false;
  store.subscribe((state, before) => void (restoring || note(state, before)));

  function go(from: Snapshot[], to: Snapshot[]) {
    const snapshot = from.pop();
    if (!snapshot) return;
    to.push(snapshotOf(store.get()));
    [underWay, last, futureBefore] = [null, null, future];
    restoring = true;
    try {
      store.update(restoreSnapshot, snapshot);
    } finally {
      restoring = false;
    }
  }

  return {
    undo: () => go(past, future),
    redo: () => go(future, past),
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
  };
}
