import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { spotsBeside } from "../../../../static/page/marks/spots.ts";
import { movedInto, overlap } from "../../../../static/page/math/box.ts";
import { pairs } from "../../pairs.ts";

const PHONE = { left: 0, top: 0, width: 390, height: 344 };
/** "RMSProp and Adam set off diagonally" as wide as it is on a phone. */
const SIZE: [number, number] = [222, 16];
const START = { left: 236, top: 30, width: 30, height: 29 };
const ZOOM = { left: 346, top: 10, width: 34, height: 98 };
const NAMES = { left: 100, top: 30, width: 118, height: 34 };
const MINIMUM = { left: 54, top: 266, width: 122, height: 15 };

test("what happens quickly is told in free room, whole, off the start, the names and the zoom buttons", () => {
  const taken = [START, ZOOM, NAMES, MINIMUM];
  for (const [x, y] of pairs(223, 28, 212, 40, 380, 20, 10, 330)) {
    const space = createOccupancy(PHONE);
    for (const each of taken) space.markWords(each);
    const spot = space.place(spotsBeside({ at: [x, y], size: SIZE, gap: 20, scale: 1 }));
    const box = movedInto(spot!.box, PHONE);
    assert.ok(!taken.some((other) => overlap(other, box)), `${x}, ${y}: ${JSON.stringify(box)}`);
    assert.ok(box.left >= 0 && box.left + box.width <= 390 && box.top >= 0 && box.top + box.height <= 344);
  }
});
