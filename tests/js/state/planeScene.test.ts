import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress } from "../../../static/page/state/address.ts";
import { createPlaneScene } from "../../../static/page/state/planeScene.ts";
import { receiveRuns } from "../../../static/page/state/receiving.ts";
import { createScene } from "../../../static/page/state/scene.ts";
import { emptyState, problemKey, runKey, withAddress } from "../../../static/page/state/state.ts";
import type { PlaneOnMap, State } from "../../../static/page/state/types.ts";
import { withKnown } from "../known.ts";
import { pairs } from "../pairs.ts";

const NAMES = ["w1_1_1", "w1_1_2", "b1_1"];
const LANDSCAPE = {
  x: new Float64Array([-1, 1]),
  y: new Float64Array([-2, 2]),
  loss: new Float64Array([1, 2, 3, 4]),
  window: pairs(-1, 1, -2, 2),
};
const LEVELS = {
  kind: "steps" as const,
  values: [2, 3],
  index: [true, true],
  pattern: [1],
  base: 0,
  least: 1,
  most: 4,
};

/** Two runs of a network of three parameters, of which only the first has brought them. */
function withRuns(): State {
  const state = withAddress(
    emptyState(),
    readAddress("network=xor:hidden=&max_steps=2&optimizer=gd&optimizer=adam", "plane=path").address,
  );
  const key = problemKey(state);
  const problem = { kind: "network" as const, parameters: NAMES, domain: [], minima: [], label: "XOR" };
  const known = {
    ...state,
    problemOnMap: {
      key,
      spec: state.problem,
      problem,
      start: [1, 2, 3],
      points: null,
      wholeLandscape: null,
      levels: null,
    },
  };
  const runs = state.entries.map((entry, k) => [
    entry.id,
    {
      key: runKey(state, entry),
      problemKey: key,
      length: 3,
      end: { stop_reason: "max_steps" as const, n_steps: 2, diverged_at: null },
      cut: false,
      notes: [],
      columns: {
        parameters: k ? [] : NAMES.map(() => new Float64Array(3)),
        loss: new Float64Array([4, 3, 2]),
        gradient: null,
        batch: null,
      },
    },
  ]);
  return receiveRuns(known, Object.fromEntries(runs));
}

const planeOf = (keys: string[]): PlaneOnMap => ({
  landscape: LANDSCAPE,
  levels: LEVELS,
  parameters: null,
  share: 0.9,
  farthest: 0.3,
  sentence: "A plane.",
  start: [0, 0],
  paths: Object.fromEntries(
    keys.map((key) => [
      key,
      { places: [new Float64Array([0, 0.5, 1]), new Float64Array([0, 1, 2])], distance: [0, 0.3, 0.1] },
    ]),
  ),
});

/** @param of  the problem that it is laid for */
const withPlane = (state: State, keys: string[], of = problemKey(state)) =>
  withKnown(state, "plane", "a", planeOf(keys), of);

const given = (state: State, until = Infinity) => ({ state, until, wall: 0 });

test("a run lies on the plane by its projection, whether or not it has brought its parameters", () => {
  const before = withRuns();
  const state = withPlane(
    before,
    before.entries.map((entry) => runKey(before, entry)),
  );
  const [scene, onPlane] = [createScene()(given(state)), createPlaneScene()];
  const shown = onPlane(state, scene);
  assert.deepEqual(
    [shown?.problem.parameters, shown?.problem.domain, shown?.levels],
    [["direction 1", "direction 2"], LANDSCAPE.window, LEVELS],
  );
  assert.deepEqual(
    shown?.wholeRuns.map(({ columns, length }) => [columns.parameters[1][2], length]),
    pairs(2, 3, 2, 3),
  );
  assert.equal(scene.problem.parameters.length, 3, "what is not the map goes on with its own");
  assert.equal(onPlane(state, scene), shown, "nothing is drawn again where nothing has changed");
});

test("a run that the plane was not laid for is not drawn on it, and nothing ahead of the playhead is", () => {
  const before = withRuns();
  const state = withPlane(before, [runKey(before, before.entries[0])]);
  const shown = createPlaneScene()(state, createScene()(given(state, 1)));
  assert.deepEqual(
    [shown?.shownRuns.map(({ length }) => length), shown?.wholeRuns.map(({ length }) => length)],
    pairs(2, 0, 3, 0),
  );
});

test("without a plane there is no map of it, and the plane of another network is none", () => {
  const state = withRuns();
  assert.equal(createPlaneScene()(state, createScene()(given(state))), null);
  const other = withPlane(state, [], "another");
  assert.equal(createScene()(given(other)).plane, null);
});
