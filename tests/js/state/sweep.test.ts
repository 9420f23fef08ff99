import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_EXERCISE } from "../../../static/page/state/exercise.ts";
import { problemKey } from "../../../static/page/state/state.ts";
import { foundMinima, sweepKey, sweepOf } from "../../../static/page/state/sweep.ts";
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
  const values = minima.map((found, id) => ({ value: { values: [0.1, 0.2], end: ends[id], minima: found } }));
  return partOf<State>({
    ...settings,
    exercise: NO_EXERCISE,
    catalog: null,
    problemOnMap: { key: problemKey(settings), problem: { minima: knownMinima, domain } },
    drawnReplies: { sweep: Object.fromEntries(keys.entries()) },
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

test("a single minimum has no name, and of a problem with minima of its own these are marked alone", () => {
  assert.deepEqual(foundMinima(swept([[LEFT]], [[0, 0]])), []);
  const known = swept([[RIGHT, LEFT]], [[0, 1]], [{ at: [1, 0], loss: -2 }]);
  assert.deepEqual(foundMinima(known), []);
  assert.deepEqual(endsOf(known), [[0, 1]]);
});

test("what was tried on another problem marks nothing on this one", () => {
  const state = swept([[LEFT, RIGHT]], [[0, 1]]);
  const elsewhere = { ...state, problemOnMap: { ...state.problemOnMap, key: "another" } } as State;
  assert.deepEqual(foundMinima(elsewhere), []);
});
