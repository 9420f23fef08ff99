import assert from "node:assert/strict";
import { test } from "node:test";
import { alignedLines } from "../../../static/page/words/alignment.ts";
import { difference } from "../../../static/page/words/difference.ts";
import { formRows } from "../../../static/page/words/formRows.ts";
import { partsOf, textOf } from "../../../static/page/words/latexTree.ts";

const line = (quantity: string, formula = quantity) => ({ key: quantity, quantity, formula }) as any;

test("lines that compute the same share a row, in the order of both", () => {
  const rows = alignedLines(
    [line("g"), line("m"), line("v"), line("m_hat"), line("w", "adam")],
    [line("g"), line("v"), line("w", "rmsprop")],
  );
  assert.deepEqual(
    rows.map(({ left, right, differs }) => [left?.quantity ?? "", right?.quantity ?? "", differs]),
    [
      ["g", "g", false],
      ["m", "", true],
      ["v", "v", false],
      ["m_hat", "", true],
      ["w", "w", true],
    ],
  );
});

test("every line of both is there, once", () => {
  const rows = alignedLines([line("a"), line("b")], [line("b"), line("a")]);
  assert.deepEqual(
    rows.flatMap(({ left }) => left?.quantity ?? []),
    ["a", "b"],
  );
  assert.deepEqual(
    rows.flatMap(({ right }) => right?.quantity ?? []),
    ["b", "a"],
  );
});

const q = (name: string, latex = name) => `\\htmlData{of=${name}}{${latex}}`;
const average = (name: string, decay: string, of: string) =>
  `${q(name)} \\leftarrow ${q(decay)}\\,${q(name)} + (1 - ${q(decay)})\\,${of}`;

test("the same average is the same whatever its decay is called, and what is called alike is not", () => {
  const [squares, plain] = [average("v", "beta2", `${q("g")}^{2}`), average("v", "beta", `${q("g")}^{2}`)];
  assert.equal(alignedLines([line("v", squares)], [line("v", plain)])[0].differs, false);
  assert.equal(alignedLines([line("v", squares)], [line("v", average("v", "beta", q("g")))])[0].differs, true);
  // Once beta1 is called beta, beta2 is not.
  const both = alignedLines(
    [line("m", average("m", "beta1", q("g"))), line("v", squares)],
    [line("m", average("m", "beta", q("g"))), line("v", plain)],
  );
  assert.deepEqual(
    both.map(({ differs }) => differs),
    [false, true],
  );
  // A name that both have stands for itself.
  const steps = [`${q("w")} - ${q("m_hat")}`, `${q("w")} - ${q("m")}`];
  assert.equal(
    alignedLines(
      [line("m", average("m", "beta", q("g"))), line("w", steps[0])],
      [line("m", average("m", "beta", q("g"))), line("w", steps[1])],
    )[1].differs,
    true,
  );
});

test("lines of one shape share a row under different names", () => {
  const rows = alignedLines(
    [line("c", average("c", "beta1", q("g"))), line("w", "a")],
    [line("m", average("m", "beta", q("g"))), line("w", "b")],
  );
  assert.deepEqual(
    rows.map(({ left, right, differs }) => [left?.quantity, right?.quantity, differs]),
    [
      ["c", "m", false],
      ["w", "w", true],
    ],
  );
});

test("LaTeX is taken apart and put together again as it was", () => {
  for (const latex of [
    "w \\leftarrow w - \\frac{\\mathrm{lr} \\cdot \\hat{m}}{\\sqrt{\\hat{v}} + \\varepsilon}",
    "\\begin{cases} \\displaystyle \\frac{r}{2} & \\text{if } \\rho > 5 \\\\ \\left|m\\right| \\end{cases}",
    "0.96^{(t + 1)}\\beta_{1}^{t}",
    "a(b + (c - 1))^2",
    "",
    "}",
  ]) {
    assert.equal(textOf(partsOf(latex)), latex);
  }
});

test("what differs is marked where it stands, operators left between the marks", () => {
  const mark = (latex: string) => `\\htmlData{differs=yes}{${latex}}`;
  assert.deepEqual(
    difference("w - \\frac{a \\cdot \\hat{m}}{\\sqrt{v} + e}", "w - \\frac{a \\cdot g}{\\sqrt{e + v}}"),
    {
      left: `w - \\frac{a \\cdot ${mark("\\hat{m}")}}{\\sqrt{v} + ${mark("e")}}`,
      right: `w - \\frac{a \\cdot ${mark("g")}}{\\sqrt{${mark("e")} + v}}`,
      differs: true,
    },
  );
  assert.deepEqual(difference("m\\,g", "m g"), { left: "m\\,g", right: "m g", differs: false });
  assert.deepEqual(difference("g", "g^{2}"), { left: mark("g"), right: mark("g^{2}"), differs: true });
  assert.deepEqual(difference("(1 - b) g", "(1 - c) g"), {
    left: `(1 - ${mark("b")}) g`,
    right: `(1 - ${mark("c")}) g`,
    differs: true,
  });
});

test("forms stand in rows; one that shrinks w first has its last line beside the others' last", () => {
  const form = (rule: string) => ({ name: rule, label: rule, rule, latex: rule.split("\n") });
  const rows = formRows([form("w = w - d\nm = a\nw = w - m"), form("m = b\nw = w - m"), form("v = c\nw = w + v")]);
  assert.deepEqual(
    rows.map(({ lines }) => lines),
    [
      ["w = w - d", null, null],
      ["m = a", "m = b", null],
      [null, null, "v = c"],
      ["w = w - m", "w = w - m", "w = w + v"],
    ],
  );
});
