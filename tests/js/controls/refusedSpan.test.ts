import assert from "node:assert/strict";
import { test } from "node:test";
import { refusedSpan } from "../../../static/page/controls/markedText.ts";
import { partOf } from "../part.ts";

const span = (text: string, ctx: object) => refusedSpan(text, partOf({ ctx }));

test("the word at a column is marked, and at the end of a text the place after it", () => {
  assert.deepEqual(span("x**2 + 3*sine(y)", { column: 10 }), [9, 13]);
  assert.deepEqual(span("x + + y", { column: 5 }), [4, 5]);
  assert.deepEqual(span("x +", { column: 99 }), [3, 4]);
  assert.deepEqual(span("m = g\nw = w - sine(m)", { line: 2, column: 9, word: "sine" }), [14, 18]);
  assert.equal(span("x", {}), null);
});
