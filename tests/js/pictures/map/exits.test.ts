import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { type Box, clippedSegment, overlap } from "../../../../static/page/math/box.ts";
import type { MapLook } from "../../../../static/page/pictures/map/style.ts";
import { placeExits } from "../../../../static/page/pictures/map/words/exits.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";

/** Pixels of a letter, where nothing is measured. */
const LETTER = 0.5 * 13;
const look = (compact = false, width = 1176): MapLook =>
  partOf({
    scale: 1,
    family: "serif",
    compact,
    box: { left: 48, top: 24, width, height: 836 },
  });
/** "Gradient descent 0.21 leaves the map at step 11" */
const WIDTH = 47 * LETTER;
/** Of a run that leaves by a corner of its way to a point of the frame. */
const leaves = (x: number, y: number) => ({
  run: { short: "Gradient descent 0.21", slot: 0, end: null },
  length: 12,
  xs: Float64Array.from({ length: 12 }, (_, k) => (k < 11 ? x - 400 : x + 400)),
  ys: Float64Array.from({ length: 12 }, (_, k) => (k < 11 ? y + 400 : y - 400)),
  visible: Uint8Array.from({ length: 12 }, (_, k) => (k < 11 ? 1 : 0)),
  within: Uint8Array.from({ length: 12 }, (_, k) => (k < 11 ? 1 : 0)),
});
const ZOOM = { left: 1180, top: 34, width: 34, height: 98 };
const KEY = { left: 1130, top: 0, width: 94, height: 20 };

/** Where their names stand. */
function boxesOf(traces: any[], taken: Box[] = [KEY, ZOOM], shown = look()) {
  const space = createOccupancy(shown.box);
  for (const box of taken) space.markWords(box);
  return placeExits(shown, traces, 11, space).map(({ spot }) => spot.box);
}

test("the name of a run that left keeps off the zoom buttons, the key and what stands there, and is whole", () => {
  for (const [x, y] of pairs(906, 24, 1100, 24, 1224, 60, 1224, 120, 1190, 24, 52, 30)) {
    const [box] = boxesOf([leaves(x, y)]);
    assert.ok(box.width === WIDTH || box.height === 34, "in one row, or in two");
    for (const taken of [KEY, ZOOM]) assert.ok(!overlap(box, taken), `${x}, ${y}: ${JSON.stringify(box)}`);
    assert.ok(box.left >= 48 && box.left + box.width <= 1224 && box.top >= 0 && box.top + box.height <= 860);
    assert.ok(Math.abs(box.top - y) < 120, "beside where it left");
    assert.ok(!clippedSegment(box, x - 400, y + 400, x, y), "off the step that led out");
  }
});

test("names of runs that left at one place stand each by itself", () => {
  const boxes = boxesOf(Array.from({ length: 4 }, () => leaves(906, 24)));
  for (const [k, box] of boxes.entries()) assert.ok(boxes.slice(k + 1).every((other) => !overlap(box, other)));
});

test("a wall says at which step, a phone has no room for it", () => {
  const widthAt = (width: number) => boxesOf([leaves(200, 24)], [], look(true, width))[0].width;
  assert.deepEqual([widthAt(1200), widthAt(390)], [WIDTH, 22 * LETTER]);
});
