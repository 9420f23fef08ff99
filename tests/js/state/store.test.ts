import assert from "node:assert/strict";
import { test } from "node:test";
import { memo } from "../../../static/page/memo.ts";
import { addRun, removeRun, setSeed, setStart } from "../../../static/page/state/actions.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import type { Edit, State } from "../../../static/page/state/types.ts";

test("a view that reads the edit shows it once for all moves of one drag, and again after another edit", () => {
  const store = createStore(emptyState());
  let renders = 0;
  const view = memo(({ kind }: Edit) => {
    renders += 1;
    return kind;
  });
  for (const x of [1, 2, 3]) {
    store.update(setStart, [x, 0], true);
    assert.equal(view(store.get().edit), "start");
    assert.deepEqual(store.get().start, [x, 0]);
  }
  assert.equal(renders, 1);
  store.update((state): State => ({ ...state, edit: { kind: "seed" } }));
  assert.equal(view(store.get().edit), "seed");
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

test("listeners are told which edit a change is, also where one like it came before, and none of an answer", () => {
  const store = createStore(emptyState());
  const told: (string | undefined)[] = [];
  store.subscribe((_, __, edit) => told.push(edit?.kind));
  for (const x of [1, 2]) store.update(setStart, [x, 0], true);
  store.update((state): State => ({ ...state, fault: null, replies: {} }));
  store.update(setSeed, 3);
  assert.deepEqual(told, ["start", "start", undefined, "seed"]);
});

test("an action that returns its state is told to no listener", () => {
  const store = createStore(emptyState());
  let calls = 0;
  store.subscribe(() => (calls += 1));
  store.update((state) => state);
  assert.equal(calls, 0);
});

test("a listener that acts has all listeners told of each state in order, with the one before it", () => {
  const store = createStore(emptyState());
  const told: [number, number][][] = [[], []];
  store.subscribe((state, before) => {
    told[0].push([before.seed, state.seed]);
    if (state.seed === 1) store.update(setSeed, 2);
    assert.equal(store.get().seed, 2, "a state is kept at once, whoever has been told of it");
  });
  store.subscribe((state, before) => told[1].push([before.seed, state.seed]));
  store.update(setSeed, 1);
  const inOrder = [
    [0, 1],
    [1, 2],
  ];
  assert.deepEqual(told, [inOrder, inOrder]);
});

test("after a listener that fails the next change is told, and no change of before", () => {
  const store = createStore(emptyState());
  const told: number[] = [];
  const leave = store.subscribe(({ seed }) => {
    if (seed === 1) store.update(setSeed, 2);
    throw new Error("a listener failed");
  });
  assert.throws(() => store.update(setSeed, 1), /a listener failed/);
  leave();
  store.subscribe(({ seed }) => told.push(seed));
  store.update(setSeed, 3);
  assert.deepEqual(told, [3]);
});

test("a listener that fails leaves the others told", () => {
  const store = createStore(emptyState());
  const told: number[] = [];
  store.subscribe(() => {
    throw new Error("a listener failed");
  });
  store.subscribe(({ seed }) => told.push(seed));
  assert.throws(() => store.update(setSeed, 1), /a listener failed/);
  assert.deepEqual(told, [1]);
});

test("a run that is added has an id that none had, also where the last was removed", () => {
  const store = createStore(emptyState());
  store.update(addRun, "gd");
  store.update(addRun, "adam");
  const [, { id: removed }] = store.get().entries;
  store.update(removeRun, removed);
  store.update(setSeed, 1);
  store.update(addRun, "adam");
  const ids = store.get().entries.map(({ id }) => id);
  assert.equal(new Set([...ids, removed]).size, 3);
});
