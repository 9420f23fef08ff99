import assert from "node:assert/strict";
import { test } from "node:test";
import { batchCell, rowsOfPage, stepColumns, stepsCaption } from "../../../../static/page/panels/explanations/steps.ts";
import type { Run } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";

test("a page of steps holds the playhead and ends with the run, as long there as anywhere", () => {
  assert.deepEqual(rowsOfPage(0, 218), [0, 50]);
  assert.deepEqual(rowsOfPage(149, 218), [100, 150]);
  assert.deepEqual(rowsOfPage(217, 218), [168, 218]);
  assert.deepEqual(rowsOfPage(300, 218), [168, 218]);
  assert.deepEqual(rowsOfPage(1000, 1001), [951, 1001]);
  assert.deepEqual(rowsOfPage(5, 1), [0, 1]);
});

test("the columns are those of the run, the gradient of the last row left out", () => {
  const columns = {
    parameters: [Float64Array.of(3, 2), Float64Array.of(1, 0)],
    loss: Float64Array.of(9, 4),
    gradient: [Float64Array.of(6, 0), Float64Array.of(2, 0)],
    batch: null,
  };
  // Columns have more room than rows: what lies beyond is 0, and no gradient.
  const run = partOf<Run>({ columns, length: 2 });
  const table = stepColumns(run, partOf({ kind: "surface", parameters: ["x", "y"] }), 0);
  assert.deepEqual(
    table.map(([name]) => name),
    ["step", "x", "y", "loss", "∂f/∂x", "∂f/∂y"],
  );
  assert.equal(
    stepColumns(run, partOf({ kind: "line_fit", parameters: ["slope", "intercept"] }), 0)[4][0],
    "∂L/∂slope",
  );
  assert.deepEqual(
    table.map(([, value]) => value(0)),
    [0, 3, 1, 9, 6, 2],
  );
  assert.deepEqual(
    table.map(([, value]) => value(1)),
    [1, 2, 0, 4, undefined, undefined],
  );
});

test("what a rule holds stands in the row after the step that made it, of each parameter", () => {
  const columns = { parameters: [Float64Array.of(3, 2)], loss: Float64Array.of(9, 4), gradient: null, batch: null };
  const states = { m: { x: [0, 0.6] }, v_max: { x: [0, null] } };
  const table = stepColumns(partOf({ columns, length: 2 }), partOf({ kind: "surface", parameters: ["x"] }), 0, states);
  assert.deepEqual(
    table.map(([name, value]) => [name, value(0), value(1)]),
    [
      ["step", 0, 1],
      ["x", 3, 2],
      ["loss", 9, 4],
      ["m", 0, 0.6],
      ["v max", 0, undefined],
    ],
  );
});

test("the average of the rows from one on stands beside them, once its loss has come with that", () => {
  const columns = { parameters: [Float64Array.of(3, 2, 4)], loss: Float64Array.of(9, 4, 16), gradient: null };
  const average = { run: 0, first: 1, means: [Float64Array.of(NaN, 2, 3)], loss: null as Float64Array | null };
  const table = () =>
    stepColumns(partOf({ columns, length: 3 }), partOf({ parameters: ["x"] }), 0, null, average).slice(3);
  const rows = () => table().map(([name, value]) => [name, ...[0, 1, 2].map(value)]);
  assert.deepEqual(rows(), [
    ["average x", NaN, 2, 3],
    ["average loss", undefined, undefined, undefined],
  ]);
  average.loss = Float64Array.of(NaN, 4, 9);
  assert.deepEqual(rows()[1], ["average loss", NaN, 4, 9]);
});

test("the points that a step sees are named by the numbers they have in the chart of the data", () => {
  const points: [number, number][] = Array.from({ length: 12 }, (_, k) => [k, 10.5 * k]);
  assert.equal(batchCell([2], points), "3 at (2, 21)");
  assert.equal(batchCell([6, 0, 2], points), "7, 1, 3");
  assert.equal(batchCell([...points.keys()], points), "1, 2, 3, 4, 5, 6, 7, 8 and 4 more");
});

test("the caption says what is of the step of a row and what of the next, in the word of the problem", () => {
  const run = partOf<Run>({ name: "Adam", length: 61 });
  assert.equal(
    stepsCaption(run, [0, 50], null, false),
    "Adam: after steps 0 to 49 of 60. " +
      "Parameters and loss are those after the step of a row, the gradient is that of the next step.",
  );
  for (const [problem, word] of [
    [{ dataset: "line" }, "points"],
    [{ network: { dataset: "xor" } }, "samples"],
  ] as const)
    assert.equal(
      stepsCaption(run, [11, 61], problem, true),
      "Adam: after steps 11 to 60 of 60. Parameters, loss and states are those after the step of a row, " +
        `gradient, epoch and ${word} are those of the next step.`,
    );
});
