import assert from "node:assert/strict";
import { test } from "node:test";
import { wordAt } from "../../../../static/page/panels/landscape/formula.ts";

test("the word at a column is marked, and at the end of a formula the place after it", () => {
  assert.deepEqual(wordAt("x**2 + 3*sine(y)", 10), [9, 13]);
  assert.deepEqual(wordAt("x + + y", 5), [4, 5]);
  assert.deepEqual(wordAt("x +", 99), [2, 3]);
});
