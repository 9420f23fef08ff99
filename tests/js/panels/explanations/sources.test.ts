import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "../../../../static/page/figure/part.ts";
import { averageIn, createSources } from "../../../../static/page/panels/explanations/average/sources.ts";
import { readAddress } from "../../../../static/page/state/address.ts";
import { setExplain } from "../../../../static/page/state/explain.ts";
import { emptyState, withAddress } from "../../../../static/page/state/state.ts";
import type { Catalog, State } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";
import { runOf, sceneOf } from "../../runs.ts";

const CATALOG = partOf<Catalog>({
  optimizers: [
    { name: "gd", params: [], forms: [], rule: "w = w - lr*g" },
    {
      name: "adam",
      params: [{ name: "beta1", default: 0.9 }],
      forms: [],
      rule: "m = beta1*m + (1 - beta1)*g\nv = 0.99*v + 0.01*g**2\nw = w - lr*m",
    },
  ],
});
const GRADIENT = [
  [1, 10],
  [2, 20],
  [3, 30],
];

const stateOf = (optimizer: string, explained: Parameters<typeof setExplain>[1] = {}): State => ({
  ...setExplain(withAddress(emptyState(), readAddress(`surface=bowl&optimizer=${optimizer}`).address), explained),
  catalog: CATALOG,
});
const scene = (more: object = {}) =>
  sceneOf([runOf({ name: "Adam", slot: 3, points: [...GRADIENT, [0, 0]], gradient: [...GRADIENT, [0, 0]], ...more })], {
    problem: { parameters: ["x", "y"], minima: [] },
  });
const frameOf = (state: State, of = scene()) => partOf<Frame>({ state, scene: of, chosen: 0 });
const sourceOf = (state: State, of = scene(), reply = {}) =>
  createSources(() => [reply]).sourceAt(frameOf(state, of), 1);

test("the averages of the rule of the run are to choose from, the first where none is chosen, and temperatures", () => {
  const chosen = (state: State) => {
    const { options, name } = averageIn(frameOf(state));
    return [options, name];
  };
  assert.deepEqual(chosen(stateOf("adam")), [["m", "v", "temperatures"], "m"]);
  assert.deepEqual(chosen(stateOf("adam", { average: "v" })), [["m", "v", "temperatures"], "v"]);
  assert.deepEqual(chosen(stateOf("adam", { average: "temperatures" }))[1], "temperatures");
  assert.deepEqual(chosen(stateOf("gd", { average: "m" })), [["temperatures"], "temperatures"]);
});

test("of a run it is made of the gradients of its steps in a parameter, squared where the rule squares", () => {
  const { source } = sourceOf(stateOf("adam:beta1=0.8"));
  assert.deepEqual([...(source?.values ?? [])], [1, 2, 3]);
  assert.deepEqual(
    [source?.t, source?.beta, source?.slot, source?.title],
    [2, 0.8, 3, "What m of Adam remembers in x"],
  );
  const squares = sourceOf(stateOf("adam", { average: "v", parameter: 1 })).source;
  assert.deepEqual([...(squares?.values ?? [])], [100, 400, 900]);
  assert.deepEqual([squares?.beta, squares?.owner], [0.99, null], "a number of the rule is nothing to set");
});

test("the rule corrects it where it has a corrected one", () => {
  const reply = { last: { values: { m_hat: {} }, states: {}, latex: { m: "M", g: "G" } } };
  const { source } = sourceOf(stateOf("adam"), scene(), reply);
  assert.deepEqual([source?.corrected, source?.latex, source?.inputLatex], [true, "M", "G_{#}"]);
  assert.equal(sourceOf(stateOf("adam")).source?.corrected, false);
});

test("while its gradients have not come it is said why", () => {
  const none = scene({ gradient: null });
  const { source, sorry } = sourceOf(stateOf("adam"), none);
  assert.deepEqual([source, sorry], [null, "The gradients of the run are on their way."]);
  assert.equal(sourceOf(stateOf("adam"), none, { waits: "Busy." }).sorry, "Busy.");
});

test("temperatures stand by themselves, at the hundredth day or one within the year", () => {
  const day = (at: number | null) => sourceOf(stateOf("gd", { day: at })).source;
  assert.deepEqual([day(null)?.t, day(40)?.t, day(-3)?.t], [100, 40, 1]);
  assert.equal(day(1e6)?.t, day(null)?.values.length);
});
