import assert from "node:assert/strict";
import { test } from "node:test";
import { readable, wordAt } from "../../../static/page/panels/formula.ts";

test("the word at a column is marked, and at the end of a formula the place after it", () => {
  assert.deepEqual(wordAt("x**2 + 3*sine(y)", 10), [9, 13]);
  assert.deepEqual(wordAt("x + + y", 5), [4, 5]);
  assert.deepEqual(wordAt("x +", 99), [2, 3]);
});

test("a message about a formula leaves out what is in sight and sets apart what is allowed", () => {
  const said = 'problem.expression is not a formula: column 10: unknown function "sine". Did you mean sin? Allowed are x and y. (in an address a + is written %2B: a bare one arrives as a space)';
  assert.deepEqual(readable(said), ['Column 10: unknown function "sine". Did you mean sin?', "Allowed are x and y."]);
  assert.equal(readable("column 3: the formula ends too early")[0], "Column 3: the formula ends too early");
});
