import assert from "node:assert/strict";
import { test } from "node:test";
import { answerAsPrepared } from "../../../../static/page/panels/explanations/why/why.ts";
import { emptyState } from "../../../../static/page/state/state.ts";
import type { Exercise } from "../../../../static/page/state/types.ts";
import { exercised } from "../../exercised.ts";

test("the answer of a scene is told of its runs as prepared, not beside runs that are set otherwise", () => {
  const preset = { name: "one", why: "Its memory carries it past A." } as Exercise["preset"];
  const told = (presetStatus: Exercise["presetStatus"], tells = true) =>
    answerAsPrepared({ state: exercised(emptyState(), { preset, presetStatus }), outcomeShows: tells, chosen: 0 });
  assert.equal(told("prepared"), "Its memory carries it past A.");
  assert.equal(told("prepared", false), null);
  assert.equal(told("changed"), null);
  assert.equal(told("varied"), null);
});

test("the answer of a scene stands beside the run of its telling step only", () => {
  const preset = { name: "one", why: "Its memory carries it past A.", telling: { run: 1, step: 7 } };
  const state = exercised(emptyState(), { preset: preset as Exercise["preset"], presetStatus: "prepared" });
  const beside = (chosen: number) => answerAsPrepared({ state, outcomeShows: true, chosen });
  assert.deepEqual([beside(0), beside(1)], [null, preset.why]);
});
