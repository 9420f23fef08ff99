import assert from "node:assert/strict";
import { test } from "node:test";
import { type ReadableStep, readableAt } from "../../../static/page/figure/frames.ts";

test("words follow a playhead that plays five times a second, and one that rests at once", () => {
  const steps: number[] = [];
  let readable: ReadableStep = { step: 0, time: -Infinity };
  for (const time of [0, 100, 199, 200, 399, 400]) {
    readable = readableAt(readable, { step: time / 10, playing: true, time });
    steps.push(readable.step);
  }
  assert.deepEqual(steps, [0, 0, 0, 20, 20, 40]);
  assert.equal(readableAt(readable, { step: 41, playing: false, time: 401 }).step, 41);
});
