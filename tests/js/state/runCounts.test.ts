import assert from "node:assert/strict";
import { test } from "node:test";
import { runCountsOf } from "../../../static/page/state/runCounts.ts";
import { bandKey, bandsOf, isRandom } from "../../../static/page/state/seeds.ts";
import type { State } from "../../../static/page/state/types.ts";
import { withKnown } from "../known.ts";
import { partOf } from "../part.ts";

const points = Array.from({ length: 7 }, (_, k) => [k, k]);
const catalog = {
  optimizers: [
    { name: "sgd", batch_size: 1 },
    { name: "gd", batch_size: null },
  ],
};
const state = (optimizers: object[], more: object = {}): any => ({
  catalog,
  problem: { points },
  start: null,
  stop: {},
  seed: 5,
  count: "samples",
  seeds: true,
  bands: {},
  entries: optimizers.map((optimizer, id) => ({ id, optimizer })),
  ...more,
});
const run = (batch: (number[] | null)[] | null) => ({ columns: { batch }, length: (batch?.length ?? 0) + 1 });
/** What a chart draws. */
const drawn = (wholeRuns: any[], ghosts: any[] = [], prepared: any[] = []) => ({ wholeRuns, ghosts, prepared });

test("each step counts for the points it saw, a last short batch for as many as it has", () => {
  const before = state([{ name: "gd", batch_size: 3 }, { name: "gd" }, { name: "sgd" }]);
  const [three, all, one] =
    runCountsOf(before, drawn([run([[4, 0, 6], [2, 5, 1], [3], null]), run([]), run(null)]))?.runs ?? [];
  assert.deepEqual([...(three ?? [])], [0, 3, 6, 7, 14]);
  assert.deepEqual([...(all ?? [])], [0, 7]);
  assert.deepEqual([...(one ?? [])], [0, 1]);
  assert.equal(runCountsOf({ ...before, count: "steps" }, drawn([])), null);
  const prepared = [
    {
      index: 0,
      before: { name: "gd", batch_size: 2 },
      optimizer: before.entries[0].optimizer,
      run: run(null),
    },
  ];
  const counts = runCountsOf(before, drawn([run(null), run(null), run(null)], [], prepared));
  assert.deepEqual(
    [[...(counts?.runs[0] ?? [])], [...(counts?.prepared[0] ?? [])]],
    [
      [0, 3],
      [0, 2],
    ],
  );
});

test("evaluations of loss, gradient and Hessian are added up; a rule has none to add, and counts its steps", () => {
  // BFGS on Rosenbrock from (-1.2, 1), as the server answers: loss 0 4 5, gradient 0 2 3, no Hessian.
  const evaluations = [
    [0, 4, 5],
    [0, 2, 3],
    [0, 0, 0],
  ].map((counts) => Float64Array.from(counts));
  const bfgs = { columns: { batch: [], evaluations }, length: 3 };
  const before = state([{ name: "bfgs" }, { name: "gd" }], { count: "evaluations" });
  const counted = runCountsOf(before, drawn([bfgs, run([])], [{ index: 0, from: 1, run: bfgs }]));
  assert.equal(counted?.count, "evaluations");
  assert.deepEqual([...(counted?.runs[0] ?? [])], [0, 6, 8]);
  assert.equal(counted?.runs[1], null);
  assert.deepEqual([...(counted?.ghosts[0] ?? [])], [0, 6, 8]);
  // Each of them saw all 7 points.
  const seen = runCountsOf({ ...before, count: "samples" }, drawn([bfgs, run([])]));
  assert.deepEqual([...(seen?.runs[0] ?? [])], [0, 42, 56]);
});

test("a run is random where it draws points or noise", () => {
  const of = (optimizer: object, problem: object = { points }) =>
    isRandom(state([], { problem }), partOf({ optimizer }));
  assert.deepEqual([of({ name: "gd" }), of({ name: "sgd" }), of({ name: "gd", noise: 1 })], [false, true, true]);
  assert.deepEqual(
    [of({ name: "sgd", batch_size: null }), of({ name: "gd", changes: [{ at: 3, batch_size: 2 }] })],
    [false, true],
  );
  assert.equal(of({ name: "sgd" }, { surface: "bowl" }), false);
});

test("a band is of all seeds: another seed of the run leaves it, another value does not", () => {
  const before = state([{ name: "sgd" }]);
  const [band, key] = [{}, bandKey(before, before.entries[0])];
  const drawnIn = (now: State) => bandsOf(withKnown(now, "band", key, band));
  assert.deepEqual(drawnIn({ ...before, seed: 6 }), [band]);
  assert.deepEqual(drawnIn(state([{ name: "sgd", learning_rate: 1 }])), [null]);
  assert.equal(drawnIn({ ...before, seeds: false }), null);
});
