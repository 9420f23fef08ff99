import assert from "node:assert/strict";
import { test } from "node:test";
import { nextStep, noStep } from "../../../static/js/words/nextStep.js";
import { slopeLine, stepLines } from "../../../static/js/words/stepLines.js";
import { latexValue, workingLatex } from "../../../static/js/words/workingLatex.js";

const w = "\\htmlData{of=w}{w}";
/** @type {any} */
const STEP = {
  t: 13,
  rate: { schedule: "constant", label: "Constant", value: 0.1, latex: "0.1 \\cdot 1", lines: [] },
  gradient: { slope: { value: -2.5, latex: "-2 \\cdot 1.25", formula: "-2*a", formula_latex: "-2\\,a", clean: -2.5, noise: null, terms: null } },
  lines: [{ name: "w", formula: "w - lr*g", latex: `${w} \\leftarrow ${w} - \\htmlData{of=lr}{\\mathrm{lr}}\\,\\htmlData{of=g}{g}`, values: { slope: { value: 1.25, latex: "1 - 0.1 \\cdot (-2.5)" } } }],
  notes: [],
};
const run = (/** @type {number} */ length, /** @type {object | null} */ end) => /** @type {any} */ ({ length, end });

test("the next step is worked out while there is one, then the last", () => {
  assert.deepEqual(nextStep(run(218, {}), 40.7), { t: 41, last: false });
  assert.deepEqual(nextStep(run(218, {}), 216), { t: 217, last: false });
  assert.deepEqual(nextStep(run(218, {}), 217), { t: 217, last: true });
  assert.deepEqual(nextStep(run(218, null), 217), { t: 217, last: false });
  assert.equal(nextStep(run(1, {}), 0), null);
  assert.match(noStep(run(0, null)), /on their way/);
  assert.match(noStep(run(1, {})), /no step/);
});

test("a schedule shows how the rate in force came about, a constant one does not", () => {
  assert.deepEqual(stepLines(STEP, "slope").map(({ of }) => of), ["w"]);
  const rate = { schedule: "exponential", label: "Exponential", value: 0.098, latex: "0.1 \\cdot 0.98", lines: [{ name: "factor", formula: "decay**k", latex: "f = d^k", filled: { value: 0.98, latex: "0.99^{2}" } }] };
  assert.deepEqual(stepLines({ ...STEP, rate }, "slope").map(({ of, value }) => [of, value]), [["factor", 0.98], ["lr", 0.098], ["w", 1.25]]);
});

test("a line too long to be printed is there as text, a value that is not finite as undefined", () => {
  const long = { ...STEP.lines[0], latex: null, formula: "a_1 + {b}", values: { slope: { value: null, latex: null } } };
  const [line] = stepLines({ ...STEP, lines: [long] }, "slope");
  assert.ok(line.formula.includes("a\\_1 + \\{b\\}"));
  assert.ok(Number.isNaN(line.value));
});

test("values in LaTeX have four digits, and a power of ten where they are large or small", () => {
  const cases = /** @type {[number, string][]} */ ([[14.18, "14.18"], [-0.5, "-0.5000"], [99999, "1.000 \\cdot 10^{5}"], [1.5e-7, "1.500 \\cdot 10^{-7}"], [0, "0"], [NaN, "\\text{undefined}"], [-Infinity, "-\\infty"]]);
  for (const [value, text] of cases) assert.equal(latexValue(value), text);
});

test("the working is LaTeX for a document, with the parameter's own name", () => {
  assert.equal(slopeLine(STEP, "slope").formula, "\\htmlData{of=g}{g} = \\partial L/\\partial \\mathrm{slope} = -2\\,a");
  assert.equal(workingLatex(STEP, "slope"), [
    "\\begin{align*}",
    "g &= \\partial L/\\partial \\mathrm{slope} = -2\\,a \\\\",
    "  &= -2 \\cdot 1.25 \\\\",
    "  &= -2.500 \\\\",
    "\\mathrm{slope} &\\leftarrow \\mathrm{slope} - \\mathrm{lr}\\,g \\\\",
    "  &= 1 - 0.1 \\cdot (-2.5) \\\\",
    "  &= 1.250",
    "\\end{align*}",
    "",
  ].join("\n"));
});
