import assert from "node:assert/strict";
import { test } from "node:test";
import { createStepRequest } from "../../../../static/page/panels/working/stepRequest.ts";
import { createTable } from "../../../../static/page/resources/table.ts";
import { readAddress } from "../../../../static/page/state/address.ts";
import { emptyState, withAddress } from "../../../../static/page/state/state.ts";
import { createStore } from "../../../../static/page/state/store.ts";
import type { State } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";
import { standingClock } from "../../resources/clock.ts";
import { type HeldQuestion, heldServer } from "../../resources/held.ts";

const QUERY = "surface=bowl&optimizer=gd:learning_rate=0.1&optimizer=adam";
const state = withAddress(emptyState(), readAddress(QUERY).address);
const turn = () => new Promise((done) => setTimeout(done));

/** A server that answers when it is told to. */
function slowServer() {
  const asked = heldServer();
  let answered = 0;
  const answer = async () => {
    const { body, json } = asked[answered++];
    json({ t: body.t });
    await turn();
  };
  const sent = ({ body: { t, optimizers, sample } }: HeldQuestion) =>
    `${optimizers[0].name} ${t}${sample === undefined ? "" : ` sample ${sample}`}`;
  return { asked: () => asked.map(sent), answer };
}

/** @returns one that sees what is known by then */
function following() {
  const store = createStore(state);
  const { createRequest, start } = createTable(
    { store, clock: standingClock(), api: partOf({}), viewColumns: () => [] },
    [],
  );
  const { follow } = createStepRequest({ createRequest });
  start();
  return (given: State, ...how: [number, number, boolean]) => {
    const { replies, latestKeys } = store.get();
    return follow({ ...given, replies, latestKeys }, ...how);
  };
}

const stepOf = (answer: any) => answer?.value.t;

test("while it plays, what a slow server sends is shown, and the newest step is asked for next", async () => {
  const { asked, answer } = slowServer();
  const follow = following();
  assert.equal(follow(state, 0, 3, true), undefined);
  assert.equal(follow(state, 0, 4, true), undefined);
  await answer();
  assert.equal(stepOf(follow(state, 0, 9, true)), 3);
  follow(state, 0, 11, true);
  await answer();
  assert.equal(stepOf(follow(state, 0, 12, true)), 4);
  assert.deepEqual(asked(), ["gd 3", "gd 4", "gd 11"]);
});

test("of another run nothing is shown that was asked of the one before", async () => {
  const { answer } = slowServer();
  const follow = following();
  follow(state, 0, 3, true);
  await answer();
  assert.equal(follow(state, 1, 3, true), undefined);
  await answer();
  assert.equal(stepOf(follow(state, 1, 3, true)), 3);
});

test("at rest only the step at the playhead is shown", async () => {
  const { answer } = slowServer();
  const follow = following();
  follow(state, 0, 3, false);
  await answer();
  assert.equal(stepOf(follow(state, 0, 3, false)), 3);
  assert.equal(follow(state, 0, 7, false), undefined);
});

test("of a network one sample of the batch is asked for, and another when it is chosen", async () => {
  const { asked, answer } = slowServer();
  const follow = following();
  const xor = withAddress(emptyState(), readAddress("network=xor&optimizer=gd").address);
  follow(xor, 0, 1, false);
  await answer();
  assert.equal(stepOf(follow(xor, 0, 1, false)), 1);
  assert.equal(follow({ ...xor, explain: { ...xor.explain, sample: 3 } }, 0, 1, false), undefined);
  await answer();
  assert.deepEqual(asked().slice(0, 2), ["gd 1 sample 0", "gd 1 sample 3"]);
});
