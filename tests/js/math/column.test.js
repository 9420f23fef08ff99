import assert from "node:assert/strict";
import { test } from "node:test";
import { pointUnderPoint } from "../../../static/js/math/column.js";

test("numbers stand point under point, whatever their digits", () => {
  const column = pointUnderPoint(["−0.6000", "−2.200", "12", "1.5×10⁻⁷"]);
  assert.deepEqual(column.map((text) => text.trimEnd()), ["−0.6000", "−2.200", "12", "1.5×10⁻⁷"]);
  const fromTheRight = (/** @type {string} */ text) => text.length - text.search(/[.\u2008]/);
  assert.deepEqual(column.slice(0, 3).map(fromTheRight), [5, 5, 5]);
  assert.equal(column[3], "1.5×10⁻⁷");
});

test("whole numbers among themselves get no blanks", () => {
  assert.deepEqual(pointUnderPoint(["3", "−12"]), ["3", "−12"]);
});
