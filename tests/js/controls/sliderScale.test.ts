import assert from "node:assert/strict";
import { test } from "node:test";
import { endBars, legibleMarks, shade } from "../../../static/page/controls/sliderPicture.ts";
import { scaleOf } from "../../../static/page/controls/sliderScale.ts";
import type { Sweep } from "../../../static/page/state/types.ts";
import { partOf } from "../part.ts";

const RATE = scaleOf({ name: "learning_rate", default: 0.01, min: 1e-5, max: 10, scale: "log", whole: false });
const DECAY = scaleOf({ name: "beta", default: 0.9, min: 0, max: 0.9999, scale: "decay", whole: false });
const EVEN = scaleOf({ name: "floor", default: 0, min: 0, max: 1, scale: "linear", whole: false });

test("of whole numbers the next is one more, and nothing lies between", () => {
  const size = scaleOf({ name: "batch_size", default: 1, min: 1, max: 100, scale: "log", help: "", whole: true });
  assert.deepEqual([size.value(0), size.value(0.2), size.value(0.5), size.value(1)], [1, 3, 10, 100]);
  assert.deepEqual(
    [size.next(1, 1, false), size.next(1, -1, false), size.next(9, 1, true), size.next(100, 1, false)],
    [2, 1, 10, 100],
  );
});

test("a decade is as long as any other, a nine of a decay as long as the one before", () => {
  assert.ok(Math.abs(RATE.place(0.001) - RATE.place(1e-4) - 1 / 6) < 1e-12);
  assert.ok(Math.abs(DECAY.place(0.9) - 0.25) < 1e-9 && Math.abs(DECAY.place(0.999) - 0.75) < 1e-9);
});

test("values come rounded to what one would write, and are found again at their place", () => {
  assert.equal(RATE.value(0.5), 0.01);
  assert.equal(RATE.value(RATE.place(0.0137)), 0.014);
  assert.equal(DECAY.value(DECAY.place(0.99)), 0.99);
  assert.equal(DECAY.value(0), 0);
  assert.equal(EVEN.value(0.337), 0.34);
});

test("keys go to the neighbour, across decades, and stop at the ends", () => {
  assert.equal(RATE.next(0.01, 1, false), 0.011);
  assert.equal(RATE.next(0.01, -1, false), 0.0099);
  assert.equal(RATE.next(0.099, 1, false), 0.1);
  assert.deepEqual(
    [RATE.next(0.03, 1, true), RATE.next(0.03, -1, true), RATE.next(0.05, -1, true)],
    [0.05, 0.02, 0.02],
  );
  assert.equal(RATE.next(10, 1, false), 10);
  assert.deepEqual(
    [DECAY.next(0.9, 1, true), DECAY.next(0.99, 1, true), DECAY.next(0.9, -1, true)],
    [0.95, 0.995, 0.8],
  );
  assert.equal(DECAY.next(0.5, 1, false), 0.51);
});

test("from between two values that can be set a key goes to the nearest on its side", () => {
  assert.deepEqual([RATE.next(0.0149, 1, false), RATE.next(0.0141, -1, false)], [0.015, 0.014]);
  assert.deepEqual([RATE.next(0.0103, -1, false), RATE.next(0.0999, 1, false)], [0.01, 0.1]);
});

test("a value off the slider never goes the other way than the key", () => {
  assert.deepEqual([RATE.next(100, 1, true), RATE.next(100, -1, true), RATE.next(100, -1, false)], [100, 50, 99]);
  assert.deepEqual([RATE.next(1e-7, -1, false), RATE.next(1e-7, 1, true)], [1e-7, 2e-7]);
  assert.deepEqual([RATE.next(0, 1, false), RATE.next(0, -1, true)], [1e-5, 0]);
  assert.deepEqual(
    [EVEN.next(2, 1, false), EVEN.next(2, -1, false), DECAY.next(0.99999, 1, false)],
    [2, 1.99, 0.99999],
  );
  const steps = scaleOf({ name: "every", default: 100, min: 1, max: 1000, scale: "log", help: "", whole: true });
  assert.deepEqual([steps.next(5000, 1, false), steps.next(5000, -1, false)], [5000, 4999]);
});

test("a number never touches the one before", () => {
  for (const width of [80, 140, 240, 500]) {
    for (const scale of [RATE, DECAY, EVEN]) {
      const shown = legibleMarks(scale.marks(width), width);
      assert.ok(shown.length >= 2, `${width}`);
      for (const [k, mark] of shown.slice(1).entries()) assert.ok((mark.at - shown[k].at) * width > 10);
    }
  }
});

test("the shading is high where a rate ends high, and stops where it diverges", () => {
  const sweep = partOf<Sweep>({
    values: [0.001, 0.01, 0.1, 1, 10],
    loss: [100, 1, 1e-4, null, null],
    edge: { rises: null, diverges: null },
  });
  const bars = endBars(sweep, (value) => 10 * Math.log10(value) + 30, 100);
  const heights = bars.map(({ height }) => height);
  assert.ok(heights[0] > heights[1] && heights[1] > heights[2] && heights[2] > 0);
  assert.deepEqual(heights.slice(3), [0, 0]);
  assert.deepEqual([bars[3].left, bars[4].right], [25, 40]);
  const [, hatching] = shade(sweep, 100, (value) => 10 * Math.log10(value) + 30);
  assert.ok(hatching.kind === "line" && hatching.x[0] === 25, "where it diverges is hatched");
  const edge = partOf<Sweep["edge"]>({ rises: { holds: 0.299, fails: 0.3 }, diverges: null });
  const [, , , begins] = endBars({ ...sweep, edge }, (value) => 10 * Math.log10(value) + 30, 100);
  assert.equal(begins.left.toFixed(3), "24.771");
});

test("a line through all its points has nothing to shade, and says so in numbers", () => {
  const sweep = partOf<Sweep>({ values: [0.1, 1], loss: [0, 0], edge: { rises: null, diverges: null } });
  const heights = endBars(sweep, (value) => value, 0).map(({ height }) => height);
  assert.ok(heights.every(Number.isFinite));
});
