import assert from "node:assert/strict";
import { test } from "node:test";
import { lossAxis, sampleAxis, stepAxis } from "../../../../static/js/views/loss/axes.js";
import { createCover, placeNames, shortened } from "../../../../static/js/views/loss/names.js";

/** @param {number[]} loss @param {string} [reason] */
const run = (loss, reason = "max_steps") => ({
  slot: 0, name: "run", hidden: false, length: loss.length, end: { stop_reason: reason, n_steps: loss.length - 1, diverged_at: null },
  columns: { parameters: [], loss: Float64Array.from(loss), gradient: null, learningRate: null, stepSize: null, batch: null },
});

/** @param {object[]} runs @param {object} [more] */
const scene = (runs, more = {}) => /** @type {any} */ ({ runs, levels: { kind: "decades", base: 0, values: [1, 10] }, problem: { minima: [] }, ...more });

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
  assert.deepEqual(shortened(["Adam", "Adam 2"]), ["Adam", "Adam 2"]);
  assert.deepEqual(shortened(["Gradient descent"]), ["Gradient descent"]);
  assert.deepEqual(shortened("abcdef".split("")), Array(6).fill(""));
});

test("names cover neither each other nor, where there is room, a line", () => {
  const cover = createCover(300, 200);
  for (let x = 100; x < 300; x += 3) cover.addPoint(x, 100);
  const room = { left: 0, top: 0, width: 300, height: 200 };
  const placed = placeNames([{ x: 100, y: 100, width: 50 }, { x: 100, y: 100, width: 50 }, { x: 295, y: 100, width: 50 }], cover, room, 7);
  placed.forEach((one, k) => {
    assert.ok(Math.abs(one.y - 100) >= 7, "off the line");
    assert.ok(one.x >= 0 && one.x + one.width <= 300, "in the chart");
    for (const other of placed.slice(k + 1)) assert.ok(Math.abs(one.y - other.y) >= 12 || one.x + one.width <= other.x || other.x + other.width <= one.x);
  });
});
