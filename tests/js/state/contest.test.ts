import assert from "node:assert/strict";
import { test } from "node:test";
import { bestOf, contestAddress, contestOf, resultOf, seatMark, specWith } from "../../../static/page/state/contest.ts";
import { emptyState } from "../../../static/page/state/state.ts";

const CONTEST: any = {
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
};

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
  const { optimizers, stop, seed } = specWith(CONTEST, { learning_rate: 2.4 });
  assert.deepEqual(optimizers, [{ name: "adagrad", learning_rate: 2.4 }]);
  assert.deepEqual([stop, seed], [{ max_steps: 50, min_step_size: null, target_loss: null }, 3]);
  const first = specWith({ ...CONTEST, counts: { fewest_steps_to: 0.01 } }, {});
  assert.deepEqual(first.stop, { max_steps: 200, min_step_size: null, target_loss: 0.01 });
  assert.deepEqual(contestAddress(CONTEST, { learning_rate: 2.4 }, 4).display.slots, [4]);
});

test("what a run comes to: its last loss, or its steps, unless it diverged or is never there", () => {
  const run = (stop_reason: string): any => ({
    columns: { loss: Float64Array.of(9, 4, 2) },
    length: 3,
    end: { stop_reason, n_steps: 2 },
  });
  const fewest = { ...CONTEST, counts: { fewest_steps_to: 2 } };
  assert.deepEqual([resultOf(CONTEST, run("max_steps")), resultOf(CONTEST, run("diverged"))], [2, null]);
  assert.deepEqual([resultOf(fewest, run("target_loss")), resultOf(fewest, run("max_steps"))], [2, null]);
  assert.equal(resultOf(CONTEST, { ...run(""), end: null }), null);
});

test("the best is in first place, and none where nobody got there", () => {
  const entry = (seat: number, place: number | null): any => ({ seat, place });
  assert.equal(bestOf([entry(4, 2), entry(9, 1), entry(2, 1)])?.seat, 9);
  assert.equal(bestOf([entry(4, null)]), null);
});

test("a contest is opened of the run that is chosen, after as many steps as it has", () => {
  const entries = ["gd", "adam"].map((name, k) => ({ id: k + 5, slot: k, hidden: false, optimizer: { name } }));
  const state = {
    ...emptyState(),
    entries,
    selected: 6,
    stop: { max_steps: 80, min_step_size: null, target_loss: null },
  };
  const opened = contestOf(state);
  assert.deepEqual(opened?.spec.optimizers, [{ name: "adam" }]);
  assert.deepEqual([opened?.sets, opened?.counts], [["learning_rate"], { lowest_loss_after: 80 }]);
  assert.equal(contestOf({ ...state, selected: null })?.spec.optimizers[0].name, "gd");
  assert.equal(contestOf({ ...state, entries: [] }), null);
});
