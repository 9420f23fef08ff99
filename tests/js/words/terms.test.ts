import assert from "node:assert/strict";
import { test } from "node:test";
import { gradientShares, visibleTerms } from "../../../static/page/panels/working/terms.ts";
import type { Wire } from "../../../static/page/state/types.ts";
import { batchWords, chainLatex, chainRows, termsWithData, termTotals } from "../../../static/page/words/terms.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";

const term = (point: number, value: number): Wire["Term"] =>
  partOf({
    point,
    value,
    residual: { value: -value, latex: "" },
    chain: { value, latex: "" },
    formula_latex: "-1.2 U",
  });
const CHAIN = partOf<Wire["Chain"]>({
  divisor: null,
  loss_latex: "L = \\sum U",
  residual_latex: "U_{i} = y_{i}",
  rule_latex: "a = b",
  product_latex: "c",
});
const gradientOf = (change?: object): Parameters<typeof termTotals>[0] =>
  partOf({
    terms: [term(0, -0.6), term(1, -0.64), term(2, -2.2)],
    chain: CHAIN,
    clean: -3.44,
    noise: null,
    value: -3.44,
    ...change,
  });
const told = (change?: object) =>
  termTotals(gradientOf(change)).map(({ words, value }) => [words, Number(value.toFixed(6))]);

test("the terms are added up, divided where the loss is a mean, and the noise comes last", () => {
  assert.deepEqual(told(), [["sum of 3 points", -3.44]]);
  const mean = { chain: { ...CHAIN, divisor: 3 }, clean: -1.146667, value: -1.146667 };
  assert.deepEqual(told(mean), [
    ["sum of 3 points", -3.44],
    ["sum / 3", -1.146667],
  ]);
  assert.deepEqual(told({ ...mean, noise: 0.5, value: -0.646667 }), [
    ["sum of 3 points", -3.44],
    ["sum / 3", -1.146667],
    ["noise", 0.5],
    ["with the noise", -0.646667],
  ]);
  assert.deepEqual(told({ noise: 1, value: -2.44 }), [
    ["sum of 3 points", -3.44],
    ["noise", 1],
    ["with the noise", -2.44],
  ]);
  assert.deepEqual(
    termTotals(gradientOf()).map(({ last }) => last),
    [true],
  );
});

test("one point is not added up", () => {
  assert.deepEqual(told({ terms: [term(16, 4)], clean: 4, value: 4 }), [["what this point adds", 4]]);
  assert.deepEqual(told({ terms: [term(16, 4)], clean: 4, noise: 1, value: 5 }), [
    ["noise", 1],
    ["with the noise", 5],
  ]);
});

test("the points of a batch are named by their rows, counted from one", () => {
  const words = (batch: number[] | null) =>
    batchWords(
      partOf({ batch }),
      (batch ?? [0, 1]).map((point) => term(point, 1)),
    );
  assert.equal(words(null), "");
  assert.equal(words([16]), "This step sees point 17 alone.");
  assert.equal(words([16, 2]), "The batch B: points 17 and 3.");
  assert.equal(words([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), "The batch B: points 1, 2, 3, 4, 5, 6, 7, 8 and 2 more.");
});

test("the rule in symbols says which quantity it is, and stands without what is too long to print", () => {
  assert.deepEqual(chainLatex(CHAIN), {
    residual: "U_{i} = y_{i}",
    loss: "L = \\sum U",
    rule: "\\htmlData{of=g}{g} = a = b",
    product: "= c",
  });
  assert.equal(chainLatex({ ...CHAIN, product_latex: null }).product, null);
});

test("with the data put in every line fits, or none is shown", () => {
  assert.deepEqual(termsWithData([term(0, 1)]), ["-1.2 U"]);
  assert.deepEqual(termsWithData([term(0, 1), { ...term(1, 1), formula_latex: "U".repeat(400) }]), []);
  assert.deepEqual(termsWithData([term(0, 1), { ...term(1, 1), formula_latex: null }]), []);
});

test("of many points the first are in sight, and always the one that is highlighted", () => {
  const all = Array.from({ length: 50 }, (_, point) => ({ point }));
  const points = (unfolded: boolean, highlighted: number | null) =>
    visibleTerms(all, unfolded, highlighted).map(({ point }) => point);
  assert.deepEqual(points(false, null), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(points(false, 2), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(points(false, 41), [0, 1, 2, 3, 4, 41]);
  assert.equal(points(true, 41).length, 50);
});

test("the chart of the data is told what each point adds to each component", () => {
  const step = partOf<Wire["Step"]>({
    gradient: { slope: gradientOf({ chain: { ...CHAIN, divisor: 3 }, clean: -1.1466 }), intercept: gradientOf() },
  });
  const shares = gradientShares(step, "slope", 1);
  assert.deepEqual([shares?.run, shares?.parameter, shares?.total], [1, "slope", "mean −1.147"]);
  assert.deepEqual([...(shares?.values ?? [])], pairs(0, -0.6, 1, -0.64, 2, -2.2));
  assert.deepEqual(
    shares?.byParameter.map(({ parameter }) => parameter),
    ["slope", "intercept"],
  );
  assert.equal(shares?.residuals.get(2), 2.2);
  const surface = partOf<Wire["Step"]>({ gradient: { x: { terms: null, chain: null } } });
  assert.equal(gradientShares(surface, "x", 0), null);
});

test("in a document the points are written out where they are few", () => {
  const numbers = (point: number, value: number, latex: string) => ({
    ...term(point, value),
    residual: { value: 0.5, latex: "1.1 - 0.6" },
    chain: { value, latex },
  });
  const terms = [
    numbers(0, -0.6, "2 \\cdot 0.5 \\cdot (-0.6)"),
    numbers(2, 1, "-1 \\cdot (-1) \\quad \\text{as } 2 > 1"),
  ];
  const rows = chainRows(gradientOf({ terms, chain: { ...CHAIN, divisor: 2 }, clean: 0.2, value: 0.2 }), String);
  assert.deepEqual(rows, [
    "L &= \\sum U",
    "U_{i} &= y_{i}",
    "U_{1} &= 1.1 - 0.6 = 0.5",
    "U_{3} &= 1.1 - 0.6 = 0.5",
    "g &= a = b",
    "  &= c",
    "  &= \\frac{1}{2} \\left(2 \\cdot 0.5 \\cdot (-0.6) + (-1 \\cdot (-1))\\right)",
    "  &= 0.2",
  ]);
  assert.deepEqual(chainRows(gradientOf({ terms, noise: -0.5, clean: 0.2, value: -0.3 }), String).slice(-2), [
    "  &= 0.2 + \\underbrace{-0.5}_{\\text{noise}}",
    "  &= -0.3",
  ]);
  const many = Array.from({ length: 50 }, (_, point) => term(point, 1));
  assert.deepEqual(chainRows(gradientOf({ terms: many, latex: "1 + 1 + \\cdots", value: 50 }), String).slice(-2), [
    "  &= 1 + 1 + \\cdots",
    "  &= 50",
  ]);
});
