import assert from "node:assert/strict";
import { test } from "node:test";
import { explained, setExplained, showBeside } from "../../../static/page/state/explain.ts";
import { emptyState } from "../../../static/page/state/state.ts";

test("one thing explains at a time, and of an address with two the one that is not the working", () => {
  const after = (...names: (string | null)[]) => names.reduce(setExplained, emptyState());
  assert.equal(explained(emptyState()), null);
  assert.equal(explained(after("working")), "working");
  const averages = after("working", "average");
  assert.deepEqual([averages.explain.working, averages.explain.explanation], [false, "average"]);
  assert.equal(explained(after("average", "working")), "working");
  assert.equal(explained(after("average", null)), null);
  const both = { ...averages, explain: { ...averages.explain, working: true } };
  assert.equal(explained(both), "average");
  assert.equal(explained(setExplained(both, null)), null);
  assert.deepEqual([explained(showBeside(both, "loss")), explained(showBeside(both, "working"))], [null, "working"]);
});
