/** What a wall can ask of its class. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { offersOf, waysOnWall } from "../../../static/page/room/offers.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { emptyState, withAddress } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import { partOf } from "../part.ts";

const scene = (query: string): Parameters<typeof offersOf>[0] =>
  partOf({ store: createStore(withAddress(emptyState(), readAddress(query).address)) });
const CALM = { inContest: false, seeds: false, asks: false };

test("a contest is of runs, seeds are of runs in which chance has a part, and a lesson has neither", () => {
  const offers = ["surface=bowl", "surface=bowl&optimizer=gd", "surface=bowl&optimizer=gd:noise=0.1"].map((query) =>
    offersOf(scene(query)),
  );
  assert.deepEqual(
    offers.map(({ contest, seeds }) => [contest, seeds]),
    [
      [false, false],
      [true, false],
      [true, true],
    ],
  );
  assert.deepEqual(offersOf(partOf({ figures: {} })), { contest: false, seeds: false });
  assert.deepEqual(offersOf(null), { contest: false, seeds: false });
});

test("no contest is opened while a question is, and from one there is the way back alone", () => {
  const words = (now: Partial<typeof CALM>) =>
    waysOnWall({ contest: true, seeds: true }, { ...CALM, ...now }).map(({ name }) => name);
  assert.deepEqual(words({}), ["seeds", "contest", "notes"]);
  assert.deepEqual(words({ asks: true }), ["seeds", "notes"]);
  assert.deepEqual(words({ inContest: true }), ["close"]);
});

test("seeds that each seat has can be taken back, whatever runs by then", () => {
  const [seeds] = waysOnWall({ contest: true, seeds: false }, { ...CALM, seeds: true });
  assert.deepEqual([seeds.name, seeds.pressed], ["seeds", true]);
});
