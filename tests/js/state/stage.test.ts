import assert from "node:assert/strict";
import { test } from "node:test";
import { wholeLandscape } from "../../../static/page/resources/landscape.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { hasFixedStart, hasOwnMap, receivesParameters, stageOf } from "../../../static/page/state/stage.ts";
import { emptyState, problemKey, withAddress } from "../../../static/page/state/state.ts";
import type { State } from "../../../static/page/state/types.ts";
import { partOf } from "../part.ts";
import { runOf, sceneOf } from "../runs.ts";

const opened = (query: string): State => withAddress(emptyState(), readAddress(query, "").address);

/** With a catalog that has surfaces of so many parameters, by name. */
function withSurfaces(state: State, surfaces: Record<string, number>): State {
  const made = Object.entries(surfaces).map(([name, count]) => ({ name, domain: Array(count > 2 ? 0 : count) }));
  return { ...state, catalog: partOf({ surfaces: made, optimizers: [] }) };
}

/** Whether the landscape of its own map is asked for. */
const asks = (state: State) => (wholeLandscape.needs?.(state, partOf({})) ?? []).length > 0;

const described = (state: State, domain: [number, number][]): State => ({
  ...state,
  described: { key: problemKey(state), keyWithoutRuns: null, problem: partOf({ domain }), start: [] },
});

test("a loss of one's own with more than two parameters has a plane once the catalog tells, or a run", () => {
  const state = opened("surface=own.far&optimizer=gd&optimizer=adam");
  assert.deepEqual([hasOwnMap(state), asks(state)], [true, false], "its landscape is not asked before that is known");
  const far = withSurfaces(state, { "own.far": 4 });
  assert.deepEqual([hasOwnMap(far), asks(far), stageOf(far)], [false, false, "plane"]);
  assert.deepEqual(
    far.entries.map((entry) => receivesParameters(far, entry)),
    [true, false],
    "of the run that is drawn alone",
  );
  assert.equal(stageOf(described(state, [])), "plane");
  const near = withSurfaces(state, { "own.far": 2 });
  assert.deepEqual([hasOwnMap(near), asks(near), stageOf(near)], [true, true, "map"]);
});

test("a network stands itself on the stage, and whether it has a map is known once it has been described", () => {
  const state = opened("network=xor&optimizer=gd");
  assert.deepEqual([hasOwnMap(state), stageOf(state)], [false, "network"]);
  const along = { ...state, explain: { ...state.explain, plane: "path" } };
  assert.equal(stageOf(along), "plane");
  assert.equal(
    stageOf(
      described(along, [
        [0, 1],
        [0, 1],
      ]),
    ),
    "map",
  );
});

test("no start is chosen on a plane, nor where all runs were recorded", () => {
  const recorded = runOf({ end: partOf({ recorded: { steps: [0], distance: [0], share: 1 } }) });
  const fixed = (runs: object[], plane: object | null = null) => hasFixedStart(sceneOf(runs, { plane }));
  assert.deepEqual(
    [fixed([recorded]), fixed([recorded, runOf({})]), fixed([]), fixed([], { farthest: 0 })],
    [true, false, false, true],
  );
});
