import assert from "node:assert/strict";
import { test } from "node:test";
import { lowFormula } from "../../../static/page/words/stepLines.ts";

test("a fraction stands within its line, in brackets where it would come apart", () => {
  const cases = [
    ["\\frac{1}{2}", "1/2"],
    ["= -2 - \\frac{0.1 \\cdot 30}{\\sqrt{944.6 + 1} + 10^{-8}}", "= -2 - 0.1 \\cdot 30/(\\sqrt{944.6 + 1} + 10^{-8})"],
    ["\\frac{-3}{2 \\cdot 5}", "(-3)/(2 \\cdot 5)"],
    ["\\frac{a + b}{(c - d)^{2}}", "(a + b)/(c - d)^{2}"],
    ["\\frac{\\frac{1}{2}}{\\frac{3}{4}}", "1/2/(3/4)"],
    ["\\frac{\\htmlData{of=m}{23.03}}{1 - 0.9^{13}}", "\\htmlData{of=m}{23.03}/(1 - 0.9^{13})"],
    ["\\frac{1}{2 - (1 + 3)}", "1/\\bigl(2 - (1 + 3)\\bigr)"],
    ["\\frac{\\htmlData{of=m}{-3}}{2}", "(\\htmlData{of=m}{-3})/2"],
  ];
  for (const [stacked, line] of cases) assert.equal(lowFormula(stacked), line);
});
