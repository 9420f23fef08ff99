import assert from "node:assert/strict";
import { test } from "node:test";
import { rosePicture } from "../../../../static/page/pictures/curvature/rosePicture.ts";
import type { Wire } from "../../../../static/page/state/types.ts";
import { marksOf } from "../../marks.ts";
import { partOf } from "../../part.ts";
import { LOOK as look } from "../../pictures.ts";

const VALUES = Array.from({ length: 61 }, (_, k) => 3 * k);

const told = (steps: number[], reasons = steps.map(() => "target_loss")) =>
  partOf<Wire["SweepEnds"]>({ values: VALUES, n_steps: steps, stop_reason: reasons, angle: 27 });

const size = { width: 300, height: 300 };
const drawn = (content: Pick<Parameters<typeof rosePicture.layOut>[0], "runs" | "angle">) =>
  rosePicture.layOut({ ...content, theme: "day", scale: 1, size, look }).marks;

const radii = ({ x, y }: any) => Array.from(x as number[], (value, k) => Math.hypot(value, y[k]));

test("as many steps at every angle are a circle, all around, and the hand stands at the ravine's angle", () => {
  const marks = drawn({ runs: [{ slot: 0, reply: told(VALUES.map(() => 121)), steps: 121 }], angle: 27 });
  const [circle] = marksOf(marks, "petals");
  assert.equal(circle.x.length, 2 * VALUES.length);
  assert.ok(radii(circle).every((radius) => Math.abs(radius - 121) < 1e-9));
  assert.ok(Math.min(...circle.y) < -120, "the second half is the first");
  const [at] = marksOf(marks, "steps").map((mark) => mark.at);
  assert.ok(Math.abs((Math.atan2(at[1], at[0]) * 180) / Math.PI - 27) < 1e-9);
  assert.ok(Math.abs(Math.hypot(...at) - 121) < 1e-9);
});

test("beside the markers on the hand are their steps, on either side, and none on top of another", () => {
  const runs = [121, 130, 226, 124, null].map((steps, slot) => ({ slot, reply: told(VALUES.map(() => 285)), steps }));
  const counts = marksOf(drawn({ runs, angle: 27 }), "count");
  assert.deepEqual(
    counts.map(({ text }) => text),
    ["121", "124", "226"],
  );
  // At 27 degrees left of the hand is up, and right of it down.
  assert.deepEqual(
    counts.map(({ shift: [, down] }) => Math.sign(down)),
    [-1, 1, 1],
  );
});

test("where the loss is not reached there is nothing", () => {
  const reasons = VALUES.map((degrees) => (degrees === 45 ? "max_steps" : "target_loss"));
  const run = { slot: 1, reply: told(VALUES.map(() => 50), reasons), steps: null }; // biome-ignore format: one run
  const marks = drawn({ runs: [run], angle: 45 });
  const [petals] = marksOf(marks, "petals");
  assert.deepEqual(
    radii(petals).flatMap((radius, k) => (Number.isNaN(radius) ? [k] : [])),
    [15, 15 + VALUES.length],
  );
  assert.ok(Number.isNaN(marksOf(marks, "steps")[0].at[0]));
});
