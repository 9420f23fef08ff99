import assert from "node:assert/strict";
import { test } from "node:test";
import { lossAxis, sampleAxis, stepAxis } from "../../../../static/page/views/loss/axes.ts";
import { endsOf } from "../../../../static/page/views/loss/labels.ts";
import { createCover, placeNames, shortened } from "../../../../static/page/views/loss/names.ts";

const run = (loss: number[], reason: string = "max_steps") => ({
  slot: 0, name: "run", hidden: false, length: loss.length, end: { stop_reason: reason, n_steps: loss.length - 1, diverged_at: null },
  columns: { parameters: [], loss: Float64Array.from(loss), gradient: null, learningRate: null, stepSize: null, batch: null },
});

const scene = (runs: object[], more: object = {}) => ({ runs, levels: { kind: "decades", base: 0, values: [1, 10] }, problem: { minima: [] }, ...more } as any);

test("losses from one end of the scale to the other are in the chart, in order", () => {
  const axis = lossAxis(scene([run([100, 3, 0.02])]), 200);
  assert.deepEqual([axis.log, axis.place(100) <= 1, axis.place(0.02) >= 0], [true, true, true]);
  assert.ok(axis.place(100) > axis.place(3) && axis.place(3) > axis.place(0.02));
});

test("a run that leaves does not press the others flat, and its line goes out of the top", () => {
  const axis = lossAxis(scene([run([10, 1, 0.1]), run([10, 1e20, 1e80], "diverged")]), 200);
  assert.ok(axis.place(0.1) < 0.2 && axis.place(10) > 0.8);
  assert.ok(axis.place(1e80) > 1.02);
});

test("nothing falls through the floor: what has nothing left to lose stands on it", () => {
  const axis = lossAxis(scene([run([1, 1e-300, 0])]), 200);
  assert.equal(axis.place(0), axis.place(1e-300));
  assert.ok(axis.place(0) >= 0);
});

test("losses below 0 are counted from the least there is", () => {
  const axis = lossAxis(scene([run([5, 0, -1.0316])], { levels: { kind: "decades", base: -1.03, values: [0] }, problem: { minima: [{ at: [0, 0], loss: -1.0316285 }] } }), 200);
  assert.ok(axis.place(5) > axis.place(0) && axis.place(0) > axis.place(-1.0316));
});

test("where the loss has no decades the axis is even", () => {
  const axis = lossAxis(scene([run([1, 0.5, 0])], { levels: { kind: "steps", base: 0, values: [0.5] } }), 200);
  assert.equal(axis.log, false);
  assert.ok(Math.abs(axis.place(0.5) * 2 - axis.place(1)) < 1e-9);
});

test("counted in samples, a step on one point is cheaper than a step on all", () => {
  const runs = [run(Array(11).fill(1)), run(Array(11).fill(1))];
  const steps = stepAxis(scene(runs), 4);
  const samples = sampleAxis(scene(runs), [1, 50], 4);
  assert.equal(steps.place(0, 10), steps.place(1, 10));
  assert.ok(samples.place(0, 10) < samples.place(1, 10));
  assert.ok(Math.abs(samples.place(1, 10) - 1) < 1e-9);
  assert.ok(Math.abs(samples.stepAt(1, samples.place(1, 7)) - 7) < 1e-9);
});

test("names say what differs, and too many say nothing", () => {
  assert.deepEqual(shortened(["Gradient descent 0.1", "Gradient descent 1"]), ["0.1", "1"]);
  assert.deepEqual(shortened(["Gradient descent 0.1", "Gradient descent 1"], () => true), ["Gradient descent 0.1", "Gradient descent 1"]);
  assert.deepEqual(shortened(["Adam", "Adam 2"]), ["Adam", "Adam 2"]);
  assert.deepEqual(shortened(["Gradient descent"]), ["Gradient descent"]);
  assert.deepEqual(shortened(["Momentum (averaged)", "Adam"]), ["Momentum", "Adam"]);
  assert.deepEqual(shortened(["Adam (deck)", "Adam (slide)"]), ["(deck)", "(slide)"]);
  assert.deepEqual(shortened("abcdef".split("")), Array(6).fill(""));
});

function covered(...lines: [number, number, number, number][]) {
  const cover = createCover(300, 200);
  for (const line of lines) cover.addLine(...line);
  return cover;
}

const ROOM = { left: 0, top: 0, width: 300, height: 200 };

test("names cover neither each other nor a line, however steep", () => {
  const cover = covered([100, 100, 300, 100], [150, 0, 152, 200]);
  const placed = placeNames([{ x: 100, y: 100, width: 40 }, { x: 100, y: 100, width: 40 }, { x: 295, y: 100, width: 50 }], cover, ROOM, 7);
  placed.forEach((one, k) => {
    assert.ok(one);
    assert.ok(Math.abs(one.y - 100) >= 7, "off the flat line");
    assert.ok(one.x + one.width <= 150 || one.x >= 152, "off the steep line");
    assert.ok(one.x >= 0 && one.x + one.width <= 300, "in the chart");
    for (const other of placed.slice(k + 1)) assert.ok(other && (Math.abs(one.y - other.y) >= 12 || one.x + one.width <= other.x || other.x + other.width <= one.x));
  });
});

test("a name that may be taken for another's has its marker before it", () => {
  const [alone] = placeNames([{ x: 100, y: 100, width: 50 }], covered(), ROOM, 7);
  const both = placeNames([{ x: 100, y: 100, width: 50 }, { x: 103, y: 101, width: 50 }], covered(), ROOM, 7);
  assert.equal(alone?.marked, false);
  assert.ok(both.every((one) => one?.marked));
});

test("a name without a place is left out rather than struck through", () => {
  const lines: [number, number, number, number][] = Array.from({ length: 40 }, (_, k) => [0, k * 5, 300, k * 5]);
  assert.deepEqual(placeNames([{ x: 100, y: 100, width: 50 }], covered(...lines), ROOM, 7), [null]);
});

test("a loss at the floor says so on the axis, wherever the other ticks fall", () => {
  for (const height of [60, 110, 150, 200, 300]) {
    const { ticks, low, high } = lossAxis(scene([run([5, 1e-300])]), height);
    assert.deepEqual(ticks[0], { value: -16, text: "≤10⁻¹⁶" });
    const gaps = ticks.slice(1).map(({ value }, k) => value - ticks[k].value);
    assert.ok(Math.min(...gaps) * (height / (high - low)) > 16, `room between the ticks of ${height} pixels`);
  }
});

test("counted from a base, what its last bits may be is no loss", () => {
  const problem = { minima: [{ at: [0, 0], loss: -78.33233140754282 }] };
  const axis = lossAxis(scene([run([100, -78.332331407542807])], { levels: { kind: "decades", base: -78.33233140754282, values: [0] }, problem }), 200);
  assert.equal(axis.place(-78.332331407542807), axis.place(-78.33233140754282));
});

test("a line that leaves by the top ends where it meets the edge, however long its last step", () => {
  const shown = scene([run([1, 0.1]), run([1, 1e30], "diverged")]);
  const plot = { width: 300, box: { left: 0, top: 10, width: 200, height: 100 }, loss: lossAxis(shown, 100), steps: stepAxis(shown, 4) } as any;
  const [, gone] = endsOf(shown, plot);
  const [inside, outside] = [plot.loss.place(1), plot.loss.place(1e30)];
  assert.deepEqual([gone.off, gone.y], [true, 10]);
  assert.ok(Math.abs(gone.x / 200 - (1 - inside) / (outside - inside)) < 1e-9);
  assert.ok(gone.x < 200);
});
