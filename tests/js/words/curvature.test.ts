import assert from "node:assert/strict";
import { test } from "node:test";
import {
  averageWords,
  conditionWords,
  curvatureSentence,
  directionNames,
  edgeSentence,
  factorText,
  motionAlong,
  predictedWords,
} from "../../../static/page/words/curvature.ts";
import type { AnyMark } from "../marks.ts";
import { partOf } from "../part.ts";

const mode = (eigenvalue: number, roots: number[][] | null, direction: number[] | null = [1, 0]) =>
  ({
    eigenvalue,
    direction,
    roots,
    factor: roots && Math.hypot(roots[0][0], roots[0][1]),
    stable: roots && Math.hypot(roots[0][0], roots[0][1]) < 1,
  }) as any;

const told = (modes: AnyMark[], more: object = {}) =>
  ({
    t: 0,
    of: "loss",
    modes,
    condition_number: 100,
    learning_rate_max: 0.02,
    learning_rate_best: 2 / 101,
    learning_rate_best_to: 2 / 101,
    factor_best: 99 / 101,
    limit: null,
    curve: null,
    notes: [],
    ...more,
  }) as any;

test("a direction is told by its largest root", () => {
  assert.equal(motionAlong(mode(1, [[0.98, 0]])), "creeps");
  assert.equal(motionAlong(mode(100, [[-0.8, 0]])), "turns over");
  assert.equal(motionAlong(mode(100, [[0, 0]])), "arrives at once");
  assert.equal(
    motionAlong(
      mode(100, [
        [0.5, 0.6],
        [0.5, -0.6],
      ]),
    ),
    "swings",
  );
  assert.equal(motionAlong(mode(-1, [[1.2, 0]])), "grows");
  assert.equal(motionAlong(mode(100, [[-1.2, 0]])), "jumps ever farther");
  assert.equal(motionAlong(mode(100, null)), "");
});

test("a factor near 1 keeps the digits that tell it from 1", () => {
  assert.deepEqual([0.837, 0.9819, 0.99812, 1.2, 2e-15].map(factorText), ["0.837", "0.982", "0.99812", "1.2", "0"]);
});

test("the sentence names the cause in both directions of a valley, and the rates", () => {
  const descent = told([mode(1, [[0.982, 0]]), mode(100, [[-0.8, 0]])]);
  assert.equal(
    curvatureSentence(descent),
    "Across the valley it turns over, and a step keeps 0.8 of the distance; along the valley it creeps, and a step " +
      "keeps 0.982 of the distance. By the curvature at this point, 100, it grows past the rate 0.02. Fastest is " +
      "0.0198: then no direction keeps more than 0.98. All this holds where the loss is curved as it is here.",
  );
  assert.match(curvatureSentence(descent, { limited: true }), /here; the limit at the slider is that of whole runs/);
  assert.match(curvatureSentence(descent, { everywhere: true }), /distance\. Past the rate 0\.02 it grows\. Fastest/);
  assert.ok(
    curvatureSentence(descent, { everywhere: true }).endsWith("more than 0.98."),
    "of a quadratic it holds everywhere",
  );
});

test("at a saddle it says how fast it leaves, and of one curvature nothing of a valley", () => {
  const saddle = told([mode(-2, [[1.2, 0]]), mode(2, [[0.8, 0]])], { learning_rate_best: null });
  assert.equal(
    curvatureSentence(saddle),
    "Up the saddle it creeps, and a step keeps 0.8 of the distance; down the saddle it grows, 1.2 times as far with " +
      "each step. All this holds where the loss is curved as it is here.",
  );
  const leaves = (predicted: number | null, counted: number | null) =>
    curvatureSentence({ ...saddle, leaving: { distance: 1, predicted, counted } }).split(". ")[1];
  assert.equal(
    leaves(76, 81),
    "By this curvature it is 1 away from the saddle after 76 more steps; the run is after 81 more steps",
  );
  assert.equal(leaves(1, 1), "By this curvature it is 1 away from the saddle after 1 more step; the run is too");
  assert.match(leaves(9, null), /after 9 more steps; the run is not by the last step/);
  assert.match(
    leaves(null, null),
    /^By this curvature it is not 1 away from the saddle by the last step; nor is the run/,
  );
  assert.match(leaves(1200, 7), /after 1,200 more steps; the run is after 7/);
  const rates = { learning_rate_max: 1, learning_rate_best: 0.5, learning_rate_best_to: 0.5, factor_best: 0 };
  assert.match(
    curvatureSentence({ ...saddle, ...rates }),
    /Up the saddle it grows too past the rate 1\. Fastest there is 0\.5: then one step leaves nothing of the dist/,
  );
  assert.match(
    curvatureSentence({ ...saddle, ...rates, factor_best: 0.7 }),
    /0\.5: then a step keeps 0\.7 of the distance\. All/,
  );
});

test("a direction of which nothing is left is said to end, not to creep", () => {
  assert.match(curvatureSentence(told([mode(2, [[0, 0]])])), /^\S+ one step leaves nothing of the distance\./);
  const held = [
    [0, 0],
    [0, 0],
  ];
  assert.match(curvatureSentence(told([mode(2, held)])), /^\S+ 2 steps leave nothing of the distance\./);
});

test("where curvatures are equal, or nearly, no valley is named", () => {
  const rates = { learning_rate_max: 1, learning_rate_best: 0.5, learning_rate_best_to: 0.5, factor_best: 0 };
  const bowl = [mode(2, [[0.9, 0]]), mode(2, [[0.9, 0]])];
  assert.deepEqual(directionNames(bowl), ["", "every direction"]);
  assert.match(
    curvatureSentence(told(bowl, rates)),
    /^In every direction it creeps, and a step keeps 0\.9 of the distance\. By the .* 0\.5: then one step leaves/,
  );
  const near = [mode(1, [[0.9, 0]]), mode(1.2, [[0.88, 0]])];
  assert.match(
    curvatureSentence(told(near)),
    /^One way it creeps, and a step keeps 0\.88 of the distance; the other way it creeps, and a step keeps 0\.9 of/,
  );
  const held = [
    [0, 0],
    [0, 0],
  ];
  assert.match(curvatureSentence(told([mode(2, held)], rates)), /then 2 steps leave nothing of the distance/);
});

test("the condition number is told by what it compares", () => {
  const valley = told([mode(1, null), mode(2572.4, null)], { condition_number: 2572.4 });
  assert.equal(
    conditionWords(valley),
    "Condition number 2,572: across the valley the loss is curved so many times as much as along it.",
  );
  assert.equal(
    conditionWords({ ...valley, of: "preconditioned" }),
    "The condition number of the loss itself, not scaled, is 2,572.",
  );
  const plain = /: the largest curvature over the smallest\.$/;
  assert.match(conditionWords(told([mode(1, null, null), mode(4, null, null)], { condition_number: 4 })), plain);
  const bowl = [mode(2, null), mode(2, null)];
  assert.equal(
    conditionWords(told(bowl, { condition_number: 1 })),
    "Condition number 1: the loss is curved alike in every direction.",
  );
  assert.equal(conditionWords(told([mode(2, null)], { condition_number: 1 })), "");
  assert.equal(conditionWords(told(bowl, { condition_number: null })), "");
});

test("where a rule divides, and of a network, the largest curvature is told against its limit", () => {
  const adam = told([mode(3, [[0.99, 0]]), mode(80, [[-1.01, 0]])], { of: "preconditioned", limit: 76 });
  assert.equal(
    curvatureSentence(adam),
    "The largest curvature here, scaled by what the rule divides by, is 80.0; a step grows beyond 76.0. It is past " +
      "that: in its direction each step is larger than the last.",
  );
  const network = told([mode(1, [[0.9, 0]], null), mode(4, [[0.6, 0]], null)], { limit: 20 });
  assert.equal(curvatureSentence(network), "The largest curvature here is 4.00; a step grows beyond 20.0.");
});

test("a rule without roots says why", () => {
  const lion = told([mode(1, null), mode(100, null)], { notes: ["It has none."] });
  assert.equal(curvatureSentence(lion), "It has none.");
});

test("where noise leaves it is said before it runs, and how closely a path was predicted", () => {
  const covariance = [
    [0.02, 0.008],
    [0.008, 0.019],
  ];
  const modes = [mode(2, [[0.9, 0]]), mode(2, [[0.9, 0]])];
  const noisy = told(modes, { covariance, excess_share: 0.11307, learning_rate_best: null });
  assert.ok(
    curvatureSentence(noisy).includes(
      "In the end noise leaves it rattling, half of the time inside the small ellipse on the map, 95 % of it inside " +
        "the large one (taken as Gaussian), its loss on average about 11 % above the least.",
    ),
    curvatureSentence(noisy),
  );
  assert.ok(!curvatureSentence(told(modes)).includes("Gaussian"));
  assert.equal(averageWords(1600, 0.0421, 0.2), "At step 1,600 the average is 0.042 from the minimum, the run 0.20.");
  assert.match(predictedWords(4.4e-16), /never farther from it than 4×10⁻¹⁶/);
});

test("past its limit a step grows, and where it shows it is said with the losses", () => {
  const loss = Float64Array.from([58, 1e-8, 8e-113, 1, 7.6]);
  const run = partOf<Parameters<typeof edgeSentence>[1]>({ columns: { loss }, length: 5 });
  const edge = { t: [0, 2, 4], lambda_max: [1, 80, 90], limit: [76, 76 + 1e-8, 76], crosses: 2, least: 2, leaves: 3 };
  assert.equal(
    edgeSentence(edge, run, "preconditioned"),
    "Near the bottom gradients shrink, what divides them too, and every curvature weighs more. At step 2 the " +
      "largest curvature, scaled by what the rule divides by, is past 76.0: in its direction a step grows. At " +
      "step 3 it shows: from a loss of 8×10⁻¹¹³ at step 2 it is thrown out, up to 7.6.",
  );
  assert.match(edgeSentence({ ...edge, limit: [8, 6, 4], leaves: null }, run, "loss"), /is past its limit: .*grows\.$/);
  assert.match(edgeSentence({ ...edge, crosses: 2508, leaves: null }, run, "loss"), /^At step 2,508 the/);
  assert.equal(edgeSentence({ ...edge, crosses: null }, run, "loss"), "");
  assert.equal(edgeSentence(null, run, "loss"), "");
});
