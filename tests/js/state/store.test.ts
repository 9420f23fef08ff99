import assert from "node:assert/strict";
import { test } from "node:test";
import { memo } from "../../../static/page/reads.ts";
import { setStart } from "../../../static/page/state/actions.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import type { State } from "../../../static/page/state/types.ts";

test("a view that reads the edit shows it once for all moves of one drag, and again after another edit", () => {
  const store = createStore(emptyState());
  let renders = 0;
  const view = memo(({ edit }: State) => {
    renders += 1;
    return edit.kind;
  });
  for (const x of [1, 2, 3]) {
    store.update(setStart, [x, 0], true);
    assert.equal(view(store.get()), "start");
    assert.deepEqual(store.get().start, [x, 0]);
  }
  assert.equal(renders, 1);
  store.update((state): State => ({ ...state, edit: { kind: "seed" } }));
  assert.equal(view(store.get()), "seed");
  assert.equal(renders, 2);
});

test("edits of one kind with other targets are different", () => {
  const store = createStore(emptyState());
  const edited = (target: string) => store.update((state): State => ({ ...state, edit: { kind: "value", target } }));
  edited("learning_rate of a");
  const { edit } = store.get();
  edited("learning_rate of b");
  assert.notEqual(store.get().edit, edit);
  assert.equal(store.get().edit.target, "learning_rate of b");
});

test("an action that returns its state is told to no listener", () => {
  const store = createStore(emptyState());
  let calls = 0;
  store.subscribe(() => (calls += 1));
  store.update((state) => state);
  assert.equal(calls, 0);
});
