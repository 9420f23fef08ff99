import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress } from "../../../static/page/state/address.ts";
import {
  EXPLANATIONS_PANEL,
  isSearching,
  pinExplanation,
  setExplanation,
  showBesideMap,
  showsWorking,
} from "../../../static/page/state/explain.ts";
import { emptyState } from "../../../static/page/state/state.ts";

test("one thing explains at a time, on a wall in the place of what stands beside the map", () => {
  const after = (...names: (string | null)[]) => names.reduce(setExplanation, emptyState());
  const open = (state: ReturnType<typeof after>) => state.explain.explanation;
  assert.deepEqual([open(after("working", "average")), open(after("average", null))], ["average", null]);
  const averages = after("average");
  assert.deepEqual(
    [open(showBesideMap(averages, "loss")), open(showBesideMap(averages, EXPLANATIONS_PANEL))],
    [null, "working"],
  );
});

test("the working is an explanation, but on a narrow screen a panel", () => {
  const [closed, open] = [emptyState(), setExplanation(emptyState(), "working")];
  const shows = (state: typeof open, narrow: boolean) => showsWorking({ state, narrow });
  assert.deepEqual([shows(open, false), shows(closed, false)], [true, false]);
  const inPanel = (panel: string, state = closed) => shows({ ...state, panel }, true);
  assert.deepEqual([inPanel(EXPLANATIONS_PANEL), inPanel("runs", open)], [true, false]);
  assert.ok(shows(open, true), "no tab was chosen yet");
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
