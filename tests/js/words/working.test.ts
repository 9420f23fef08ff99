import assert from "node:assert/strict";
import { test } from "node:test";
import { nextStep } from "../../../static/page/state/nextStep.ts";
import type { Wire } from "../../../static/page/state/types.ts";
import { latexValue, roundedText } from "../../../static/page/words/latexValue.ts";
import { noStepWords } from "../../../static/page/words/nextStep.ts";
import { gradientLine, linesOfParameters, readsGradient, stepLines } from "../../../static/page/words/stepLines.ts";
import { workingLatex } from "../../../static/page/words/workingLatex.ts";
import { partOf } from "../part.ts";

const w = "\\htmlData{of=w}{w}";
const STEP = partOf<Wire["Step"]>({
  t: 13,
  rate: { schedule: "constant", label: "Constant", value: 0.1, latex: "0.1 \\cdot 1", lines: [] },
  gradient: {
    slope: {
      value: -2.5,
      latex: "-2 \\cdot 1.25",
      formula: "-2*a",
      formula_latex: "-2\\,a",
      clean: -2.5,
      noise: null,
      terms: null,
    },
  },
  lines: [
    {
      name: "w",
      formula: "w - lr*g",
      latex: `${w} \\leftarrow ${w} - \\htmlData{of=lr}{\\mathrm{lr}}\\,\\htmlData{of=g}{g}`,
      values: { slope: { value: 1.25, latex: "1 - 0.1 \\cdot (-2.5)" } },
    },
  ],
  notes: [],
});
/** The second step of Newton's method on Rosenbrock, shortened. */
const NEWTON = {
  ...STEP,
  lines: [],
  method_lines: [
    {
      name: "H",
      latex: "H = \\nabla^2 L(w)",
      value: [
        [1107.27, 470.112],
        [470.112, 200],
      ],
      filled_latex: null,
      value_latex: "\\begin{bmatrix} 1107 & 470.1 \\\\ 470.1 & 200 \\end{bmatrix}",
    },
    {
      name: "p",
      latex: "p = -H^{-1} g",
      value: [1.93839, -4.5557],
      filled_latex: "-H^{-1} (2, 3)",
      value_latex: "(1.938, -4.556)",
    },
    { name: "length", latex: "\\alpha = 1", value: 0.5, filled_latex: null, value_latex: "0.5" },
    { name: "V", latex: "V = I", value: Array(13).fill(Array(13).fill(0)), filled_latex: null, value_latex: null },
    { name: "move", latex: "m = \\text{a move}", value: "shrink", filled_latex: null, value_latex: "\\text{shrink}" },
  ],
};
const run = (length: number, end: object | null) => ({ length, end }) as any;

test("lines of a method end in matrices, numbers or words; what is too large is counted", () => {
  const lines = stepLines(NEWTON, "slope");
  assert.deepEqual(
    lines.map(({ quantity, result, value }) => [quantity, result?.words ?? value]),
    [
      ["H", "1107, 470.1; 470.1, 200"],
      ["p", "1.938, −4.556"],
      ["length", 0.5],
      ["V", "13 × 13 numbers"],
      ["move", "shrink"],
    ],
  );
  assert.equal(lines.find(({ quantity }) => quantity === "V")?.result?.latex, "\\text{13 × 13 numbers}");
  assert.equal(readsGradient(NEWTON), true);
  assert.equal(readsGradient({ ...NEWTON, method_lines: NEWTON.method_lines.slice(4) }), false);
  const text = workingLatex(NEWTON, "slope");
  assert.match(text, /p &= -H\^\{-1\} g \\\\\n {2}&= -H\^\{-1\} \(2, 3\) \\\\\n {2}&= \(1\.938, -4\.556\)/);
  assert.match(text, /m &= \\text\{a move\} \\\\\n {2}&= \\text\{shrink\}/);
});

test("the next step is worked out while there is one, then the last", () => {
  assert.deepEqual(nextStep(run(218, {}), 40.7), { t: 41, last: false });
  assert.deepEqual(nextStep(run(218, {}), 216), { t: 217, last: false });
  assert.deepEqual(nextStep(run(218, {}), 217), { t: 217, last: true });
  assert.deepEqual(nextStep(run(218, null), 217), { t: 217, last: false });
  assert.equal(nextStep(run(1, {}), 0), null);
  assert.match(noStepWords(run(0, null)), /on their way/);
  assert.match(noStepWords(run(1, {})), /no step/);
});

test("a schedule shows how the rate in force came about, a constant one does not", () => {
  assert.deepEqual(
    stepLines(STEP, "slope").map(({ quantity }) => quantity),
    ["w"],
  );
  const rate = partOf<Wire["RateInForce"]>({
    schedule: "exponential",
    label: "Exponential",
    value: 0.098,
    latex: "0.1 \\cdot 0.98",
    lines: [{ name: "factor", formula: "decay**k", latex: "f = d^k", filled: { value: 0.98, latex: "0.99^{2}" } }],
  });
  assert.deepEqual(
    stepLines({ ...STEP, rate }, "slope").map(({ quantity, value }) => [quantity, value]),
    [
      ["factor", 0.98],
      ["lr", 0.098],
      ["w", 1.25],
    ],
  );
});

test("a line too long to be printed is there as text, a value that is not finite as undefined", () => {
  const values = { slope: partOf<Wire["Evaluation"]>({ value: null, latex: null }) };
  const long = { ...STEP.lines[0], latex: null, formula: "a_1 + {b}", values };
  const [line] = stepLines({ ...STEP, lines: [long] }, "slope");
  assert.ok(line.formula.includes("a\\_1 + \\{b\\}"));
  assert.ok(Number.isNaN(line.value));
});

test("values in LaTeX have four digits, and a power of ten where they are large or small", () => {
  const cases = [
    [14.18, "14.18"],
    [-0.5, "-0.5"],
    [6.6500001, "6.650"],
    [0.1 + 0.2, "0.3"],
    [99999, "99999"],
    [12345.6, "1.235{\\times}10^{4}"],
    [1.5e-7, "1.5{\\times}10^{-7}"],
    [1.50001e-7, "1.500{\\times}10^{-7}"],
    [-1e-8, "-10^{-8}"],
    [0.00012344, "1.234{\\times}10^{-4}"],
    [0, "0"],
    [-0, "0"],
    [NaN, "\\text{undefined}"],
    [-Infinity, "-\\infty"],
  ] as [number, string][];
  for (const [value, text] of cases) assert.equal(latexValue(value), text);
  assert.deepEqual(
    [-12.600001, 1.50001e-7, -1e-8, NaN, -Infinity].map((value) => roundedText(value)),
    ["−12.60", "1.500×10⁻⁷", "−10⁻⁸", "undefined", "−∞"],
  );
});

test("the working is LaTeX for a document, with the parameter's own name", () => {
  assert.equal(
    gradientLine(STEP, "slope").formula,
    "\\htmlData{of=g}{g} = \\mathrm{d}f/\\mathrm{d}\\mathrm{slope} = -2\\,a",
  );
  assert.equal(
    workingLatex(STEP, "slope"),
    [
      "\\begin{align*}",
      "g &= \\mathrm{d}f/\\mathrm{d}\\mathrm{slope} = -2\\,a \\\\",
      "  &= -2 \\cdot 1.25 \\\\",
      "  &= -2.5 \\\\",
      "\\mathrm{slope} &\\leftarrow \\mathrm{slope} - \\mathrm{lr}\\,g \\\\",
      "  &= 1 - 0.1 \\cdot (-2.5) \\\\",
      "  &= 1.25",
      "\\end{align*}",
      "",
    ].join("\n"),
  );
});

test("a gradient has the letter of the map's title, and is partial where there are several parameters", () => {
  const both = { ...STEP, gradient: { x: STEP.gradient.slope, y: STEP.gradient.slope } };
  assert.match(gradientLine(both, "y").formula, /\\partial f\/\\partial y/);
  const data = { ...STEP, gradient: { slope: { ...STEP.gradient.slope, terms: [] }, intercept: STEP.gradient.slope } };
  assert.match(gradientLine(data, "slope").formula, /\\partial L\/\\partial \\mathrm\{slope\}/);
});

test("the gradient of a network is as its way back has it", () => {
  const back = {
    ...STEP,
    backward: [{ layer: 1, delta: [], gradient: { slope: { latex: "0.2", formula_latex: "h = d" } } }],
  };
  const { formula, numbers } = gradientLine(
    partOf({ ...back, gradient: { slope: { value: 0.2, latex: null } } }),
    "slope",
  );
  assert.deepEqual([formula, numbers], ["\\htmlData{of=g}{g} = h = d", "0.2"]);
  const other = gradientLine({ ...STEP, backward: null }, "slope");
  assert.deepEqual(other, gradientLine(STEP, "slope"), "null, as the server sends it of any other problem");
});

test("noise stands beside the slope, and what is not finite has its sign", () => {
  const noisy = { ...STEP, gradient: { slope: { ...STEP.gradient.slope, noise: 0.5 } } };
  assert.match(gradientLine(noisy, "slope").formula, /\\mathrm\{noise\} = -2\\,a \+ \\mathrm\{noise\}$/);
  const values = ["\\infty", "-\\infty", "\\text{undefined}"].map((text) =>
    partOf<Wire["Evaluation"]>({ value: null, value_latex: text, latex: null }),
  );
  const lines = values.map((value) => ({ ...STEP.lines[0], values: { slope: value } }));
  assert.deepEqual(
    stepLines({ ...STEP, lines }, "slope").map(({ value }) => value),
    [Infinity, -Infinity, NaN],
  );
});

test("side by side a line has a row for each parameter, one that all share has one", () => {
  const line = STEP.lines[0];
  const shared = { ...line, name: "r", shared: true };
  const evaluated = (value: number, latex: string) => partOf<Wire["Evaluation"]>({ value, latex });
  const step = {
    ...STEP,
    lines: [shared, { ...line, values: { x: evaluated(1, "\\frac{1}{2}"), y: evaluated(2, "3") } }],
  };
  shared.values = { x: evaluated(5, "5"), y: evaluated(5, "5") };
  const [first, second] = linesOfParameters(step, ["x", "y"]);
  assert.equal(first.rows, undefined);
  assert.deepEqual(second.rows, [
    { parameter: "x", numbers: "1/2", value: 1 },
    { parameter: "y", numbers: "3", value: 2 },
  ]);
  assert.deepEqual(second.names, {});
});
