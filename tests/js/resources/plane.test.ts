import assert from "node:assert/strict";
import { test } from "node:test";
import { plane, planeInSight, planeKey } from "../../../static/page/resources/plane.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { emptyState, runKey, withAddress } from "../../../static/page/state/state.ts";
import type { State } from "../../../static/page/state/types.ts";
import { pairs } from "../pairs.ts";
import { runOf } from "../runs.ts";

/** @param losses  of each run; null: not there yet */
function stateOf(losses: (number[] | null)[], more = "plane=path"): State {
  const runs = losses.map(() => "optimizer=gd").join("&");
  const state = withAddress(emptyState(), readAddress(`network=xor&${runs}`, more).address);
  const come = state.entries.flatMap((entry, k) => {
    const loss = losses[k];
    return loss ? [[entry.id, { ...runOf({ loss, reason: "max_steps" }), key: runKey(state, entry) }]] : [];
  });
  return { ...state, runs: Object.fromEntries(come) };
}

const FALLING = [4, 3, 2, 1];
const GROWING = [1, 2, 4, 8];
const needs = (state: State, resource: any = plane): any[] => resource.needs(state);
const asked = (state: State) => needs(state).flatMap(({ entries }) => entries.map(({ id }: { id: number }) => id));

test("it is asked for once all runs in sight have come", () => {
  assert.deepEqual(needs(stateOf([FALLING, null])), []);
  const both = stateOf([FALLING, FALLING]);
  assert.deepEqual(
    asked(both),
    both.entries.map(({ id }) => id),
  );
  const hidden = stateOf([FALLING, null], "hidden=1&plane=path");
  assert.deepEqual(asked(hidden), [hidden.entries[0].id]);
});

test("it is laid through runs that do not grow, which would take all the room; without any, along two weights", () => {
  const one = stateOf([FALLING, GROWING]);
  assert.deepEqual(asked(one), [one.entries[0].id]);
  assert.deepEqual(needs(stateOf([GROWING])), []);
  const [along] = needs(stateOf([GROWING], "plane=w1_1_1,w2_1_2"));
  assert.deepEqual([along.entries, along.along], [[], ["w1_1_1", "w2_1_2"]]);
});

test("in sight it is asked for once the window is of this plane", () => {
  const state = stateOf([FALLING]);
  const needed = (of: string) => ({ plane: of, window: pairs(-1, 1, -1, 1), resolution: 40 });
  assert.deepEqual(needs({ ...state, mapGrid: needed("another") }, planeInSight), []);
  const [need] = needs({ ...state, mapGrid: needed(planeKey(state)) }, planeInSight);
  assert.deepEqual([need.window, need.resolution, need.subject], [pairs(-1, 1, -1, 1), 40, planeKey(state)]);
});
