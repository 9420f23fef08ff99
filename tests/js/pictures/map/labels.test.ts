import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { spotsBeside } from "../../../../static/page/marks/spots.ts";
import { placeLabels } from "../../../../static/page/pictures/map/ground/relief.ts";

const FRAME = { left: 0, top: 0, width: 1200, height: 800 };

function ring(value: number, radius: number) {
  const points = Array.from({ length: 361 }, (_, k) => [
    600 + radius * Math.cos((k * Math.PI) / 180),
    400 + radius * Math.sin((k * Math.PI) / 180),
  ]);
  return {
    level: value,
    value,
    xs: Float32Array.from(points, ([x]) => x),
    ys: Float32Array.from(points, ([, y]) => y),
  };
}

const measure = (text: string) => 7 * text.length;

test("labels lie on their line, upright, at most three a level and apart", () => {
  const labels = placeLabels([ring(10, 300), ring(100, 380)], 12, measure, createOccupancy(FRAME), []);
  for (const level of [10, 100]) {
    const own = labels.filter((label) => label.level === level);
    assert.ok(own.length >= 1 && own.length <= 3, `${own.length}`);
    for (const { x, y, angle } of own) {
      assert.ok(Math.abs(Math.hypot(x - 600, y - 400) - (level === 10 ? 300 : 380)) < 3);
      assert.ok(Math.abs(angle) <= Math.PI / 2 + 1e-9);
    }
    for (const [k, a] of own.entries())
      for (const b of own.slice(k + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 250);
  }
});

test("labels keep off what is already drawn", () => {
  const occupancy = createOccupancy(FRAME);
  occupancy.markBox({ left: 200, top: 0, width: 800, height: 240 });
  const labels = placeLabels([ring(10, 300)], 12, measure, occupancy, []);
  assert.ok(labels.length > 0);
  assert.ok(labels.every(({ y }) => y > 240));
});

test("a line too short or too bent for its number goes without", () => {
  assert.deepEqual(placeLabels([ring(1000, 9)], 12, measure, createOccupancy(FRAME), []), []);
});

test("a label stays where it stood if it can", () => {
  const [first] = placeLabels([ring(10, 300)], 12, measure, createOccupancy(FRAME), []);
  const again = placeLabels([ring(10, 302)], 12, measure, createOccupancy(FRAME), [first]);
  assert.ok(again.some(({ x, y }) => Math.hypot(x - first.x, y - first.y) < 25));
});

test("words take the freest place beside a mark, or one with a leader where all are taken, and stay on the map", () => {
  const occupancy = createOccupancy(FRAME);
  const beside = (x: number, space = occupancy) =>
    space.over().place(spotsBeside({ at: [x, 400], size: [60, 14], gap: 10, scale: 1 }))!;
  assert.ok(beside(600).box.left > 600);
  occupancy.markBox({ left: 605, top: 300, width: 200, height: 200 });
  assert.ok(beside(600).box.left < 600);
  assert.ok(beside(1195, createOccupancy(FRAME)).box.left < 1195);
  occupancy.markBox({ left: 530, top: 360, width: 140, height: 80 });
  const { box, leader } = beside(600);
  assert.ok(leader);
  assert.equal(occupancy.crowd(box), 0);
});

test("squares outside the frame are taken", () => {
  const occupancy = createOccupancy({ left: 0, top: 0, width: 60, height: 60 });
  occupancy.markPoint(3, 3);
  assert.equal(occupancy.crowd({ left: -6, top: 1, width: 12, height: 3 }), 3 - 1);
  assert.equal(occupancy.crowd({ left: 100, top: 1, width: 12, height: 3 }), 100);
});
