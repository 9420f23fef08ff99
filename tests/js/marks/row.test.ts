import assert from "node:assert/strict";
import { test } from "node:test";
import { inRow, spotsInRow } from "../../../static/page/marks/row.ts";
import { clippedSegment, isInside, overlap } from "../../../static/page/math/box.ts";

const FRAME = { left: 50, top: 20, width: 400, height: 300 };
const LOOK = { inset: 4, scale: 1 };
const at = (along: number, width: number) => ({ along, size: [width, 16] as const });

const crossed = ([ax, ay, bx, by]: number[], [cx, cy, dx, dy]: number[]) => {
  const side = (px: number, py: number, qx: number, qy: number, x: number, y: number) =>
    Math.sign((qx - px) * (y - py) - (qy - py) * (x - px));
  return (
    side(ax, ay, bx, by, cx, cy) !== side(ax, ay, bx, by, dx, dy) &&
    side(cx, cy, dx, dy, ax, ay) !== side(cx, cy, dx, dy, bx, by)
  );
};

test("words with room stand before their places, in a row within the edge, and need no leader", () => {
  const [one, other] = spotsInRow([at(100, 30), at(300, 40)], "lower", FRAME, LOOK);
  assert.deepEqual(one, { box: { left: 85, top: 300, width: 30, height: 16 }, cost: 0 });
  assert.deepEqual(other, { box: { left: 280, top: 300, width: 40, height: 16 }, cost: 0 });
  const [beside] = spotsInRow([at(100, 30)], "left", FRAME, LOOK);
  assert.deepEqual(beside.box, { left: 54, top: 92, width: 30, height: 16 });
});

test("words that are close stand apart in the order of their places, and no two leaders cross", () => {
  for (const edge of ["lower", "left"] as const) {
    const places = [203, 200, 207, 449, 448, 51].map((x) => (edge === "lower" ? x : 20 + 0.75 * (x - 50)));
    const spots = spotsInRow(
      places.map((along) => at(along, 36)),
      edge,
      FRAME,
      LOOK,
    );
    for (const [k, { box, leader }] of spots.entries()) {
      assert.ok(isInside(FRAME, box.left, box.top) && isInside(FRAME, box.left + box.width, box.top + box.height));
      for (const other of spots.slice(k + 1)) {
        assert.ok(!overlap(box, other.box));
        if (!leader || !other.leader) continue;
        assert.ok(!crossed(leader, other.leader), `${leader} ${other.leader}`);
        assert.equal(clippedSegment(other.box, ...leader), null);
      }
    }
    const side = edge === "lower" ? "left" : "top";
    const order = places.map((along, k) => [along, spots[k].box[side]]).sort(([a], [b]) => a - b);
    assert.deepEqual(
      order.map(([, begin]) => begin),
      order.map(([, begin]) => begin).sort((a, b) => a - b),
    );
  }
});

test("words in a row are moved apart, keep their order and stay inside", () => {
  const middles = inRow([98, 10, 99, 11], 14, 0, 100);
  const sorted = middles.toSorted((a, b) => a - b);
  assert.deepEqual(
    sorted,
    [1, 3, 0, 2].map((k) => middles[k]),
  );
  assert.ok(sorted.every((y, k) => y >= 0 && y <= 100 && (k === 0 || y - sorted[k - 1] >= 14 - 1e-9)));
});

test("words that would overlap give way to either side alike, and others stay where they are", () => {
  assert.deepEqual(inRow([100, 104, 300], 40, 0, 400), [82, 122, 300]);
  assert.deepEqual(inRow([5, 9, 300], 40, 0, 400), [0, 40, 300]);
  assert.deepEqual(inRow([396, 390], 40, 0, 400), [400, 360]);
});
