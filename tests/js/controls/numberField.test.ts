import assert from "node:assert/strict";
import { test } from "node:test";
import { parseNumber } from "../../../static/page/controls/numberField.ts";

test("numbers are read as people write them", () => {
  const read = (text: string) => parseNumber(text);
  assert.deepEqual(
    [" 0.2 ", "0,2", "1e-3", "1,5e-3", "−3", ".5", ",5"].map(read),
    [0.2, 0.2, 0.001, 0.0015, -3, 0.5, 0.5],
  );
  assert.ok(["", "abc", "1.000,5", "1,2,3"].map(read).every(Number.isNaN));
});

test("a comma before three digits parts thousands of a whole number, and is refused where it may be the point", () => {
  assert.equal(parseNumber("1,000", true), 1000);
  assert.equal(parseNumber("100,000", true), 100000);
  assert.equal(parseNumber("1,5", true), 1.5);
  assert.equal(parseNumber("1,500"), NaN);
  assert.equal(parseNumber("0,125"), 0.125);
});
