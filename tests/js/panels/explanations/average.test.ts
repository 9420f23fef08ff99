import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemory } from "../../../../static/page/panels/explanations/average/average.ts";
import type { Source } from "../../../../static/page/panels/explanations/average/sources.ts";
import { betterRate, statesWords } from "../../../../static/page/panels/explanations/own-rule/facts.ts";
import { computesByLine } from "../../../../static/page/panels/explanations/own-rule/ownRule.ts";
import type { Scene } from "../../../../static/page/state/types.ts";
import { withKnown } from "../../known.ts";
import { partOf } from "../../part.ts";

const SOURCE = partOf<Source>({
  name: "m",
  latex: "m",
  values: Float64Array.of(4, 4, 4),
  sum: false,
  others: [],
  t: 2,
  whole: false,
  input: "g",
  squared: true,
  title: "",
  slot: 3,
});

const SCENE = partOf<Scene>({ theme: "day", scale: 1 });
const memoryOf = createMemory();
const linesOf = (source: Source, beta: number, corrected = false) => memoryOf(source, SCENE, { beta, corrected }).lines;

test("a corrected average of what does not change is what it is an average of, beside itself uncorrected", () => {
  const [plain, corrected] = linesOf(SOURCE, 0.5, true);
  assert.deepEqual([...plain.values], [2, 3, 3.5]);
  assert.ok(corrected.values.every((value) => Math.abs(value - 4) < 1e-12));
  assert.deepEqual([plain.name, corrected.name, corrected.strong], ["m", "m\u0302", true]);
});

test("a sum counts the newest value in full; several betas are told apart by their names", () => {
  assert.deepEqual([...linesOf({ ...SOURCE, sum: true }, 0.5)[0].values], [4, 6, 7]);
  assert.deepEqual(
    linesOf({ ...SOURCE, others: [0.5, 0.9] }, 0.9).map(({ name, strong = false }) => [name, strong]),
    [
      ["β = 0.5", false],
      ["β = 0.9", true],
    ],
  );
});

test("as many steps are in sight as the average remembers, up to the one taken apart and on", () => {
  const long = { ...SOURCE, values: new Float64Array(500), t: 400 };
  const memoryIn = (source: Source, scene = SCENE) => memoryOf(source, scene, { beta: 0.9, corrected: false });
  assert.deepEqual(memoryIn(long).steps, [371, 400]);
  assert.deepEqual(memoryIn({ ...long, t: 3 }).steps, [1, 30]);
  assert.deepEqual(memoryIn({ ...long, whole: true }).steps, [1, 500]);
  assert.equal(memoryIn(long, { ...SCENE, hasHiddenRows: true }).until, 400);
  assert.equal(memoryIn(long).raised, "²");
});

test("what a rule keeps is said with where it starts", () => {
  assert.equal(statesWords(["m", "v", "mu_product"], { mu_product: "1" }), "m, v from 0, mu product from 1");
  assert.equal(statesWords([], {}), "nothing from step to step");
  assert.deepEqual(computesByLine("m = g\n# kept\n\n w = w - m"), [true, false, false, true]);
});

test("a better rate is named where the run's own ends far above it", () => {
  const sweep = { over: "learning_rate", values: [0.001, 0.01, 0.1, 1], loss: [50, 20, 0.5, null] };
  const swept = withKnown(partOf({ catalog: null }), "sweep", "", sweep, 1);
  const rate = (learning_rate: number, id = 1) => betterRate(swept, partOf({ id, optimizer: { learning_rate } }));
  assert.deepEqual([rate(0.002), rate(0.1), rate(1)], [0.1, null, 0.1]);
  assert.equal(rate(1, 2), null);
});
