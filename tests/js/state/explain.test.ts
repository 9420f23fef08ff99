import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress } from "../../../static/page/state/address.ts";
import {
  EXPLANATIONS_PANEL,
  isSearching,
  pinExplanation,
  setExplanation,
  showsWorking,
  showTab,
} from "../../../static/page/state/explain.ts";
import type { ExplanationName } from "../../../static/page/state/explanations.ts";
import { emptyState } from "../../../static/page/state/state.ts";

test("one thing explains at a time, and where panels are tabs it has the tab of what explains", () => {
  const after = (...names: (ExplanationName | null)[]) => names.reduce(setExplanation, emptyState());
  const open = (state: ReturnType<typeof after>) => state.explain.explanation;
  assert.deepEqual([open(after("working", "average")), open(after("average", null))], ["average", null]);
  const averages = after("average");
  assert.deepEqual([open(showTab(averages, "loss")), open(showTab(averages, EXPLANATIONS_PANEL))], [null, "average"]);
  const onRuns = showTab(averages, "runs");
  const working = showTab(onRuns, EXPLANATIONS_PANEL);
  assert.deepEqual([onRuns.panel, open(working), working.panel], ["runs", "working", "runs"], "it closes to the runs");
});

test("the working shows while it is open, and where it is pinned in a figure of a lesson", () => {
  const closed = emptyState();
  const states = [closed, setExplanation(closed, "why"), setExplanation(closed, "working")];
  assert.deepEqual([...states, pinExplanation(closed, "working")].map(showsWorking), [false, false, true, true]);
});

test("a figure of a lesson searches beside its working", () => {
  const working = setExplanation(emptyState(), "working");
  assert.deepEqual([working, pinExplanation(working, "search")].map(isSearching), [false, true]);
});

test("addresses of before say the working by itself; of one with two the other one is meant", () => {
  const explanationIn = (fragment: string) => readAddress("", fragment).address.display.explain.explanation;
  assert.deepEqual(readAddress("", "working=true").faults, []);
  assert.equal(explanationIn("working=true"), "working");
  assert.deepEqual(["explanation=rule&working=true", "working=true&explanation=rule"].map(explanationIn), [
    "rule",
    "rule",
  ]);
});
