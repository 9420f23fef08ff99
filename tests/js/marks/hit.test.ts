import assert from "node:assert/strict";
import { test } from "node:test";
import { shownAt } from "../../../static/page/marks/hit.ts";
import type { Look } from "../../../static/page/marks/look.ts";
import { group, type Mark, path, shape } from "../../../static/page/marks/mark.ts";
import type { Scales } from "../../../static/page/marks/scales.ts";
import { shareScales } from "../../../static/page/marks/scales.ts";
import { indexOfNearest } from "../../../static/page/math/box.ts";
import { arrowMarks } from "../../../static/page/pictures/map/steps/directions.ts";
import { partOf } from "../part.ts";

const look = partOf<Look>({ scale: 1 });
const under = (marks: Mark[], at: [number, number], scales?: Scales) =>
  shownAt(marks, { look, scales }, at, 5, ["w", "g"]);

test("the nearest is found among those that have a place, within reach", () => {
  assert.equal(indexOfNearest([9, Number.NaN, 4, 4], 10), 2);
  assert.equal(indexOfNearest([9, Number.NaN, Infinity], 4), -1);
  assert.equal(indexOfNearest([], 4), -1);
});

test("a line is under the pointer all along, of two the upper, and none that shows something else", () => {
  const [from, to] = [
    [0, 0],
    [100, 0],
  ] as const;
  const lines = [path([from, to], { of: "g" }), path([from, [100, 50]], { of: "w" }), path([from, to], { of: "line" })];
  assert.equal(under(lines, [90, 4]), "g");
  assert.equal(under(lines, [90, 43]), "w");
  assert.equal(under(lines, [3, 1]), "w");
  assert.equal(under(lines, [120, 0]), null);
});

test("marks of a group lie on its scales", () => {
  const shares = shareScales({ left: 50, top: 0, width: 100, height: 40 });
  const line = path(
    [
      [0, 0],
      [1, 0],
    ],
    { of: "g" },
  );
  assert.deepEqual([under([group([line], { scales: shares })], [100, 43]), under([line], [100, 43])], ["g", null]);
});

test("a shape is where it has been turned to, and as large as the type", () => {
  // Down, from 14 to 29 pixels away.
  const arrows = arrowMarks([200, 100], { downhill: Math.PI / 2, step: 0 }, "run 0", null, null);
  assert.deepEqual(
    [
      [200, 124],
      [218, 102],
      [200, 60],
      [204, 104],
    ].map(([x, y]) => under(arrows, [x, y])),
    ["g", "w", null, null],
  );
  const square = shape([10, 10], "M-3 -3L3 -3L3 3L-3 3Z", { of: "g" });
  assert.equal(shownAt([square], { look: { ...look, scale: 4 } }, [22, 10], 3, ["g"]), "g");
});
