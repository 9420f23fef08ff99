import assert from "node:assert/strict";
import { test } from "node:test";
import { AT_ONCE, NEVER, type Resource, SOON } from "../../../static/page/resources/resource.ts";
import { Refused } from "../../../static/page/service/http.ts";
import * as act from "../../../static/page/state/actions.ts";
import { setExpression } from "../../../static/page/state/expression.ts";
import type { Problem, Spec } from "../../../static/page/state/types.ts";
import { settled } from "./clock.ts";
import { begun, GROUND, replyOf } from "./server.ts";

test("what is refused is not asked twice, and a good need clears the word", async () => {
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
  store.update(act.endDrag);
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

test("a request is given up for the next at once, after a moment or never, as its kind of reply says", async () => {
  const asked = ["", "", ""];
  const kinds = [AT_ONCE, SOON, NEVER].map(
    (givenUpAfter, k): Resource => ({
      name: `kind ${k}`,
      givenUpAfter,
      needs: ({ seed }) => (seed ? [{ key: `${seed} ` }] : []),
      request({ key }, { signal }) {
        asked[k] += key;
        return new Promise(() => signal.addEventListener("abort", () => (asked[k] += "aborted ")));
      },
    }),
  );
  const { clock, store } = await begun({}, undefined, kinds);
  for (const seed of [1, 2]) store.update(act.setSeed, seed);
  assert.deepEqual(asked, ["1 aborted 2 ", "1 ", "1 "]);
  await clock.move(150);
  assert.deepEqual(asked, ["1 aborted 2 ", "1 aborted 2 ", "1 "]);
  store.update(act.setSeed, 0);
  assert.deepEqual(asked, ["1 aborted 2 aborted ", "1 aborted 2 ", "1 "]);
});

test("the time of a request that was given up for an urgent need ends nothing that is sent for it", async () => {
  let asked = "";
  const kind: Resource = {
    name: "kind",
    givenUpAfter: SOON,
    needs: ({ seed }) => (seed ? [{ key: `${seed} ` }] : []),
    isUrgent: (_, need) => need.key === "3 ",
    request({ key }, { signal }) {
      asked += key;
      return new Promise(() => signal.addEventListener("abort", () => (asked += "aborted ")));
    },
  };
  const { clock, store } = await begun({}, undefined, [kind]);
  for (const seed of [1, 2, 3]) store.update(act.setSeed, seed);
  assert.equal(asked, "1 aborted 3 ");
  await clock.move(1000);
  assert.equal(asked, "1 aborted 3 ");
});

test("an answer that leaves open what was needed is not asked for again and again", async () => {
  let asked = 0;
  const open: Resource = {
    name: "open",
    needs: () => [{ key: "always" }],
    request: async () => void asked++,
    withReply: (state) => ({ ...state }),
  };
  await begun({}, undefined, [open]);
  assert.ok(asked < 10, String(asked));
});
