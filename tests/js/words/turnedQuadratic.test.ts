import assert from "node:assert/strict";
import { test } from "node:test";
import { turnedFormula, turnedPoint, turnedSentence } from "../../../static/page/words/turnedQuadratic.ts";

/** What a formula gives at a point. */
const formulaAt = (formula: string, [x, y]: number[]) =>
  new Function("x", "y", `return ${formula.replaceAll("^", "**")}`)(x, y) as number;

const RAVINE = { at: [0, 0], loss: 0, hessian: [[1, 0], [0, 100]] }; // biome-ignore format: a matrix

test("a turned ravine has at a turned point what the ravine has there", () => {
  for (const degrees of [0, 30, 77, 135, 179]) {
    const formula = turnedFormula(RAVINE, degrees);
    for (const point of [
      [-4, 1],
      [2, 0],
      [0, -0.3],
    ]) {
      // biome-ignore format: points
      const there = formulaAt(formula, turnedPoint(RAVINE, point, degrees));
      const expected = point[0] ** 2 / 2 + 50 * point[1] ** 2;
      assert.ok(Math.abs(there - expected) < 1e-3 * expected + 1e-4, `${degrees}: ${there}, ${expected}`);
    }
  }
});

test("one that lies anywhere is turned about its minimum, and keeps its least loss", () => {
  const shape = { ...RAVINE, at: [1.5, -2], loss: 0.25 };
  const formula = turnedFormula(shape, 30);
  assert.equal(formulaAt(formula, [1.5, -2]), 0.25);
  assert.deepEqual(turnedPoint(shape, [2.5, -2], 90), [1.5, -1]);
  const along = formulaAt(formula, [1.5 + Math.cos(Math.PI / 6), -2 + Math.sin(Math.PI / 6)]);
  assert.ok(Math.abs(along - 0.75) < 1e-3, "half of the least curvature along it");
});

test("the formula of the catalog's turned ravine is read by what it gives", () => {
  const angle = (Math.atan(0.5) * 180) / Math.PI;
  const turned = { at: [0, 0], loss: 0, hessian: [[20.8, -39.6], [-39.6, 80.2]] }; // biome-ignore format: a matrix
  for (const [x, y] of [
    [-3.1305, -2.6833],
    [1, 2],
  ]) {
    // biome-ignore format: points
    const expected = (2 * x + y) ** 2 / 10 + 10 * (x - 2 * y) ** 2;
    assert.ok(
      Math.abs(formulaAt(turnedFormula(turned, angle), [x, y]) - expected) < 1e-2,
      "(2x + y)²/10 + 10(x − 2y)²",
    );
  }
});

test("who does not notice comes first, and who does not get there at some angle is told so", () => {
  assert.equal(
    turnedSentence(
      0.08,
      [
        { name: "AdaGrad", least: 9, most: 172 },
        { name: "Adam", least: 48, most: null },
        { name: "Gradient descent", least: 121, most: 121 },
      ],
      250,
    ),
    "To loss 0.08, the start turned too: Gradient descent takes 121 steps at every angle; AdaGrad takes 9 to 172 " +
      "steps; Adam takes from 48 to more than 250 steps.",
  );
});
