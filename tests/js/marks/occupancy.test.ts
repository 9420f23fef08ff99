import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy } from "../../../static/page/marks/occupancy.ts";

test("words stand where they cover least, and would rather cover a line than each other", () => {
  const occupancy = createOccupancy({ left: 0, top: 0, width: 300, height: 120 });
  occupancy.markSegment(0, 20, 300, 20);
  const [onLine, free] = [12, 60].map((top) => ({ left: 10, top, width: 60, height: 16 }));
  assert.equal(occupancy.take([onLine, free]), free);
  assert.equal(occupancy.take([{ ...free, left: 40 }, onLine]), onLine);
});
