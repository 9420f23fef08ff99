import assert from "node:assert/strict";
import { test } from "node:test";
import { isLossRising } from "../../../static/page/state/columns.ts";
import { distanceToMinimum, minimumAtEnd, progressAt, standings } from "../../../static/page/state/standings.ts";
import type { EndPoint, Minimum, Problem, Run } from "../../../static/page/state/types.ts";
import { minimaWords } from "../../../static/page/words/endPoint.ts";
import { outcomeOf } from "../../../static/page/words/outcome.ts";
import { sentence } from "../../../static/page/words/sentence.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";
import { runOf } from "../runs.ts";

const STOP = { max_steps: 9, min_step_size: 0.001, target_loss: 0.5 };

function run(
  loss: number[],
  end: Partial<Run["end"]> | null,
  { name = "Adam", x = loss.map((_, k) => k), size }: { name?: string; x?: number[]; size?: number } = {},
): Run {
  const points = loss.map((_, k) => [x[k], 0]);
  const gradient = size === undefined ? null : loss.map(() => [size, 0]);
  const made = runOf({ name, loss, points, gradient, reason: end?.stop_reason });
  return { ...made, end: end && ({ ...made.end, ...end } as Run["end"]) };
}

const problem = (minima: Minimum[] = []) =>
  ({
    minima,
    domain: pairs(-6, 6, -6, 6),
  }) as any;

function said(walked: Run, step: number, minima?: Minimum[]) {
  const { verdict, why } = outcomeOf(walked, STOP, step, problem(minima));
  return verdict ? `${verdict} · ${why}` : why;
}

test("a run stops, for a reason, and may stop on a gradient", () => {
  const stopped = run([3, 2, 1], { stop_reason: "min_step_size" }, { size: 1.4 });
  assert.equal(said(stopped, 2), "stopped · 2 steps, the last below 0.001; the gradient is still 1.4");
  assert.equal(said(stopped, 1), "stops after 2 steps: every step is below 0.001");
  assert.equal(said(run([3, 0.4], { stop_reason: "target_loss" }), 1), "reached loss 0.5 after 1 step");
  assert.equal(said(run([3, 2], { stop_reason: "max_steps" }), 1), "ended at its limit of 1 step, still moving");
  assert.equal(said(run([3, 2], null), 1), "received up to step 1");
  const unseen = run([3, 2], { stop_reason: "max_steps" });
  assert.equal(
    said({ ...unseen, columns: { ...unseen.columns, parameters: [] } }, 1),
    "ended at its limit of 1 step",
    "whether it moved is not known",
  );
  assert.equal(said(run([3, 9e99], { stop_reason: "diverged", diverged_at: 2 }), 1), "diverged at step 2");
  assert.ok(
    !/converge/.test(
      ["min_step_size", "target_loss", "max_steps", "diverged"]
        .map((stop_reason) => said(run([1, 1], partOf({ stop_reason })), 1, [{ at: [1, 0], loss: 1 }]))
        .join(),
    ),
  );
});

const point = (kind: EndPoint["kind"], lowest: boolean | null = null, x: number = 2): EndPoint =>
  partOf({ kind, at: kind === "none" || kind === "undecided" ? null : [x, 0], lowest });

test("a run that is over says in a word whether it got there, as gradient and Hessian have it", () => {
  const minima = [
    { at: [2, 0], loss: 0.5 },
    { at: [-2, 0], loss: 2 },
  ];
  const at = (end_point: EndPoint | undefined, stop_reason: any, loss = 0.985) =>
    run([3, loss], { stop_reason, end_point }, { x: [0, 2] });
  assert.equal(
    said(at(point("minimum", true), "min_step_size"), 1, minima),
    "at the minimum · 1 step, already below 0.001",
  );
  assert.equal(
    said(at(point("none"), "min_step_size"), 1, minima),
    "stopped short, 97 % above the least · 1 step, already below 0.001",
  );
  assert.match(said(at(point("none"), "max_steps", 1.8446), 1, minima), /^not at a minimum, 269 % above the least · /);
  assert.match(
    said(at(point("none"), "max_steps", 0.50477), 1, minima),
    /^not at a minimum, 0.95 % above the least · /,
  );
  assert.equal(
    said(at(point("minimum", false), "max_steps", 2), 1, minima),
    "at a minimum; a lower one is known · ended at its limit of 1 step",
  );
  assert.equal(
    said(at(point("none"), "max_steps", 200), 1, minima),
    "not at a minimum · ended at its limit of 1 step, still moving",
  );
  assert.equal(
    said(at(point("minimum", true), "max_steps"), 1, [...minima, { at: [5, 5], loss: 0.5 }]),
    "at a minimum · ended at its limit of 1 step",
  );
  assert.equal(said(at(point("minimum", true), "max_steps"), 0, minima), "will go on to its limit of 1 step");
  assert.equal(said(at(point("minimum"), "max_steps"), 1), "at a minimum · ended at its limit of 1 step");
  assert.equal(said(at(point("saddle"), "min_step_size"), 1), "at a saddle · 1 step, already below 0.001");
  assert.equal(said(at(point("maximum"), "max_steps"), 1), "at a maximum · ended at its limit of 1 step");
  assert.equal(said(at(point("degenerate"), "max_steps"), 1), "on level ground · ended at its limit of 1 step");
  for (const end_point of [point("undecided"), undefined]) {
    assert.equal(said(at(end_point, "min_step_size"), 1, minima), "stopped · 1 step, already below 0.001");
    assert.equal(said(at(end_point, "max_steps"), 1, minima), "ended at its limit of 1 step, still moving");
  }
  assert.equal(said(at(point("none"), "target_loss", 0.4), 1, minima), "reached loss 0.5 after 1 step");
});

test("a run that still rises when its steps run out is growing; one that rattles is not", () => {
  const ended = { stop_reason: "max_steps" } as const;
  assert.ok(isLossRising(run([1, 2, 4, 8, 16, 32, 64, 128, 256], ended)));
  assert.ok(!isLossRising(run([2.25, 2.25, 2.25, 2.25, 2.25, 2.25], ended)));
  assert.ok(!isLossRising(run([100, 2, 4, 8, 16, 32, 64], ended)));
  assert.equal(progressAt(run([1, 2, 4, 8, 16, 32, 64, 128, 256], ended), 8), "growing");
  assert.equal(progressAt(run([1, 2, 4, 8, 16, 32, 64, 128, 256], ended), 3), "walking");
});

test("the standings go by loss at the playhead; what has diverged comes last, what is hidden not at all", () => {
  const runs = [
    run([9, 5, 4], { stop_reason: "max_steps" }),
    run([9, 1e50], { stop_reason: "diverged", diverged_at: 2 }),
    run([9, 6, 1], { stop_reason: "max_steps" }),
    { ...run([0, 0, 0], null), hidden: true },
  ];
  assert.deepEqual(
    standings(runs, problem(), 1).map(({ index }) => index),
    [0, 2, 1],
  );
  assert.deepEqual(
    standings(runs, problem(), 2).map(({ index }) => index),
    [2, 0, 1],
  );
  const minima = [
    { at: [0, 0], loss: 0 },
    { at: [5, 2], loss: 0 },
  ];
  const moved = run([1, 1], null, { x: [3, 5] });
  assert.deepEqual(
    [0, 1].map((row) => distanceToMinimum(moved, row, problem(minima))),
    [Math.hypot(2, 2), 2],
  );
  const over = (losses: number[], x: number[]) => run(losses, { stop_reason: "min_step_size" }, { x });
  const ended = [over([1, 2e-4], [3, 0.001]), over([1, 1e-9], [3, 0]), over([1, 1e-3], [3, 1])];
  assert.deepEqual(
    ended.map((over) => minimumAtEnd(over, problem(minima))),
    [0, 0, -1],
  );
  assert.deepEqual(
    standings(ended, problem(minima), 1).map(({ index }) => index),
    [0, 1, 2],
  );
});

const scene = (runs: Run[], minima: Minimum[] = []) =>
  ({ shownRuns: runs, start: [0, 0], levels: { kind: "decades" }, problem: problem(minima) }) as any;

test("of runs that fall ever faster, where no minimum is known, that is said", () => {
  const falls = (name: string) =>
    run([-1, -2, -4, -8, -16, -32, -64, -128, -256], { stop_reason: "max_steps" }, { name });
  const rests = run([-1, -1, -1, -1, -1, -1, -1, -1, -1], { stop_reason: "max_steps" }, { name: "GD" });
  assert.match(sentence(scene([falls("Ball"), rests]), 8), /Ball still falls, ever faster\.$/);
  assert.match(sentence(scene([falls("Ball"), falls("Twin")]), 8), /Both still fall, ever faster\.$/);
});

test("a rate too small to move anything is told", () => {
  const stuck = run([3, 3], { stop_reason: "max_steps" }, { x: [1, 1] });
  assert.equal(said(stuck, 1), "ended at its limit of 1 step, and the last moved nothing");
});

test("where a loss was asked for, the sentence says in which order it was reached", () => {
  const reached = { stop_reason: "target_loss" } as const;
  const [slow, fast] = [run([9, 5, 4, 0.4], reached, { name: "GD" }), run([9, 0.3], reached, { name: "Ball" })];
  assert.equal(sentence(scene([slow, fast]), 3), "Ball was there first, after 1 step; GD after 3.");
  assert.equal(sentence(scene([slow, fast]), 2), "Ball was there first, after 1 step. GD is still on the way.");
});

test("the sentence says whose loss is lowest, by how much, and who is in trouble", () => {
  const gd = run([9, 8, 4.1], { stop_reason: "max_steps" }, { name: "Gradient descent" });
  const adam = run([9, 5, 0.1], { stop_reason: "max_steps" });
  const gone = run([9, 1e40], { stop_reason: "diverged", diverged_at: 2 }, { name: "Heavy ball" });
  assert.equal(
    sentence(scene([gd, adam]), 2.4),
    "Adam has the lower loss at step 2, 0.100; Gradient descent’s is 41 times as high, 4.10.",
  );
  assert.equal(sentence(scene([adam, { ...adam, name: "Twin" }]), 2), "Both are at 0.100 at step 2.");
  assert.equal(sentence(scene([gd, adam]), 0), "Both start at (0, 0), where the loss is 9.00.");
  assert.equal(
    sentence(scene([gone, adam]), 2),
    "Heavy ball has diverged: at step 2 its numbers ran away. Adam is at 0.100 at step 2.",
  );
  assert.match(sentence(scene([]), 0), /Nothing runs yet/);
  assert.equal(
    sentence(partOf({ ...scene([gd, adam]), start: [1, 2, 3] }), 0),
    "Both start from the same weights, where the loss is 9.00.",
  );
});

test("while it plays no step is named, since the counter would be ahead of it", () => {
  const gd = run([9, 8, 4.1], { stop_reason: "max_steps" }, { name: "Gradient descent" });
  const grown = run([1, 2, 4, 8, 16, 32, 64, 128, 256], { stop_reason: "max_steps" }, { name: "Ball" });
  assert.equal(sentence(scene([gd]), 1.5, true), "Gradient descent is at 8.00.");
  assert.equal(sentence(scene([grown]), 8, true), "Ball is growing: its loss is 256 times what it was at the start.");
  assert.equal(
    sentence(scene([grown]), 8),
    "Ball is growing: its loss at step 8 is 256 times what it was at the start.",
  );
});

test("at rest in different valleys it says where, and which is not the lowest", () => {
  const at = (name: string, x: number, lowest = true) =>
    run([9, 0.001], { stop_reason: "min_step_size", end_point: point("minimum", lowest, x) }, { name });
  assert.equal(
    sentence(scene([at("GD", 3), at("Adam", -3), at("Ball", -3.0000001)]), 1),
    "All three are at a minimum, to within 0.2 % of the map: GD at (3, 0); Adam and Ball at (−3, 0).",
  );
  assert.equal(
    sentence(scene([at("GD", 5, false), at("Adam", 1e-14)]), 1),
    "Both are at a minimum, to within 0.2 % of the map: GD at (5, 0), though a lower one is known; Adam at (0, 0).",
  );
});

test("once all are over the sentence says who is at the minimum, and who at a saddle", () => {
  const minima = [{ at: [3, 0], loss: 0.1 }];
  const at = (name: string, end_point: EndPoint, loss: number) =>
    run([9, loss], { stop_reason: "min_step_size", end_point }, { name });
  const [gd, adam, ball] = [
    at("GD", point("minimum", true), 0.1),
    at("Adam", point("minimum", true), 0.1),
    at("Ball", point("none"), 0.2),
  ];
  const [stuck, local] = [at("Stuck", point("saddle"), 0.25), at("Local", point("minimum", false, 9), 0.3)];
  assert.equal(
    sentence(scene([gd, adam], minima), 1),
    "Both are at 0.100 at step 1. Both are at the minimum, to within 0.2 % of the map.",
  );
  assert.match(
    sentence(scene([gd, ball], minima), 1),
    /GD is at the minimum, to within 0.2 % of the map; the other is at none\.$/,
  );
  assert.match(
    sentence(scene([gd, local, ball], minima), 1),
    /GD and Local are at a minimum, to within 0.2 % of the map; the other is at none\.$/,
  );
  assert.match(
    sentence(scene([ball, { ...ball, name: "Twin" }], minima), 1),
    /Neither is at the minimum, to within 0.2 % of the map: the lower loss is 100 % above the least loss\.$/,
  );
  assert.equal(
    sentence(scene([ball], minima), 1),
    "Ball is at 0.200 at step 1. It is not at the minimum, to within 0.2 % of the map, but 100 % above the least loss.",
  );
  assert.equal(
    sentence(scene([ball]), 1),
    "Ball is at 0.200 at step 1. It is not at a minimum, to within 0.2 % of the map.",
  );
  assert.equal(sentence(scene([stuck], minima), 1), "Stuck is at 0.250 at step 1. It is at a saddle.");
  assert.equal(
    sentence(scene([local], minima), 1),
    "Local is at 0.300 at step 1. It is at a minimum, to within 0.2 % of the map; a lower one is known.",
  );
});

test("being at the minimum never stands against another's being lowest", () => {
  const minima = [{ at: [1, 1], loss: 0 }];
  const at = (name: string, kind: EndPoint["kind"], loss: number) =>
    run([9, loss], { stop_reason: "min_step_size", end_point: point(kind, kind === "minimum" || null) }, { name });
  const said = (runs: Run[]) => sentence(scene(runs, minima), 1);
  // In a valley that hardly falls the loss is low far from the minimum.
  const lower = said([at("GD", "none", 1e-5), at("Adam", "minimum", 1e-3)]);
  assert.match(lower, /^GD has the lower loss at step 1, .* Adam is at the minimum, to within 0\.2 % of the map; /);
  assert.match(lower, /; the other is at none, though its loss is lower\.$/);
  assert.match(
    said([at("GD", "none", 1e-5), at("Adam", "minimum", 1e-3), at("Ball", "none", 1)]),
    /the others are at none, though the loss of GD is lower\.$/,
  );
  assert.match(said([at("GD", "none", 1), at("Adam", "minimum", 1e-3)]), /; the other is at none\.$/);
});

test("what it takes to be at a minimum is said with where the known ones are", () => {
  const valley = partOf<Problem>({
    minima: [
      { at: [-1, 5], loss: 2 },
      { at: [3, 2], loss: 0 },
    ],
    domain: pairs(-6, 6, 0, 4),
    parameters: ["x", "y"],
  });
  assert.equal(minimaWords(valley), "That is 0.024 in x and 0.008 in y. Known: 0 at (3, 2), 2 at (−1, 5).");
  assert.match(
    minimaWords({ ...valley, minima: Array.from({ length: 9 }, (_, k) => ({ at: [k, 0], loss: k })) }),
    /3 at \(3, 0\), and 5 more\.$/,
  );
  assert.match(
    minimaWords(partOf({ minima: [], domain: [[0, 10]], parameters: ["x"] })),
    /0\.02 in x\. None is known here\.$/,
  );
});

test("a run that comes to where nothing is defined has not run away", () => {
  const left = (broke: any) =>
    run([9, 6, 1], { stop_reason: "diverged", diverged_at: 3, what_broke: { parameter: "x", state: null, ...broke } });
  assert.equal(
    said(left({ quantity: "loss", failure: "not_a_number", parameter: null }), 2),
    "ended at step 3: there the loss is not defined",
  );
  assert.equal(
    said(left({ quantity: "gradient", failure: "infinite" }), 2),
    "ended at step 3: there the gradient in x is infinite",
  );
  assert.equal(
    said(left({ quantity: "state", failure: "infinite", state: "v" }), 2),
    "ended at step 3: there v of x is infinite",
  );
  assert.equal(said(left({ quantity: "parameter", failure: "too_large" }), 2), "diverged at step 3");
});
