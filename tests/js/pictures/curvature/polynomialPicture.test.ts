import assert from "node:assert/strict";
import { test } from "node:test";
import { screenX } from "../../../../static/page/marks/scales.ts";
import {
  curvatureAt,
  grippedZero,
  polynomialPicture,
} from "../../../../static/page/pictures/curvature/polynomialPicture.ts";
import { marksOf } from "../../marks.ts";
import { LOOK as look } from "../../pictures.ts";

const CURVATURE = Array.from({ length: 101 }, (_, k) => 106 * (k / 100) ** 2);

/** Gradient descent's: the product of 1 - rate*curvature. */
function leaves(rates: number[]) {
  const keeps = (c: number) => rates.reduce((kept, rate) => kept * (1 - rate * c), 1);
  const zeros = rates.map((rate) => [1 / rate, 0] as [number, number]).sort(([a], [b]) => a - b);
  const worst = Math.max(...CURVATURE.filter((c) => c >= 1 && c <= 100).map((c) => Math.abs(keeps(c))));
  const at = [1, 100].map(keeps);
  return { n: rates.length, curvature: CURVATURE, kept: CURVATURE.map(keeps), at_modes: at, at_worst: worst, zeros };
}

const SIZE = { width: 420, height: 320 };

function drawn(...all: number[][]) {
  const runs = all.map((rates, slot) => ({ slot, polynomial: leaves(rates) }));
  const content = { runs, curvatures: [1, 100], names: ["along", "across"], theme: "day" as const, scale: 1 };
  return polynomialPicture.layOut({ ...content, size: SIZE, look });
}

test("each run has its line, what it leaves along each direction, and its zeros in a row of its own", () => {
  const { marks, ...scales } = drawn([0.0198, 0.0198], [1 / 20, 1 / 80]);
  assert.equal(marksOf(marks, "polynomial").length, 2);
  assert.deepEqual(
    marksOf(marks, "kept").map(({ at: [x] }) => x),
    [1, 100, 1, 100],
  );
  const zeros = marksOf(marks, "zero").map(({ at }) => at);
  assert.deepEqual(
    zeros.map(([x]) => Math.round(x)),
    [1 / 0.0198, 20, 80].map((zero) => Math.round(screenX(scales, zero))),
    "two equal ones are one mark",
  );
  assert.ok(zeros[0][1] < zeros[1][1] && zeros[1][1] === zeros[2][1]);
  assert.ok(JSON.stringify(marks).includes("× 2"), "and are counted");
});

test("a zero moves as its rate does, and is gone past the largest curvature", () => {
  const [at, moved] = [1 / 50, 1 / 60].map((rate) => marksOf(drawn([rate]).marks, "zero")[0].at[0]);
  assert.ok(moved > at);
  assert.equal(marksOf(drawn([1 / 200]).marks, "zero").length, 0);
});

test("a zero is taken where it stands in the row of its run, and dragged to the curvature under the hand", () => {
  const layout = drawn([1 / 50, 1 / 50], [1 / 20, 1 / 80]);
  const [, , last] = layout.zeros;
  assert.deepEqual(
    layout.zeros.map(({ run, value, count }) => [run, Math.round(value), count]),
    [
      [0, 50, 2],
      [1, 20, 1],
      [1, 80, 1],
    ],
  );
  const [x, y] = last.at;
  assert.equal(grippedZero(layout, x + 9, y - 6), last);
  assert.equal(grippedZero(layout, x, y - 60), undefined, "the lines above are no zeros");
  assert.ok(Math.abs(curvatureAt(layout, x) - 80) < 1e-9);
  assert.ok(curvatureAt(layout, -100) > 0, "a curvature of 0 would ask for an endless rate");
  assert.ok(curvatureAt(layout, 1000) <= 106 + 1e-9);
});

test("the bound of the run that leaves least is told where it can be seen", () => {
  const told = (...all: number[][]) => JSON.stringify(drawn(...all).marks).includes("±");
  const many = Array.from({ length: 40 }, (_, k) => 1 / (50.5 + 49.5 * Math.cos((Math.PI * (k + 0.5)) / 40)));
  assert.ok(told([0.0198], [0.015]));
  assert.ok(!told([0.0198], many), "it lies on the axis");
  assert.ok(!told([0.0198]), "of one run there is none that leaves less");
});
