import assert from "node:assert/strict";
import { test } from "node:test";
import { appendRows, parametersAt } from "../../../static/page/state/columns.ts";
import { pairs } from "../pairs.ts";

const count = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => from + k);

/** Rows from..to of a run whose every value tells its row. */
function wire(from: number, to: number) {
  const steps = count(Math.max(0, from - 1), to - 1);
  return {
    parameters: { x: count(from, to), y: count(from, to).map((row) => -row) },
    loss: count(from, to).map((row) => row / 2),
    gradient: { x: steps.map((step) => 10 * step), y: steps.map((step) => 100 * step) },
    batch: steps.map((step) => [step]),
  };
}

test("rows that come in pieces are the rows that come at once", () => {
  const names = ["x", "y"];
  let columns = null;
  for (const [from, to] of pairs(0, 8, 8, 72, 72, 136, 136, 137))
    columns = appendRows(columns, names, wire(from, to), from);
  const whole = appendRows(null, names, wire(0, 137));
  const trimmed = (column: Float64Array | null, length: number) => [...(column ?? [])].slice(0, length);
  assert.deepEqual(
    columns?.parameters.map((column) => trimmed(column, 137)),
    whole.parameters.map((column) => [...column]),
  );
  assert.deepEqual(trimmed(columns.loss, 137), [...whole.loss]);
  assert.deepEqual(
    columns?.gradient?.map((column) => trimmed(column, 136)),
    whole.gradient?.map((column) => [...column]),
  );
  assert.deepEqual(
    columns?.batch,
    count(0, 136).map((step) => [step]),
  );
});

test("steps that use all points are told from batches that have not come", () => {
  const { parameters, loss } = wire(0, 3);
  assert.deepEqual(appendRows(null, ["x", "y"], { parameters, loss, batch: null }).batch, []);
});

test("an earlier value keeps its rows while later ones are appended", () => {
  const first = appendRows(null, ["x", "y"], wire(0, 8));
  appendRows(first, ["x", "y"], wire(8, 72), 8);
  assert.deepEqual(
    [...first.loss].slice(0, 8),
    count(0, 8).map((row) => row / 2),
  );
});

test("without step columns there are none, not empty ones", () => {
  const { parameters, loss } = wire(0, 3);
  const columns = appendRows(null, ["x", "y"], { parameters, loss });
  assert.equal(columns.gradient, null);
  assert.equal(columns.batch, null);
  assert.deepEqual(parametersAt(columns, 2), [2, -2]);
});
