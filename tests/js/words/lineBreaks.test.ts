import assert from "node:assert/strict";
import { test } from "node:test";
import katex from "katex";
import { sideBySide, withLineBreaks } from "../../../static/page/words/lineBreaks.ts";

/** What may stand on a line by itself. */
const parts = (latex: string): number =>
  katex.renderToString(latex, { output: "html", strict: "error" }).split('class="katex-base"').length - 1;

test("a line is broken before a sign between terms, and not after it", () => {
  assert.equal(withLineBreaks("g = 4 x + 2", false), "g \\allowbreak = \\nobreak 4 x \\allowbreak + \\nobreak 2");
  assert.equal(parts(withLineBreaks("g = 4 x + 2", false)), 3);
});

test("brackets and products hold together while there is another way", () => {
  const line = "= 4 \\cdot (2 - 11) - 2 \\cdot \\bigl(3 - (1 + 2)\\bigr)";
  assert.equal(parts(withLineBreaks(`g ${line}`, false)), 3);
  assert.ok(parts(withLineBreaks(`g ${line}`, true)) > 6);
});

test("what is above a line, under a root or in cases is never broken", () => {
  for (const whole of [
    "\\frac{a + b}{c - d}",
    "\\sqrt{a + b}",
    "\\left(\\frac{a}{b} + c\\right)",
    "\\begin{cases} a + b & \\text{if } a > b \\\\ c - d & \\text{otherwise} \\end{cases}",
  ]) {
    assert.equal(parts(withLineBreaks(whole, false)), 1, whole);
  }
});

test("the condition of a case may stand on a line of its own", () => {
  assert.equal(parts(withLineBreaks("1 - 2 \\quad \\text{as } {-2 < 5}\\text{ and }{3 > 1}", false)), 4);
});

test("of formulas side by side none is broken: a line holds them whole", () => {
  const row = "1 - 2 \\times 0.3 = 0.4 \\qquad 1 - 2 \\times 1 = -1";
  assert.ok(parts(row) > 4);
  assert.equal(parts(sideBySide(row)), 2);
  assert.equal(sideBySide("a = b"), "a = b");
});
