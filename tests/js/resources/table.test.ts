import assert from "node:assert/strict";
import { test } from "node:test";
import type { FetchedResource, Resource } from "../../../static/page/resources/resource.ts";
import { Refused, Unfetched } from "../../../static/page/service/http.ts";
import * as act from "../../../static/page/state/actions.ts";
import { setExpression } from "../../../static/page/state/expression.ts";
import type { Problem, Spec } from "../../../static/page/state/types.ts";
import { settled } from "./clock.ts";
import { begun, GROUND, replyOf } from "./server.ts";

test("what is refused is not asked twice, and a good wish clears the word", async () => {
  const refusal = () =>
    new Refused(422, [
      {
        loc: ["body", "problem", "expression"],
        msg: "column 3: no",
        type: "formula_syntax",
        ctx: { reason: "breaks_off", line: 1, column: 3 },
      },
    ]);
  const { asked, store } = await begun({
    getRuns: async (spec: Spec) => {
      asked.push({ route: "runs", spec });
      if (spec.problem.expression === "x +") throw refusal();
      return replyOf(spec);
    },
    getLandscape: async (problem: Problem) => {
      if (problem.expression === "x +") throw refusal();
      return GROUND;
    },
  });
  store.update(setExpression, "x +", true);
  await settled();
  store.update(act.settle);
  await settled();
  assert.equal(asked.filter(({ spec }) => spec.problem.expression === "x +").length, 1);
  assert.equal(store.get().fault?.kind, "refused");
  assert.equal(store.get().problemOnMap?.key, JSON.stringify({ surface: "bowl" }), "the last good map stands");
  store.update(setExpression, "x + y", true);
  await settled();
  assert.equal(store.get().fault, null);
  assert.equal(store.get().problemOnMap?.key, JSON.stringify({ expression: "x + y" }));
});

test("an answer is one change of the state: rows, problem and what was said of the server", async () => {
  const { store } = await begun();
  store.update((state) => ({ ...state, fault: { kind: "refused", errors: [], problemKey: "", entry: null } }));
  let changes = 0;
  store.subscribe(() => (changes += 1));
  store.update(act.setValue, store.get().entries[0].id, "learning_rate", 0.2, true);
  await settled();
  assert.deepEqual([changes, store.get().fault], [2, null], "the value, and its answer");
});

test("a kind that few states ask for is fetched with the first, and again where it does not come", async () => {
  let loads = 0;
  const asked: string[] = [];
  const told: Resource = {
    name: "told",
    wishes: ({ seed }) => (asked.includes(`of seed ${seed}`) ? [] : [{ key: `of seed ${seed}` }]),
    request: async ({ key }) => void asked.push(key),
    put: (state) => ({ ...state }),
  };
  const rare: FetchedResource = {
    name: "told",
    isWanted: ({ seed }) => seed > 0,
    async load() {
      loads += 1;
      if (loads === 1) throw new Unfetched();
      return told;
    },
  };
  const { clock, store } = await begun({}, undefined, [rare]);
  assert.equal(loads, 0);
  store.update(act.setSeed, 1);
  await settled();
  assert.deepEqual(store.get().fault, {
    kind: "gone",
    reason: "A part of the page did not come; if that goes on, reload the page",
    retryAt: 1000,
  });
  await clock.move(1000);
  assert.deepEqual([loads, asked, store.get().fault], [2, ["of seed 1"], null]);
  store.update(act.setSeed, 2);
  await settled();
  assert.deepEqual([loads, asked], [2, ["of seed 1", "of seed 2"]]);
});

test("figures that wait for the same code each have their answers, and those alone", async () => {
  let come = (_: Resource) => {};
  const code = new Promise<Resource>((resolve) => {
    come = resolve;
  });
  const seedOf: Resource = {
    name: "seed of",
    wishes: ({ seed }) => [{ key: `seed ${seed}` }],
    request: async ({ key }) => `answer to ${key}`,
  };
  const rare: FetchedResource = { name: "seed of", isWanted: ({ seed }) => seed > 0, load: () => code };
  const figures = [await begun({}, undefined, [rare]), await begun({}, undefined, [rare])];
  for (const [k, { store }] of figures.entries()) store.update(act.setSeed, k + 1);
  await settled();
  come(seedOf);
  await settled();
  for (const [k, { store }] of figures.entries())
    assert.deepEqual(store.get().replies["seed of"], { [`seed ${k + 1}`]: { value: `answer to seed ${k + 1}` } });
});

test("code that is fetched says itself how long a request of it may take", async () => {
  const asked: string[] = [];
  const patient: Resource = {
    name: "patient",
    patience: 5000,
    wishes: ({ seed }) => [{ key: `seed ${seed}` }],
    request({ key }, { signal }) {
      asked.push(key);
      return new Promise((_, refuse) => signal.addEventListener("abort", refuse));
    },
  };
  const rare: FetchedResource = { name: "patient", isWanted: ({ seed }) => seed > 0, load: async () => patient };
  const { clock, store } = await begun({}, undefined, [rare]);
  store.update(act.setSeed, 1);
  await settled();
  store.update(act.setSeed, 2);
  await clock.move(4999);
  assert.deepEqual(asked, ["seed 1"]);
  await clock.move(1);
  assert.deepEqual(asked, ["seed 1", "seed 2"]);
});

test("an answer that leaves open what was wished for is not asked for again and again", async () => {
  let asked = 0;
  const open: Resource = {
    name: "open",
    wishes: () => [{ key: "always" }],
    request: async () => void asked++,
    put: (state) => ({ ...state }),
  };
  await begun({}, undefined, [open]);
  assert.ok(asked < 10, String(asked));
});
