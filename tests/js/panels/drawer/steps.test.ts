import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, pageAround } from "../../../../static/page/panels/drawer/steps.ts";

test("a page of steps holds the playhead and ends with the run", () => {
  assert.deepEqual(pageAround(0, 218), [0, 50]);
  assert.deepEqual(pageAround(217, 218), [200, 218]);
  assert.deepEqual(pageAround(300, 218), [200, 218]);
  assert.deepEqual(pageAround(5, 1), [0, 1]);
});

test("the columns are those of the run, the gradient of the last row left out", () => {
  const columns = { parameters: [Float64Array.of(3, 2), Float64Array.of(1, 0)], loss: Float64Array.of(9, 4), gradient: [Float64Array.of(6), Float64Array.of(2)], batch: null };
  const run = { columns } as any;
  const table = columnsOf(run, { kind: "surface", parameters: ["x", "y"] } as any);
  assert.deepEqual(table.map(([name]) => name), ["step", "x", "y", "loss", "∂f/∂x", "∂f/∂y"]);
  assert.equal(columnsOf(run, { kind: "line_fit", parameters: ["slope", "intercept"] } as any)[4][0], "∂L/∂slope");
  assert.deepEqual(table.map(([, value]) => value(1)), [1, 2, 0, 4, undefined, undefined]);
});
