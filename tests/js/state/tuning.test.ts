import assert from "node:assert/strict";
import { test } from "node:test";
import { hasRate } from "../../../static/page/state/catalog.ts";
import {
  paramsWithoutRange,
  proposedLoss,
  setTuned,
  tunedParams,
  tuneRequest,
} from "../../../static/page/state/tuning.ts";
import type { Catalog, State } from "../../../static/page/state/types.ts";
import { partOf } from "../part.ts";

const rate = { name: "learning_rate", default: 0.01, min: 1e-5, max: 10, scale: "log" as const, help: "" };
const decay = (name: string) => ({ name, default: 0.9, min: 0, max: 0.9999, scale: "decay" as const, help: "" });
const eps = { ...rate, name: "eps" };
const catalog: any = {
  optimizers: [
    { name: "gd", rule: "w = w - lr*g", params: [rate] },
    { name: "adan", rule: "w = w", params: [rate, decay("beta1"), decay("beta2"), decay("beta3"), eps] },
    { name: "recorded", rule: "", params: [{ ...rate, max: rate.min }] },
  ],
  language: { constants: ["w", "g", "t", "lr"], functions: [] },
  limits: {},
};
const names = (params: { name: string }[]) => params.map(({ name }) => name);

test("the rate and the first decays are tuned, and nothing of a path whose rate has one value", () => {
  assert.deepEqual(names(tunedParams(catalog, { name: "gd" })), ["learning_rate"]);
  assert.deepEqual(names(tunedParams(catalog, { name: "adan" })), ["learning_rate", "beta1", "beta2"]);
  assert.deepEqual(tunedParams(catalog, { name: "recorded" }), []);
});

test("of a rule of one's own what the catalog has a range for is tuned, and the rest is named", () => {
  const own = { rule: "m = beta1*m + kick*g\nw = w - lr*m", kick: 0.5, learning_rate: 0.1 };
  assert.deepEqual(names(tunedParams(catalog, own)), ["learning_rate", "beta1"]);
  assert.deepEqual(paramsWithoutRange(catalog, own), ["kick"]);
  assert.deepEqual(paramsWithoutRange(catalog, { name: "adan" }), []);
});

test("the loss that is proposed lies a thousandth of the way above the lowest that runs came to", () => {
  const run = (...loss: number[]) => ({ columns: { loss: Float64Array.from([...loss, -9]) }, length: loss.length });
  const proposed = (...runs: object[]) => proposedLoss(partOf({ shownRuns: runs, shownEvidence: [] }));
  assert.equal(proposed(run(100, 20, 5), run(100, 2, NaN)), 2.1);
  assert.equal(proposed(run(7, 0)), 0.007);
  assert.equal(proposed(run()), null);
});

test("of a preset whose question is of a loss that one is proposed", () => {
  const goal = { kind: "goal", loss: 0.0008, runs: null };
  assert.equal(proposedLoss(partOf({ shownRuns: [], shownEvidence: [goal] })), 0.0008);
});

const entry = (id: number, optimizer: object) => ({ id, slot: id, hidden: false, optimizer }) as any;
const state = (change: object = {}): State =>
  partOf({
    catalog,
    problem: { surface: "bowl" },
    start: null,
    stop: { max_steps: 300, min_step_size: null, target_loss: null },
    seed: 3,
    entries: [],
    ...change,
  });

test("the rate alone is tuned where that is asked, and what there is of a rule without one", () => {
  const bare = { name: "bare", rule: "w = beta1*w", params: [decay("beta1")] };
  const of = state({ catalog: { ...catalog, optimizers: [...catalog.optimizers, bare] } });
  const over = (name: string) => Object.keys(tuneRequest(of, entry(1, { name }), 1, true).body.over);
  assert.deepEqual(over("adan"), ["learning_rate"]);
  assert.deepEqual(over("bare"), ["beta1"]);
});

test("what is asked depends on all but the values that are tuned and the label", () => {
  const asked = (optimizer: object, change?: object, loss = 0.1) =>
    tuneRequest(state(change), entry(1, optimizer), loss);
  const { body, key } = asked({ name: "gd", learning_rate: 0.1, label: "mine" });
  assert.deepEqual(body.over, { learning_rate: { from: 1e-5, to: 100 } });
  assert.deepEqual([body.stop.target_loss, body.stays, body.seeds, body.coarse], [0.1, true, 1, false]);
  assert.equal(asked({ name: "gd", learning_rate: 3 }).key, key);
  assert.notEqual(asked({ name: "gd", noise: 1 }).key, key);
  assert.notEqual(asked({ name: "gd" }, { seed: 4 }).key, key);
  assert.notEqual(asked({ name: "gd" }, {}, 0.2).key, key);
});

test("where chance has a part five seeds count, and of a network and of somebody's code fewer values are tried", () => {
  assert.equal(tuneRequest(state(), entry(1, { name: "gd", noise: 1 }), 1).body.seeds, 5);
  const { body } = tuneRequest(state({ problem: { network: { dataset: "xor" } } }), entry(1, { name: "gd" }), 1);
  assert.deepEqual([body.seeds, body.coarse], [5, true]);
  const code = entry(1, { name: "own.mine" });
  assert.equal(tuneRequest(state({ entries: [code] }), code, 1).body.coarse, true);
  assert.equal(tuneRequest(state({ problem: { surface: "own.bent" } }), entry(1, { name: "gd" }), 1).body.coarse, true);
});

test("a run beside somebody's code gets no more tries than that, and is asked for anew without it", () => {
  const [adam, code] = [entry(1, { name: "gd" }), entry(2, { name: "own.mine" })];
  const beside = tuneRequest(state({ entries: [adam, code] }), adam, 1);
  const alone = tuneRequest(state({ entries: [adam, { ...code, hidden: true }] }), adam, 1);
  assert.deepEqual([beside.body.coarse, alone.body.coarse], [true, false]);
  assert.notEqual(beside.key, alone.key);
});

test("the values of all runs are set at once", () => {
  const before = state({ entries: [entry(1, { name: "gd", noise: 1 }), entry(2, { name: "gd" })] });
  const { entries, edit } = setTuned(before, new Map([[1, { learning_rate: 0.3 }]]));
  assert.deepEqual(entries[0].optimizer, { name: "gd", noise: 1, learning_rate: 0.3 });
  assert.equal(entries[1], before.entries[1]);
  assert.equal(edit.kind, "runs");
});

test("a learning rate of one value is none to be set", () => {
  const of = (min: number, max: number): Catalog =>
    partOf({
      optimizers: [{ name: "own.bare", params: [{ name: "learning_rate", default: 1, min, max, scale: "log" }] }],
    });
  const rated = (min: number, max: number) => [
    hasRate(of(min, max), { name: "own.bare" }),
    tunedParams(of(min, max), { name: "own.bare" }).length,
  ];
  assert.deepEqual(
    [rated(1, 1), rated(0.1, 1)],
    [
      [false, 0],
      [true, 1],
    ],
  );
});
