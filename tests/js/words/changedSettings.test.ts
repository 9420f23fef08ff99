import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evidence, Preset, Scene } from "../../../static/page/state/types.ts";
import {
  beforeWords,
  changedSettingsWords,
  changeHeading,
  changeVerdict,
  stillProposed,
} from "../../../static/page/words/changedSettings.ts";
import { runOf } from "../runs.ts";

/** Rows of one parameter or two, which ended of themselves. */
const run = (name: string, loss: number[], points: number[][] = loss.map(() => [0, 0]), end: object = {}) => {
  const made = runOf({ name, loss, points, reason: "min_step_size" });
  return { ...made, end: { ...made.end, ...end } };
};

const RATES = {
  before: { name: "heavy_ball", learning_rate: 0.0015 },
  optimizer: { name: "heavy_ball", learning_rate: 0.0006 },
};
const SIX = [-6, 6] as [number, number];
const PROBLEM = { parameters: ["x", "y"], domain: [SIX, SIX], minima: [{ at: [3, 2], loss: 0 }] };

const said = (preset: object, scene: object) =>
  changedSettingsWords(
    { change: { control: { run: 1 } }, ...preset } as Preset,
    { problem: PROBLEM, shownEvidence: [], hasHiddenRows: false, start: [1, 5], ...scene } as unknown as Scene,
  );

const GUESS = { guess: { kind: "place", run: 1, answer: [3.58, -1.85] } };
const FIRST = run(
  "Gradient descent",
  [9, 0],
  [
    [1, 5],
    [3, 2],
  ],
);
const at = (x: number, y: number) =>
  run(
    "Heavy ball",
    [9, 0],
    [
      [1, 5],
      [x, y],
    ],
  );

test("where a run ends is told beside where it ended, and who ends there too", () => {
  const prepared = [{ index: 1, ...RATES, run: at(3.58, -1.85) }];
  assert.equal(
    said(GUESS, { shownRuns: [FIRST, at(3, 2)], prepared }),
    "At 0.0006 it ends at (3, 2) instead of (3.58, −1.85), as Gradient descent does.",
  );
  assert.equal(
    said(GUESS, { shownRuns: [FIRST, at(3.58, -1.85)], prepared }),
    "At 0.0006 it still ends at (3.58, −1.85).",
  );
});

test("a place is told to what can be told apart on the map", () => {
  const prepared = [{ index: 1, ...RATES, run: at(3.584428, -1.848126) }];
  assert.equal(
    said(GUESS, { shownRuns: [FIRST, at(5.6e-6, -0.000136)], prepared }),
    "At 0.0006 it ends at (0, 0) instead of (3.58, −1.85).",
  );
});

test("a run that still jumps when its steps are over ends nowhere", () => {
  const prepared = [{ index: 1, ...RATES, run: at(3, 2) }];
  const jumps = run(
    "Heavy ball",
    [9, 7, 9],
    [
      [1, 5],
      [3, 1],
      [3, 3],
    ],
    { stop_reason: "max_steps" },
  );
  assert.equal(
    said(GUESS, { shownRuns: [FIRST, jumps], prepared }),
    "At 0.0006 it still jumps about after 2 steps; at 0.0015 it ends at (3, 2).",
  );
  const creeps = run(
    "Heavy ball",
    [9, 7, 7],
    [
      [1, 5],
      [0, 1],
      [0, 1.05],
    ],
    { stop_reason: "max_steps" },
  );
  assert.match(said(GUESS, { shownRuns: [FIRST, creeps], prepared }), /ends at \(0, 1\.05\) instead of/);
});

test("two ends at one minimum are one place", () => {
  const prepared = [{ index: 1, ...RATES, run: at(3, 2.02) }];
  assert.equal(
    said(GUESS, { shownRuns: [FIRST, at(3.01, 2)], prepared }),
    "At 0.0006 it still ends at (3, 2), as Gradient descent does.",
  );
});

test("of a goal the steps are told, and that it is never there", () => {
  const evidence = [{ kind: "goal", loss: 1, stays: true, text: "1", runs: null }] as Evidence[];
  const prepared = [{ index: 1, ...RATES, run: run("Heavy ball", [9, 4, 2, 1]) }];
  const told = (loss: number[]) =>
    said({}, { shownRuns: [FIRST, run("Heavy ball", loss)], prepared, shownEvidence: evidence });
  assert.equal(told([9, 1]), "At 0.0006 it stays below loss 1 after 1 step instead of 3.");
  assert.equal(
    told([9, 1, 2]),
    "At 0.0006 it never stays below loss 1; at 0.0015 it stays below loss 1 after 3 steps.",
  );
});

test("a run that diverges is told so, with what it did before; one whose end has not come is not told of", () => {
  const prepared = [{ index: 1, ...RATES, run: at(3, 2) }];
  const gone = run("Heavy ball", [9, 99], undefined, { stop_reason: "diverged", diverged_at: 7 });
  assert.equal(
    said(GUESS, { shownRuns: [FIRST, gone], prepared }),
    "At 0.0006 it diverges at step 7; at 0.0015 it ends at (3, 2).",
  );
  assert.equal(said(GUESS, { shownRuns: [FIRST, { ...gone, end: null }], prepared }), "");
});

test("a run that is not the one to be changed is named, and other values too", () => {
  const betas = { before: { learning_rate: 0.1, beta: 0.9 }, optimizer: { learning_rate: 0.1, beta: 0.5 } };
  const prepared = [{ index: 0, ...betas, run: run("Momentum", [9, 3]) }];
  assert.equal(
    said({}, { shownRuns: [run("Momentum", [9, 2]), FIRST], prepared }),
    "With beta 0.5 Momentum ends at loss 2.00 instead of 3.00.",
  );
  assert.equal(beforeWords(prepared[0]), "before, with beta 0.9");
  assert.equal(beforeWords({ before: betas.before, optimizer: betas.before }), "before");
});

test("the run to be changed is named beside another that was changed", () => {
  const [rates, gone] = [
    { before: { learning_rate: 0.002 }, optimizer: { learning_rate: 1 } },
    { stop_reason: "diverged" },
  ];
  const prepared = [
    { index: 0, ...rates, run: FIRST },
    { index: 1, before: RATES.before, optimizer: RATES.before, run: at(3.58, -1.85) },
  ];
  assert.equal(
    said(GUESS, {
      shownRuns: [run("Gradient descent", [9, 99], undefined, { ...gone, diverged_at: 4 }), at(3, 2)],
      prepared,
    }),
    "At 1 Gradient descent diverges at step 4; at 0.002 it ends at (3, 2). " +
      "Heavy ball ends at (3, 2) instead of (3.58, −1.85).",
  );
});

test("from another start all runs are told of", () => {
  const same = { before: RATES.before, optimizer: RATES.before };
  const prepared = [
    { index: 0, ...same, run: FIRST },
    { index: 1, ...same, run: at(3.58, -1.85) },
  ];
  assert.equal(
    said(GUESS, { shownRuns: [FIRST, at(3, 2)], prepared }),
    "From (1, 5), ends at: Gradient descent (3, 2); Heavy ball (3, 2), before (3.58, −1.85).",
  );
});

const SAME = { before: RATES.before, optimizer: RATES.before };
const LETTERED = {
  ...PROBLEM,
  minima: [
    { at: [3, 2], loss: 0 },
    { at: [-2.8, 3.1], loss: 0 },
  ],
};
const three = (...ends: [number, number][]) =>
  ends.map((end, k) => ({ ...at(...end), name: ["Gradient descent", "Heavy ball", "Adam"][k] }));
const fromBefore = (...ends: [number, number][]) => three(...ends).map((run, index) => ({ index, ...SAME, run }));

test("minima with letters are told by their letters, and runs that end alike together", () => {
  const [a, b]: [number, number][] = [
    [3, 2],
    [-2.8, 3.1],
  ];
  const moved = (runs: object[], prepared: object[]) =>
    said(GUESS, { problem: LETTERED, start: [-1.74, 1.64], shownRuns: runs, prepared });
  assert.equal(
    moved(three(b, b, b), fromBefore(a, b, a)),
    "From (−1.74, 1.64) all end in B. Before, Gradient descent and Adam ended in A, Heavy ball in B.",
  );
  assert.equal(
    moved(three(b, a, a), fromBefore(a, a, a)),
    "From (−1.74, 1.64) Gradient descent ends in B, Heavy ball and Adam in A. Before, all ended in A.",
  );
  assert.equal(moved(three(b, b, b), fromBefore(b, b, b)), "From (−1.74, 1.64) all end in B, as before.");
  assert.equal(
    moved(three(b, [0, 0], a), fromBefore(a, a, a)),
    "From (−1.74, 1.64): Gradient descent ends in B, before A; Heavy ball ends at (0, 0) (before: ends in A); " +
      "Adam ends in A.",
  );
  const withRate = fromBefore(a, b, a).map((run, k) => (k === 1 ? { ...run, ...RATES } : run));
  assert.equal(
    moved(three(b, b, b), withRate),
    "From (−1.74, 1.64), Heavy ball at 0.0006, all end in B. " +
      "Before, Gradient descent and Adam ended in A, Heavy ball in B.",
    "a rate that was changed, too, is named once",
  );
  const prepared = [{ index: 1, ...RATES, run: at(...b) }];
  assert.equal(
    said(GUESS, { problem: LETTERED, shownRuns: [FIRST, at(...a)], prepared }),
    "At 0.0006 it ends in A instead of B, as Gradient descent does.",
  );
});

test("the heading of a change is what a preset proposes once that is told, else what was changed", () => {
  const heading = (control: object, start: number[], { proposes = true, index = 1 } = {}) => {
    const preset = { change: { control, do: "Set the rate to 1" }, question: "Where?" } as Preset;
    const prepared = [{ index, ...SAME, run: at(3, 2) }];
    const scene = { prepared, shownRuns: [FIRST, at(3, 2)], start } as unknown as Scene;
    return changeHeading(preset, scene, proposes ? stillProposed(preset, scene) : undefined);
  };
  assert.equal(heading({ run: 1 }, [1, 5]), "Set the rate to 1.");
  assert.equal(heading({ run: 1 }, [1, 5], { index: 0 }), "You changed Gradient descent.");
  assert.equal(heading({ run: 1 }, [1, 5], { proposes: false }), "You changed Heavy ball.");
  assert.equal(heading({ run: 0 }, [2, 2]), "You moved the start.");
  assert.equal(heading({ run: null }, [2, 2]), "Set the rate to 1.", "a start is what it proposes to change");
});

test("what was said that a change will do is held to what it does", () => {
  const guess = { kind: "choice" as const, options: ["It stays", "It ends 1 % above"], answer: 1, run: null };
  assert.equal(changeVerdict(guess, null), "");
  assert.equal(changeVerdict(guess, 0), "You said “It stays”, and it is not so.");
  assert.equal(changeVerdict(guess, 1), "You said “It ends 1\u00a0% above”, and you are right.");
});
