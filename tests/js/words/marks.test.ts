import assert from "node:assert/strict";
import { test } from "node:test";
import katex from "katex";
import { latexForPage, marksOf, withoutMarks } from "../../../static/page/words/marks.ts";

const mark = (name: string, inside: string) => `\\htmlData{of=${name}}{${inside}}`;

test("what is left without marks is plain LaTeX", () => {
  const below = `1 - ${mark("beta1", "\\beta_{1}")}^{${mark("t", "t")}}`;
  const marked = `${mark("m_hat", "\\hat{m}")} = \\frac{${mark("m", "m")}}{${below}}`;
  assert.equal(withoutMarks(marked), "\\hat{m} = \\frac{m}{1 - \\beta_{1}^{t}}");
});

test("an exponent stands above the index of its letter, and beside a number", () => {
  assert.equal(
    latexForPage(`${mark("beta1", "\\beta_{1}")}^{${mark("t", "t")}}`),
    mark("beta1", `\\beta_{1}^{${mark("t", "t")}}`),
  );
  assert.equal(
    latexForPage(`${mark("beta1", "0.9")}^{${mark("t", "13")}}`),
    `${mark("beta1", "0.9")}^{${mark("t", "13")}}`,
  );
  assert.equal(latexForPage(`${mark("eps", "10^{-8}")}^{2}`), `${mark("eps", "10^{-8}")}^{2}`);
});

test("a quantity is printed by another name, its value is not", () => {
  assert.equal(
    latexForPage(`${mark("w", "w")} - ${mark("w", "-1.5")}`, { w: "x" }),
    `${mark("w", "x")} - ${mark("w", "-1.5")}`,
  );
});

test("a word is read as one, in a document it is set upright", () => {
  const latex = `${mark("lr", "\\mathrm{lr}")} \\cdot \\mathrm{weight\\ decay}_{\\mathrm{max}} \\cdot \\mathrm{d}x`;
  assert.equal(
    latexForPage(latex),
    `${mark("lr", "\\textrm{lr}")} \\cdot \\textrm{weight decay}_{\\textrm{max}} \\cdot \\mathrm{d}x`,
  );
  assert.match(katex.renderToString(latexForPage("\\mathrm{lr}"), { output: "mathml" }), />lr</);
  assert.match(withoutMarks(latex), /\\mathrm\{lr\}/);
});

test("escaped braces do not end a mark", () => {
  assert.equal(withoutMarks(`${mark("q", "\\text{a\\}b}")} + 1`), "\\text{a\\}b} + 1");
});

test("marks are found with what stands before them", () => {
  const found = marksOf(`1 + ${mark("a", "2")} \\cdot ${mark("b", "3")}`);
  assert.deepEqual(
    found.map(({ name, inside }) => [name, inside]),
    [
      ["a", "2"],
      ["b", "3"],
    ],
  );
  assert.equal(withoutMarks(found[1].before), "1 + 2 \\cdot ");
});

test("the formula setter turns marks into attributes, and nothing else that it is asked for", () => {
  const trust = ({ command }: { command: string }) => command === "\\htmlData";
  const html = katex.renderToString(latexForPage(`${mark("m_hat", "\\hat{m}")}^{2}`), { trust, strict: "ignore" });
  assert.match(html, /data-of="m_hat"/);
  const hostile = katex.renderToString("\\href{javascript:alert(1)}{x}", {
    trust,
    strict: "ignore",
    throwOnError: false,
  });
  assert.doesNotMatch(hostile, /<a /);
});
