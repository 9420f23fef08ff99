import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseProblem } from "../../../static/page/state/actions.ts";
import { readAddress, writeSpec } from "../../../static/page/state/address.ts";
import { namesOf } from "../../../static/page/state/catalog.ts";
import * as change from "../../../static/page/state/changes.ts";
import { phasesOf, withoutLastChange } from "../../../static/page/state/phases.ts";
import { createScene } from "../../../static/page/state/scene.ts";
import { addressOf, emptyState, runKey, withAddress } from "../../../static/page/state/state.ts";
import type { Catalog, Problem, State } from "../../../static/page/state/types.ts";
import { withKnown } from "../known.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";

const CATALOG = partOf<Catalog>({
  optimizers: [
    {
      name: "gd",
      label: "Gradient descent",
      forms: [],
      rule: "w = w - lr*g",
      params: [{ name: "learning_rate", default: 0.01 }],
    },
    {
      name: "adam",
      label: "Adam",
      forms: [],
      rule: "w = w - lr*sign(g)",
      params: [
        { name: "learning_rate", default: 0.001 },
        { name: "beta1", default: 0.9 },
      ],
    },
  ],
  surfaces: [
    {
      name: "bowl",
      label: "Bowl",
      domain: [
        [-3, 3],
        [-3, 3],
      ],
      suggested: { gd: 0.05, adam: 0.1 },
    },
  ],
  datasets: [],
  losses: [],
  schedules: [],
  limits: { max_changes: 3 },
});

const stateOf = (query: string): State => ({
  ...withAddress(emptyState(), readAddress(query).address),
  catalog: CATALOG,
});
const said = (state: State) => decodeURIComponent(writeSpec(addressOf(state, null)));
const RUN = "surface=bowl&optimizer=gd:learning_rate=0.2";
const id = stateOf(RUN).entries[0].id;

test("a change begins as the rate in force, is set, moved and taken back, and the address says it", () => {
  let state = change.addChange(stateOf(RUN), id, 30);
  assert.equal(said(state), `${RUN},changes=30:learning_rate=0.2`);
  state = change.setChangeValue(state, id, 30, "learning_rate", 0.01, true);
  state = change.addChange(state, id, 10);
  assert.equal(
    said(state),
    `${RUN},changes=10:learning_rate=0.2;30:learning_rate=0.01`,
    "in the order of their rows, with the rate in force there",
  );
  state = change.moveChange(state, id, 10, 40);
  assert.equal(said(state), `${RUN},changes=30:learning_rate=0.01;40:learning_rate=0.2`);
  state = change.removeChange(change.removeChange(state, id, 30), id, 40);
  assert.equal(said(state), RUN);
  assert.deepEqual(state.edit, { kind: "value", target: `no change from 40 of ${id}` });
});

test("another optimizer comes with a rate that suits it, and the same one with the rate before", () => {
  let state = change.setChangeOptimizer(change.addChange(stateOf(RUN), id, 30), id, 30, "adam");
  assert.equal(said(state), `${RUN},changes=30:name=adam,learning_rate=0.1`);
  assert.equal(namesOf(CATALOG, state.entries, String)[0].name, "Gradient descent, then Adam");
  state = change.setChangeOptimizer(state, id, 30, null);
  assert.equal(said(state), `${RUN},changes=30:learning_rate=0.2`);
});

test("a row has one change, the start none, and there are no more than the server takes", () => {
  const state = change.addChange(change.addChange(stateOf(RUN), id, 5), id, 9);
  const possible = (row: number, of = state) => change.canChangeAt(of, of.entries[0], row);
  assert.deepEqual(
    [0, 5, 6].map((row) => possible(row)),
    [false, false, true],
  );
  assert.equal(change.moveChange(state, id, 5, 9), state);
  assert.equal(change.moveChange(state, id, 5, 0), state);
  assert.equal(possible(7, change.addChange(state, id, 6)), false);
});

test("another landscape has no changes: rows and rates were those of the last one", () => {
  const state = chooseProblem(change.addChange(stateOf(RUN), id, 5), { surface: "ravine" });
  assert.equal("changes" in state.entries[0].optimizer, false);
});

test("a change that sets what is there already is none until it sets something else", () => {
  const none = change.addChange(stateOf(RUN), id, 30);
  const fromOf = (state: State) => phasesOf(CATALOG, state.entries[0].optimizer, String).map(({ from }) => from);
  assert.deepEqual(fromOf(none), [0]);
  assert.deepEqual(fromOf(change.setChangeValue(none, id, 30, "learning_rate", 0.1, false)), [0, 30]);
  assert.deepEqual(fromOf(change.setChangeOptimizer(none, id, 30, "adam")), [0, 30]);
});

test("the ghost is the run without its last change, while what has come is its own", () => {
  const state = change.setChangeValue(
    change.addChange(change.addChange(stateOf(RUN), id, 5), id, 9),
    id,
    9,
    "learning_rate",
    0.1,
    false,
  );
  const before = withoutLastChange(state.entries[0])!;
  assert.deepEqual(before.optimizer.changes, [{ at: 5, learning_rate: 0.2 }]);
  assert.equal(withoutLastChange(stateOf(RUN).entries[0]), null);
  const problemKey = JSON.stringify(state.problem);
  const columns = {
    parameters: [new Float64Array(20), new Float64Array(20)],
    loss: new Float64Array(20),
    gradient: null,
    batch: null,
  };
  const problem = partOf<Problem>({
    kind: "surface",
    parameters: ["x", "y"],
    domain: pairs(-1, 1, -1, 1),
    minima: [],
    label: "Bowl",
  });
  const problemOnMap = {
    key: problemKey,
    spec: state.problem,
    problem,
    start: [1, 1],
    points: null,
    wholeLandscape: null,
    levels: null,
  };
  const got = { key: runKey(state, before), problemKey, columns, length: 20, end: null, cut: false, notes: [] };
  const ghosts = (ghost: object, key = got.key) =>
    createScene()({
      state: withKnown({ ...state, problemOnMap }, "ghosts", key, { ...got, ...ghost }),
      until: Infinity,
      wall: 0,
    }).ghosts;
  assert.deepEqual(
    ghosts({}).map(({ index, from, run }) => [index, from, run.length]),
    [[0, 9, 20]],
  );
  assert.deepEqual(ghosts({}, "of another"), []);
  assert.deepEqual(ghosts({ length: 9 }), [], "it ended before");
});
