import assert from "node:assert/strict";
import { test } from "node:test";
import { createHistory } from "../../../static/page/figure/history.ts";
import * as act from "../../../static/page/state/actions.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { withExercise } from "../../../static/page/state/exercise.ts";
import { receiveRuns } from "../../../static/page/state/receiving.ts";
import { emptyState, withAddress } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import { pairs } from "../pairs.ts";

function begin(query = "surface=bowl&optimizer=gd:learning_rate=0.1&optimizer=adam") {
  const store = createStore(withAddress(emptyState(), readAddress(query).address));
  let time = 0;
  const history = createHistory(store, () => time);
  const [id] = store.get().entries.map((entry) => entry.id);
  const wait = (ms: number) => {
    time += ms;
  };
  const rest = () => wait(10_000);
  return {
    store,
    history,
    id,
    rest,
    rate: () => store.get().entries.find((entry) => entry.id === id)?.optimizer.learning_rate,
    setRate(value: number, dragging: boolean) {
      store.update(act.setValue, id, "learning_rate", value, dragging);
    },
    wait,
  };
}

test("each edit is undone by itself, and done again in the order it was done", () => {
  const { store, history, id, rest, rate, setRate } = begin();
  setRate(0.2, false);
  rest();
  setRate(0.3, false);
  store.update(act.removeRun, id);
  assert.deepEqual(store.get().entries.length, 1);
  history.undo();
  assert.equal(rate(), 0.3);
  history.undo();
  assert.equal(rate(), 0.2);
  history.undo();
  assert.equal(rate(), 0.1);
  assert.equal(history.canUndo(), false);
  history.undo();
  history.redo();
  history.redo();
  assert.equal(rate(), 0.3);
  history.redo();
  assert.equal(store.get().entries.length, 1);
  assert.equal(history.canRedo(), false);
});

test("one drag is one edit, however long, and the next drag of the same another", () => {
  const { store, history, rest, rate, setRate } = begin();
  for (const end of [0.5, 0.9]) {
    for (let k = 1; k <= 5; k++) {
      setRate((end * k) / 5, true);
      rest();
    }
    store.update(act.endDrag);
  }
  history.undo();
  assert.equal(rate(), 0.5);
  history.undo();
  assert.equal(rate(), 0.1);
});

test("keys that follow each other closely are one edit, after a rest another; other edits never join", () => {
  const { store, history, wait, rate, setRate } = begin();
  for (const value of [0.11, 0.12, 0.13]) {
    setRate(value, false);
    wait(100);
  }
  wait(1000);
  setRate(0.14, false);
  store.update(act.addRun, "adam");
  store.update(act.addRun, "gd");
  history.undo();
  assert.equal(store.get().entries.length, 3);
  history.undo();
  history.undo();
  assert.equal(rate(), 0.13);
  history.undo();
  assert.equal(rate(), 0.1);
});

test("what was dragged away and back is no edit", () => {
  const { store, history, setRate } = begin();
  setRate(0.7, true);
  setRate(0.1, true);
  store.update(act.endDrag);
  assert.equal(history.canUndo(), false);
});

test("what was dragged away and back leaves what can be done again", () => {
  const { store, history, rest, rate, setRate } = begin();
  setRate(0.2, false);
  rest();
  setRate(0.3, false);
  history.undo();
  setRate(0.7, true);
  assert.equal(history.canRedo(), false);
  setRate(0.2, true);
  store.update(act.endDrag);
  history.redo();
  assert.equal(rate(), 0.3);
  history.undo();
  history.undo();
  assert.equal(rate(), 0.1);
});

test("looking, and what the server answers, is no edit, and is left as it is", () => {
  const { store, history, id, setRate } = begin();
  setRate(0.2, false);
  store.update(act.setWindow, pairs(0, 1, 0, 1), false);
  store.update(act.selectRun, id);
  store.update(receiveRuns, {
    [id]: { key: "", problemKey: "", columns: {} as any, length: 1, end: null, cut: false, notes: [] },
  });
  history.undo();
  assert.equal(history.canUndo(), false);
  assert.deepEqual([store.get().window, store.get().selected], [pairs(0, 1, 0, 1), id]);
  assert.ok(store.get().runs[id]);
});

test("another landscape is taken back with its start, its rates and its window", () => {
  const { store, history, rate } = begin("surface=bowl&start=1,1&window=0,2,0,2&optimizer=gd:learning_rate=0.1");
  store.update(act.chooseProblem, { surface: "levy" });
  assert.equal(store.get().window, null);
  history.undo();
  const { problem, start, window } = store.get();
  assert.deepEqual([problem, start, window, rate()], [{ surface: "bowl" }, [1, 1], pairs(0, 2, 0, 2), 0.1]);
});

test("a question that was open before an edit is open again once it is undone, and an answer is kept", () => {
  const { store, history, setRate } = begin();
  store.update(withExercise, { ahead: "hidden", answer: 2 });
  setRate(0.2, false);
  store.update(withExercise, { ahead: "shownEarly", answer: null });
  history.undo();
  const { ahead, answer } = store.get().exercise;
  assert.deepEqual([ahead, answer], ["hidden", 2]);
  history.redo();
  assert.equal(store.get().exercise.ahead, "shownEarly");
});

test("an edit after undoing leaves nothing to do again; only so many are kept", () => {
  const { history, rest, rate, setRate } = begin();
  setRate(0.2, false);
  history.undo();
  setRate(0.3, false);
  assert.equal(history.canRedo(), false);
  for (let k = 1; k <= 150; k++) {
    rest();
    setRate(k, false);
  }
  for (let k = 0; k < 100; k++) history.undo();
  assert.equal(history.canUndo(), false);
  assert.equal(rate(), 50);
});
