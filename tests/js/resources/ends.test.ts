import assert from "node:assert/strict";
import { test } from "node:test";
import { cancelEnds, ends, endsComing } from "../../../static/page/resources/ends.ts";
import { createTable } from "../../../static/page/resources/table.ts";
import { endDrag, setStart, setValue } from "../../../static/page/state/actions.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { emptyState, problemKey, withAddress } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";
import { settled, standingClock } from "./clock.ts";
import { heldServer } from "./held.ts";

const wire = (count: number) => ({
  x: Array.from({ length: count }, (_, k) => k),
  y: Array.from({ length: count }, (_, k) => k),
  end: Array.from({ length: count }, () => Array(count).fill(0)),
  n_steps: Array.from({ length: count }, () => Array(count).fill(1)),
  minima: [[-6.6e-63, 1e-3, 0]],
  shares: [1],
  share_elsewhere: 0,
  share_diverged: 0,
});

/** @param maxSteps  of the run @returns what was asked, each to be answered by hand */
function setUp(maxSteps = 300) {
  const asked = heldServer();
  const { address } = readAddress(
    `surface=himmelblau&max_steps=${maxSteps}&start=1,5&optimizer=gd:learning_rate=0.01`,
    "explanation=ends",
  );
  const state = withAddress(emptyState(), address);
  const problem = { kind: "surface", parameters: ["x", "y"], domain: pairs(-6, 6, -6, 6), minima: [], label: "" };
  const onMap = { key: problemKey(state), problem, start: [1, 5], points: null, wholeLandscape: null, levels: null };
  const store = createStore({ ...state, problemOnMap: onMap as any });
  const table = createTable({ store, api: partOf({}), clock: standingClock(), viewColumns: () => [] }, [ends]);
  table.start();
  const coming = () => endsComing(store.get());
  return { asked, store, coming, size: () => coming().map?.x.length, done: () => coming().done };
}

test("it comes coarse at first, then whole", async () => {
  const { asked, coming, size, done } = setUp();
  assert.deepEqual([asked[0].body.resolution, asked[0].streamed, asked[0].body.start], [256, true, null]);
  assert.deepEqual(asked[0].body.domain, pairs(-6, 6, -6, 6));
  asked[0].send("progress", { done: 0.02, so_far: null });
  await settled();
  assert.deepEqual([size(), done()], [undefined, 0.02]);
  asked[0].send("progress", { done: 0.1, so_far: wire(2) });
  await settled();
  assert.deepEqual([size(), done()], [2, 0.1]);
  asked[0].send("done", wire(4));
  await settled();
  assert.deepEqual([size(), done(), asked.length], [4, 1, 1]);
  assert.deepEqual(coming().map?.minima, [[0, 1e-3, 0]], "what is found but for rounding is 0");
});

test("while the rate is dragged it is coarse, in one answer, finer after that; a start asks for none", async () => {
  const { asked, store, size } = setUp();
  asked[0].send("done", wire(4));
  await settled();
  const { id } = store.get().entries[0];
  store.update(setStart, [2, 2], false);
  await settled();
  assert.equal(asked.length, 1);
  store.update(setValue, id, "learning_rate", 0.02, true);
  await settled();
  assert.deepEqual(
    [asked[1].streamed, asked[1].body.resolution, asked[1].body.optimizers[0].learning_rate],
    [false, 48, 0.02],
  );
  asked[1].json(wire(3));
  await settled();
  assert.equal(size(), 3);
  store.update(endDrag);
  await settled();
  asked[2].send("progress", { done: 0.1, so_far: wire(2) });
  await settled();
  assert.deepEqual([asked[2].streamed, size()], [true, 3], "what is finer already stays");
  asked[2].send("progress", { done: 0.3, so_far: wire(5) });
  await settled();
  assert.equal(size(), 5);
});

test("what the server finds too much is asked for with fewer starts", async () => {
  const { asked, size } = setUp(1000);
  assert.equal(asked[0].body.resolution, 128);
  asked[0].json({ detail: [{ loc: [], msg: "too much", type: "work_too_large" }] }, 422);
  await settled();
  assert.equal(asked[1].body.resolution, 64);
  asked[1].send("done", wire(4));
  await settled();
  assert.equal(size(), 4);
});

test("cancelled, the request is aborted and what came stays, until it is to go on", async () => {
  const { asked, store, size } = setUp();
  asked[0].send("progress", { done: 0.1, so_far: wire(2) });
  await settled();
  store.update(cancelEnds, true);
  await settled();
  assert.deepEqual([asked[0].aborted, asked.length, size()], [true, 1, 2]);
  store.update(cancelEnds, false);
  await settled();
  assert.deepEqual([asked.length, asked[1].body.resolution], [2, 256]);
});
