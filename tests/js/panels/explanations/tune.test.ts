import assert from "node:assert/strict";
import { test } from "node:test";
import { curvePath } from "../../../../static/page/panels/explanations/tune/tune.ts";

test("the curve breaks where a rate never gets there, and one that stands alone is a dot", () => {
  const path = curvePath(
    [
      [0.001, null],
      [0.01, 1000],
      [0.1, 10],
      [1, null],
      [10, 100],
    ],
    [10, 1000],
  );
  assert.equal(path, "M100.0 3.0h0.1L200.0 38.0M400.0 20.5h0.1");
});
