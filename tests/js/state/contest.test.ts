import assert from "node:assert/strict";
import { test } from "node:test";
import type { Contest, ContestEntry } from "../../../static/page/state/contest.ts";
import {
  bestEntry,
  contestAddress,
  contestAxis,
  contestOfRun,
  contestResult,
  eligibleOptimizers,
  entryOfContest,
  seatMark,
  settableFields,
  showStarts,
  specWithValues,
  toggledFields,
} from "../../../static/page/state/contest.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import type { State } from "../../../static/page/state/types.ts";
import { partOf } from "../part.ts";

const CONTEST = partOf<Contest>({
  question: "contest/1",
  spec: {
    problem: { surface: "beale" },
    start: null,
    optimizers: [{ name: "adagrad", learning_rate: 0.01 }],
    stop: { max_steps: 200, min_step_size: 1e-9, target_loss: null },
    seed: 3,
  },
  sets: ["learning_rate"],
  counts: { lowest_loss_after: 50 },
});

test("64 seats have marks of their own, the first eight those of runs", () => {
  const marks = Array.from({ length: 65 }, (_, k) => JSON.stringify(seatMark(k + 1)));
  assert.equal(new Set(marks).size, 64);
  assert.equal(marks[64], marks[0]);
  assert.deepEqual(
    [seatMark(1), seatMark(8)],
    [
      { shape: 0, colour: 0 },
      { shape: 7, colour: 7 },
    ],
  );
});

test("a value is run by the rules of the contest alone", () => {
  const { optimizers, stop, seed } = specWithValues(CONTEST, { learning_rate: 2.4 });
  assert.deepEqual(optimizers, [{ name: "adagrad", learning_rate: 2.4 }]);
  assert.deepEqual([stop, seed], [{ max_steps: 50, min_step_size: null, target_loss: null }, 3]);
  const first = specWithValues({ ...CONTEST, counts: { fewest_steps_to: 0.01 } }, {});
  assert.deepEqual(first.stop, { max_steps: 200, min_step_size: null, target_loss: 0.01 });
  assert.deepEqual(contestAddress(CONTEST, { learning_rate: 2.4 }, 4).display.slots, [4]);
});

test("an optimizer that is set has its own defaults, a start is that of the spec", () => {
  const { optimizers, start } = specWithValues(CONTEST, { optimizer: "adam", learning_rate: 0.2, start: [1, 2] });
  assert.deepEqual([optimizers, start], [[{ name: "adam", learning_rate: 0.2 }], [1, 2]]);
  assert.deepEqual(specWithValues(CONTEST, { start: [1, 2] }).optimizers, CONTEST.spec.optimizers);
});

test("entries lie over the rate, else over the first hyperparameter, and over nothing where none is set", () => {
  const along = (...sets: string[]) => contestAxis({ sets });
  assert.deepEqual([along("beta", "learning_rate"), along("optimizer", "beta")], ["learning_rate", "beta"]);
  assert.equal(along("optimizer", "start"), null);
});

const params = (...names: string[]) => names.map((name) => ({ name }));
const OPTIMIZERS = [
  { name: "gd", params: params("learning_rate") },
  { name: "heavy_ball", params: params("learning_rate", "beta") },
  { name: "sgd", params: params("learning_rate"), needs_sampling: true },
  { name: "newton", params: params("damping"), refuses: ["network"] },
];

test("one may choose from the optimizers that have all else that is set and go with the problem", () => {
  const state = partOf<State>({ ...emptyState(), catalog: { optimizers: OPTIMIZERS }, problem: { surface: "beale" } });
  const names = (sets: string[], more: object = {}) =>
    eligibleOptimizers({ ...state, ...more }, sets).map(({ name }) => name);
  assert.deepEqual(names(["optimizer", "start"]), ["gd", "heavy_ball", "newton"]);
  assert.deepEqual(names(["optimizer", "learning_rate"], { problem: { dataset: "line" } }), [
    "gd",
    "heavy_ball",
    "sgd",
  ]);
  assert.deepEqual(names(["optimizer"], { problem: { network: {} } }), ["gd", "heavy_ball", "sgd"]);
  const run = { optimizer: { name: "heavy_ball" } };
  assert.deepEqual(settableFields(state, run), ["learning_rate", "beta", "optimizer", "start"]);
  assert.deepEqual(settableFields({ ...state, problem: { network: {} } }, run), ["learning_rate", "beta", "optimizer"]);
});

test("with the optimizer the rate and the start alone are set, as all have those", () => {
  assert.deepEqual(toggledFields(["learning_rate", "beta"], "optimizer"), ["learning_rate", "optimizer"]);
  assert.deepEqual(toggledFields(["learning_rate", "optimizer"], "beta"), ["learning_rate", "beta"]);
  assert.deepEqual(toggledFields(["optimizer"], "start"), ["optimizer", "start"]);
  assert.deepEqual(toggledFields(["optimizer", "start"], "optimizer"), ["start"]);
});

test("what a run comes to: its last loss, or its steps, unless it diverged or is never there", () => {
  const run = (stop_reason: string): Parameters<typeof contestResult>[1] =>
    partOf({
      columns: { loss: Float64Array.of(9, 4, 2) },
      length: 3,
      end: { stop_reason, n_steps: 2 },
    });
  const fewest = { ...CONTEST, counts: { fewest_steps_to: 2 } };
  assert.deepEqual([contestResult(CONTEST, run("max_steps")), contestResult(CONTEST, run("diverged"))], [2, null]);
  assert.deepEqual([contestResult(fewest, run("target_loss")), contestResult(fewest, run("max_steps"))], [2, null]);
  assert.equal(contestResult(CONTEST, { ...run(""), end: null }), null);
});

test("the best is in first place, and none where nobody got there", () => {
  const entry = (seat: number, place: number | null): ContestEntry => partOf({ seat, place });
  assert.equal(bestEntry([entry(4, 2), entry(9, 1), entry(2, 1)])?.seat, 9);
  assert.equal(bestEntry([entry(4, null)]), null);
});

test("a contest is opened of the run that is chosen", () => {
  const entries = ["gd", "adam"].map((name, k) => ({ id: k + 5, slot: k, hidden: false, optimizer: { name } }));
  const state = {
    ...emptyState(),
    entries,
    selected: 6,
    stop: { max_steps: 80, min_step_size: null, target_loss: null },
  };
  assert.equal(entryOfContest(state)?.optimizer.name, "adam");
  assert.equal(entryOfContest({ ...state, selected: null })?.optimizer.name, "gd");
  assert.equal(entryOfContest({ ...state, entries: [] }), null);
  const given = { sets: ["learning_rate"], counts: { lowest_loss_after: 80 } };
  const { spec, ...rest } = contestOfRun(state, entries[0], given);
  assert.deepEqual([spec.optimizers, rest], [[{ name: "gd" }], given]);
});

test("starts that were handed in are dots on the map, set anew only where they are others", () => {
  const handed = (...starts: number[][]): any => starts.map((start) => ({ values: { start } }));
  const shown = showStarts(emptyState(), handed([1, 2], [0, -1]));
  assert.deepEqual(shown.exercise.guesses?.entries, [
    [1, 2],
    [0, -1],
  ]);
  assert.equal(shown.exercise.guesses?.plain, true);
  assert.equal(showStarts(shown, handed([1, 2], [0, -1])), shown);
  assert.deepEqual(showStarts(shown, handed([1, 2])).exercise.guesses?.entries, [[1, 2]]);
});
