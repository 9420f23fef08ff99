import assert from "node:assert/strict";
import { test } from "node:test";
import { explainedBy } from "../../../static/page/lesson/explained.ts";

test("a figure explains what it shows, also once other runs stand in it", () => {
  assert.deepEqual(explainedBy(["loss"]), { explanation: null, plane: null });
  assert.deepEqual(explainedBy(["map", "states", "working"]), { explanation: "working", plane: "path" });
  assert.equal(explainedBy(["average"]).explanation, "average");
  assert.equal(explainedBy(["map", "why"]).explanation, "why");
});
