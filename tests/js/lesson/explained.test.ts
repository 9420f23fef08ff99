import assert from "node:assert/strict";
import { test } from "node:test";
import { explainedBy } from "../../../static/page/lesson/explained.ts";

test("a figure explains what it shows, also once other runs stand in it", () => {
  assert.deepEqual(explainedBy(["loss"]), { working: false, drawer: null, plane: null });
  assert.deepEqual(explainedBy(["map", "working", "states"]), { working: true, drawer: "charts", plane: "path" });
  assert.equal(explainedBy(["average"]).drawer, "average");
  assert.equal(explainedBy(["map", "why"]).drawer, "why");
});
