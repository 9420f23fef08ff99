import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy } from "../../../static/page/marks/occupancy.ts";
import type { Box } from "../../../static/page/math/box.ts";

test("words stand where they cover least, and would rather cover a line than each other", () => {
  const occupancy = createOccupancy({ left: 0, top: 0, width: 300, height: 120 });
  occupancy.markSegment(0, 20, 300, 20);
  const [onLine, free] = [12, 60].map((top) => ({ left: 10, top, width: 60, height: 16 }));
  const first = (...boxes: Box[]) => occupancy.place(boxes.map((box) => ({ box, cost: 0 })))?.box;
  assert.equal(first(onLine, free), free);
  assert.equal(first({ ...free, left: 40 }, onLine), onLine);
});

test("words that would cost more than they may are left out, and so take no room", () => {
  const space = createOccupancy({ left: 0, top: 0, width: 300, height: 120 });
  const box = { left: 10, top: 60, width: 60, height: 16 };
  space.markLine([0, 0, 80, 120]);
  assert.equal(space.place([{ box, cost: 0 }], 1), null);
  assert.notEqual(space.place([{ box: { ...box, left: 90 }, cost: 0 }], 1), null);
});

test("a leader goes around words and leaders that are there, and what is taken over a room is free below it", () => {
  const space = createOccupancy({ left: 0, top: 0, width: 300, height: 120 });
  const over = space.over();
  over.take({ box: { left: 100, top: 40, width: 20, height: 30 }, cost: 0, leader: [50, 10, 100, 50] });
  const led = (leader: [number, number, number, number]) => ({
    box: { left: 200, top: 50, width: 20, height: 10 },
    leader,
    cost: 0,
  });
  const [through, across, free] = [led([20, 55, 200, 55]), led([40, 60, 80, 20]), led([200, 100, 200, 60])];
  assert.equal(over.over().place([through, across, free]), free);
  assert.equal(space.place([through, free]), through);
});
