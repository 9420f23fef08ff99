import assert from "node:assert/strict";
import { test } from "node:test";
import { batchCell, captionOf, columnsOf, pageAround } from "../../../../static/page/panels/drawer/steps.ts";

test("a page of steps holds the playhead and ends with the run", () => {
  assert.deepEqual(pageAround(0, 218), [0, 50]);
  assert.deepEqual(pageAround(217, 218), [200, 218]);
  assert.deepEqual(pageAround(300, 218), [200, 218]);
  assert.deepEqual(pageAround(5, 1), [0, 1]);
});

test("the columns are those of the run, the gradient of the last row left out", () => {
  const columns = {
    parameters: [Float64Array.of(3, 2), Float64Array.of(1, 0)],
    loss: Float64Array.of(9, 4),
    gradient: [Float64Array.of(6, 0), Float64Array.of(2, 0)],
    batch: null,
  };
  // Columns have more room than rows: what lies beyond is 0, and no gradient.
  const run = { columns, length: 2 } as any;
  const table = columnsOf(run, { kind: "surface", parameters: ["x", "y"] } as any, 0);
  assert.deepEqual(
    table.map(([name]) => name),
    ["step", "x", "y", "loss", "∂f/∂x", "∂f/∂y"],
  );
  assert.equal(columnsOf(run, { kind: "line_fit", parameters: ["slope", "intercept"] } as any, 0)[4][0], "∂L/∂slope");
  assert.deepEqual(
    table.map(([, value]) => value(0)),
    [0, 3, 1, 9, 6, 2],
  );
  assert.deepEqual(
    table.map(([, value]) => value(1)),
    [1, 2, 0, 4, undefined, undefined],
  );
});

test("the points that a step sees are named by the numbers they have in the chart of the data", () => {
  const points: [number, number][] = Array.from({ length: 12 }, (_, k) => [k, 10.5 * k]);
  assert.equal(batchCell([2], points), "3 at (2, 21)");
  assert.equal(batchCell([6, 0, 2], points), "7, 1, 3");
  assert.equal(batchCell([...points.keys()], points), "1, 2, 3, 4, 5, 6, 7, 8 and 4 more");
});

test("the caption says what leads to the next row, in the word of the problem for what a step sees", () => {
  const run = { name: "Adam", length: 61 } as any;
  assert.equal(captionOf(run, [0, 50], null), "Adam: steps 0 to 49 of 60. The gradients of a row lead to the next.");
  for (const [problem, word] of [
    [{ dataset: "line" }, "points"],
    [{ network: { dataset: "xor" } }, "samples"],
  ] as const)
    assert.equal(
      captionOf(run, [50, 61], problem),
      `Adam: steps 50 to 60 of 60. Gradient, epoch and ${word} of a row are of the step that leads to the next.`,
    );
});
