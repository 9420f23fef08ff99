import assert from "node:assert/strict";
import { test } from "node:test";
import { evaluate } from "../../../static/page/math/evaluate.ts";

test("formulas of the catalog are computed as Python would", () => {
  const values = { learning_rate: 0.2, beta: 0.9, beta1: 0.9, beta2: 0.999 };
  const cases = [
    ["learning_rate*(1 - beta)", 0.2 * (1 - 0.9)],
    ["learning_rate*sqrt(1 - beta2)/(1 - beta1)", (0.2 * Math.sqrt(1 - 0.999)) / (1 - 0.9)],
    ["-2**2 + 3*4/2 - 1e-3", 1.999],
    ["2**-1", 0.5],
    ["2**3**2", 512],
    ["8 - 3 - 2", 3],
  ] as [string, number][];
  for (const [text, value] of cases) assert.ok(Math.abs(evaluate(text, values) - value) < 1e-15, text);
});

test("what is no plain formula is refused", () => {
  for (const text of ["2 +", "a", "(1", "1 2", "1;2", "", "alert(1)", "constructor"])
    assert.throws(() => evaluate(text, {}), SyntaxError, text);
});
