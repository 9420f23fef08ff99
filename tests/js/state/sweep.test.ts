import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_EXERCISE } from "../../../static/page/state/exercise.ts";
import { problemKey } from "../../../static/page/state/state.ts";
import { endsOfRates, foundMinima, sweepKey, sweepOf } from "../../../static/page/state/sweep.ts";
import type { Entry, Problem, State } from "../../../static/page/state/types.ts";
import { partOf } from "../part.ts";

const [LEFT, RIGHT] = [
  [-1, 0, -2],
  [1, 0, -2],
];

/** Two runs, each with the minima that its rates have reached. */
function swept(minima: number[][][], ends: number[][], knownMinima: Problem["minima"] = []): State {
  const entries = minima.map((_, id) => partOf<Entry>({ id, optimizer: { name: "gd", form: String(id) } }));
  const settings = partOf<State>({ problem: { expression: "x**4 - 2*x**2 + y**2" }, entries });
  const domain = [
    [-3, 3],
    [-3, 3],
  ];
  const keys = entries.map((entry) => sweepKey(settings, entry));
  const values = minima.map((found, id) => ({
    value: { values: [0.1, 0.2], end: ends[id], minima: found, problemKey: problemKey(settings) },
  }));
  return partOf<State>({
    ...settings,
    exercise: NO_EXERCISE,
    catalog: null,
    problemOnMap: { key: problemKey(settings), problem: { minima: knownMinima, domain } },
    latestKeys: { sweep: Object.fromEntries(keys.entries()) },
    replies: { sweep: Object.fromEntries(keys.map((key, id) => [key, values[id]])) },
  });
}

const endsOf = (state: State) => state.entries.map((entry) => sweepOf(state, entry)?.end);

test("minima of a formula of one's own are marked as sliders name them, with one letter for all runs", () => {
  const state = swept(
    [
      [RIGHT, LEFT],
      [LEFT, RIGHT],
    ],
    [
      [0, 1],
      [-1, 1],
    ],
  );
  const places = [LEFT, RIGHT].map(([x, y, loss]) => ({ at: [x, y], loss }));
  assert.deepEqual(foundMinima(state), places);
  assert.deepEqual(endsOf(state), [
    [1, 0],
    [-1, 1],
  ]);
  const [first, other] = state.entries.map((entry) => sweepOf(state, entry));
  assert.deepEqual(first?.minima, other?.minima);
  assert.equal(sweepOf(state, state.entries[0]), first, "it is the same as long as nothing changes");
});

test("a single minimum has no name; what rates reach besides the minima of a problem follows these", () => {
  assert.deepEqual(foundMinima(swept([[LEFT]], [[0, 0]])), []);
  const known = swept([[RIGHT, LEFT]], [[0, 1]], [{ at: [1, 0], loss: -2 }]);
  assert.deepEqual(foundMinima(known), [{ at: [-1, 0], loss: -2 }]);
  assert.deepEqual(endsOf(known), [[0, 1]]);
});

test("an end off the map has no letter, and none has where they are too many", () => {
  const known = [{ at: [1, 0], loss: -2 }];
  const away = swept([[RIGHT, [0, -23.9, 0]]], [[0, 1]], known);
  assert.deepEqual([foundMinima(away), endsOf(away), endsOfRates(away)], [[], [[0, -1]], []]);
  const row = Array.from({ length: 8 }, (_, k) => [k / 4 - 2.5, 1, 0]);
  const many = swept([[RIGHT, ...row]], [[0, 1, 2, 3, 4, 5, 6, 7, 8]], known);
  assert.deepEqual([foundMinima(many), endsOfRates(many)], [[], []]);
});

test("sliders have letters where the rates of all runs together end in several minima", () => {
  assert.deepEqual(endsOfRates(swept([[LEFT], [RIGHT]], [[0], [0]])), [0, 1], "each run in another");
  assert.deepEqual(endsOfRates(swept([[LEFT], [LEFT]], [[0], [0]])), []);
});

test("what was tried on another problem marks nothing on this one", () => {
  const state = swept([[LEFT, RIGHT]], [[0, 1]]);
  const elsewhere = { ...state, problemOnMap: { ...state.problemOnMap, key: "another" } } as State;
  assert.deepEqual(foundMinima(elsewhere), []);
});
