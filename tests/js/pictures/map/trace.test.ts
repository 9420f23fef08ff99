import assert from "node:assert/strict";
import { test } from "node:test";
import { type Box, clippedSegment } from "../../../../static/page/math/box.ts";
import { placeAt, stretchOf, tickRows, traceOf } from "../../../../static/page/pictures/map/paths/trace.ts";
import { hitAt } from "../../../../static/page/pictures/map/pointer/pointed.ts";
import { areaOf } from "../../../../static/page/pictures/map/visibleArea.ts";
import { wentOut } from "../../../../static/page/pictures/map/words/exits.ts";
import type { Run } from "../../../../static/page/state/types.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";

const BOX = { left: 0, top: 0, width: 100, height: 100 };
const VIEW = areaOf(pairs(0, 10, 0, 10), BOX, true);

function traced(points: [number, number][], sheet: Box = BOX) {
  const run = partOf<Run>({ slot: 0, name: "run", length: points.length, end: null, hidden: false, columns: {} });
  const columns = [points.map(([x]) => x), points.map(([, y]) => y)];
  return traceOf({ run, index: 0, columns, area: VIEW, domainBox: sheet });
}

/** Without the gaps between its parts. */
const placesOf = (...given: Parameters<typeof stretchOf>) => stretchOf(...given).filter(([x]) => !Number.isNaN(x));

test("rows lie where the area puts them, y upwards, and the way along adds up", () => {
  const trace = traced(pairs(0, 0, 3, 0, 3, 4));
  assert.deepEqual([...trace.xs], [0, 30, 30]);
  assert.deepEqual([...trace.ys], [100, 100, 60]);
  assert.deepEqual([...trace.distances], [0, 30, 70]);
  assert.deepEqual(placeAt(trace, 1.5), [30, 80]);
  assert.deepEqual(placeAt(trace, 99), [30, 60]);
});

test("nothing is clamped: a row off the sheet keeps its place, its line is cut", () => {
  const trace = traced(pairs(5, 5, 5, 15, 5, 1e30));
  assert.equal(trace.ys[1], -50);
  assert.ok(trace.ys[2] < -1e30);
  assert.deepEqual(placesOf(trace, 0, 2, BOX), pairs(50, 50, 50, 0));
});

test("a segment with both ends off the sheet is not drawn, even where it would cross", () => {
  assert.deepEqual(placesOf(traced(pairs(-5, 5, 15, 5)), 0, 1, BOX), []);
});

test("seen from near, a segment across the frame is drawn as long as it is on the sheet", () => {
  const trace = traced(pairs(-5, 5, 15, 5), { left: -100, top: -100, width: 300, height: 300 });
  assert.deepEqual(placesOf(trace, 0, 1, BOX), pairs(0, 50, 100, 50));
});

test("a part of a line is drawn to a fraction of a step", () => {
  assert.deepEqual(placesOf(traced(pairs(0, 0, 4, 0, 8, 0)), 0.5, 1.25, BOX), pairs(20, 100, 40, 100, 50, 100));
});

test("clipping finds the part inside", () => {
  assert.deepEqual(clippedSegment(BOX, -50, 50, 150, 50), [0.25, 0.75]);
  assert.equal(clippedSegment(BOX, -50, -10, 150, -10), null);
  assert.deepEqual(clippedSegment(BOX, 10, 10, 20, 20), [0, 1]);
});

test("a run that has gone out says where, and whether it has left the sheet", () => {
  const out = traced(pairs(5, 5, 9, 5, 15, 5, 25, 5));
  assert.deepEqual(wentOut(out, 1), null);
  assert.deepEqual(wentOut(out, 3), { out: 2, left: 2 });
  const near = traced(pairs(5, 5, 9, 5, 15, 5, 95, 5), { left: -100, top: -100, width: 300, height: 300 });
  assert.deepEqual(wentOut(near, 2), { out: 2, left: null });
  assert.deepEqual(wentOut(near, 3), { out: 2, left: 3 });
  assert.deepEqual(wentOut(traced(pairs(5, 5, 15, 5, 6, 5)), 2), null);
  assert.deepEqual(wentOut(traced(pairs(15, 5, 16, 5)), 1), null);
});

test("ticks are dropped where they crowd, never moved", () => {
  const points = Array.from({ length: 101 }, (_, k) => [8 * (1 - 0.9 ** k), 5]) as [number, number][];
  const rows = tickRows(traced(points), 5, 6);
  assert.ok(rows.length > 2 && rows.every((row) => row % 5 === 0));
  const { distances } = traced(points);
  for (const [k, row] of rows.entries()) assert.ok(distances[row] - (k ? distances[rows[k - 1]] : 0) >= 6);
});

test("the nearest row is found on the line as well as at its points", () => {
  const trace = traced(pairs(1, 1, 9, 1, 9, 9));
  const stillMap = { traces: [trace], content: { focus: null }, scene: { hasHiddenRows: false } };
  const stepAt = (x: number, y: number) => hitAt(partOf({ stillMap }), x, y, 10)?.step;
  assert.deepEqual([stepAt(12, 91), stepAt(75, 92), stepAt(50, 50)], [0, 1, undefined]);
});
