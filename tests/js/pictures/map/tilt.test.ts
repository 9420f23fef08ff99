/** The ground seen from aslant: where places lie then, what hides what, and marks on it. Numbers by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Look } from "../../../../static/page/marks/look.ts";
import { dot, type GroupMark, group, type LineMark, path, words } from "../../../../static/page/marks/mark.ts";
import { evenScale } from "../../../../static/page/marks/scales.ts";
import { levelsOf } from "../../../../static/page/math/levels.ts";
import {
  groundHeight,
  type Heights,
  heightsOf,
  isHidden,
  seenGround,
} from "../../../../static/page/pictures/map/tilt/ground.ts";
import { marksOn, marksOnPlain } from "../../../../static/page/pictures/map/tilt/marks.ts";
import { type Projection, projected, projectionOf } from "../../../../static/page/pictures/map/tilt/projection.ts";
import type { VisibleArea } from "../../../../static/page/pictures/map/visibleArea.ts";
import { partOf } from "../../part.ts";

const BOX = { left: 0, top: 0, width: 100, height: 100 };
const SCREEN = { width: 100, height: 100 };
/** From 30 degrees above the plain, not turned: half of what runs towards the eye is seen; the top stands out 40. */
const ASLANT: Projection = { middle: [50, 50], to: [50, 60], scale: 1, cos: 1, sin: 0, down: 0.5, up: 40 };
/** A quarter turn clockwise: what lay at the top lies on the right. */
const TURNED: Projection = { ...ASLANT, cos: 0, sin: 1 };

const LOOK = partOf<Look>({ scale: 1 });
const INK = 0xff000000;

/** From front to back: height 0 but for a ridge across the middle, from y = 40 to 60, that is as high as can be. */
function ridge(more: (x: number, y: number) => number | null = () => null): Heights {
  const values = Float64Array.from({ length: 101 * 101 }, (_, k) => {
    const [x, y] = [k % 101, Math.floor(k / 101)];
    return more(x, y) ?? Math.max(0, 1 - Math.abs(y - 50) / 10);
  });
  return { box: BOX, columns: 101, rows: 101, values };
}

const texture = { ...SCREEN, colours: new Uint32Array(100 * 100).fill(INK), wall: 0xff888888 };
const seen = (heights: Heights, projection = ASLANT) => seenGround(heights, texture, projection, SCREEN, 1);

test("until the ground rises a place lies where it lies on the flat map", () => {
  const eye = { turn: 0.7, above: 0.9 };
  for (const flat of [
    projectionOf(BOX, SCREEN, eye, 0),
    projectionOf(BOX, SCREEN, { turn: 0, above: Math.PI / 2 }, 0),
  ]) {
    const [x, y] = projected(flat, 20, 70, 1);
    assert.ok(Math.hypot(x - 20, y - 70) < 1e-9);
  }
  const risen = projectionOf(BOX, SCREEN, eye, 1);
  for (const [x, y] of [
    [0, 0],
    [100, 0],
    [100, 100],
    [0, 100],
  ]) {
    for (const height of [0, 1]) {
      const [px, py] = projected(risen, x, y, height);
      assert.ok(px >= 0 && px <= 100 && py >= 0 && py <= 100, "all of it is on the screen");
    }
  }
  assert.ok(projected(risen, 50, 50, 1)[1] < projected(risen, 50, 50, 0)[1], "high ground stands out upwards");
});

test("a place is put by turn, slant and height", () => {
  // 30 towards the eye of which half is seen, half of 40 up.
  assert.deepEqual(projected(ASLANT, 20, 80, 0.5), [20, 60 + 15 - 20, 30]);
  // 30 left of the middle, and 30 below it: a quarter turn leaves 30 left above, 30 below left.
  assert.deepEqual(projected(TURNED, 20, 80, 0), [50 - 30, 60 - 15, -30]);
});

test("heights run from the lowest to the highest in sight, by decades where the levels do", () => {
  const loss = Float64Array.from({ length: 41 * 41 }, (_, k) => 10 ** (((k % 41) / 40) * 6 - 3));
  const area = partOf<VisibleArea>({ box: BOX, x0: 0, x1: 1, y0: 0, y1: 1, x: evenScale(0, 1), y: evenScale(0, 1) });
  const levels = levelsOf(loss);
  assert.equal(levels.kind, "decades");
  const heights = heightsOf({ x0: 0, x1: 1, y0: 0, y1: 1, columns: 41, rows: 41, loss }, levels, area);
  assert.ok(Math.abs(groundHeight(heights, 0, 50)) < 1e-6);
  assert.ok(Math.abs(groundHeight(heights, 100, 50) - 1) < 1e-6);
  // Two decades apart, far above the floor: a third of 6, whichever two.
  const [a, b, c] = [50, 75, 100].map((x) => groundHeight(heights, x, 20));
  assert.ok(Math.abs(b - a - (c - b)) < 0.02);
  assert.ok(Number.isNaN(groundHeight(heights, -1, 50)));
  assert.ok(Number.isNaN(groundHeight(heights, 50, 101)));
});

test("a ridge hides what lies behind it, and nothing before it", () => {
  const [heights, hides] = [
    ridge(),
    (ground: Heights, x: number, y: number, projection = ASLANT) => {
      const [px, py, near] = projected(projection, x, y, groundHeight(ground, x, y));
      return isHidden(seen(ground, projection), px, py, near);
    },
  ];
  // The crest stands 40 above its foot at y = 50: as high on the screen as the plain 80 farther back.
  assert.ok(hides(heights, 50, 20), "behind it");
  assert.ok(!hides(heights, 50, 50), "on its crest");
  assert.ok(!hides(heights, 50, 56), "on its side to the eye");
  assert.ok(!hides(heights, 50, 90), "before it");
  assert.ok(!hides(heights, 20, 20, TURNED), "seen along the ridge");
});

test("the ground ends in walls, and where it has no height there is none of it", () => {
  const { colours, width } = seen(ridge((_, y) => (y > 80 ? 1 : y < 20 ? Number.NaN : null)));
  const at = (x: number, y: number) => colours[y * width + x];
  // The front edge, at 60 + 25, is a wall up to 40 above it.
  assert.equal(at(50, 84), texture.wall);
  assert.equal(at(50, 46), texture.wall);
  assert.equal(at(50, 43), INK);
  assert.equal(at(50, 3), 0);
});

test("a line lies on the ground and ends where this hides it; words move with what they stand beside", () => {
  const heights = ridge();
  const risen = { projection: ASLANT, heights, ground: seen(heights) };
  const across: LineMark = path(
    [
      [50, 90],
      [50, 10],
    ],
    { stroke: "ink" },
  );
  const [line] = marksOn(risen, [across], LOOK) as LineMark[];
  const drawn = Array.from(line.y).filter(Number.isFinite);
  // From 60 + 20 up to the crest, 60 - 40.
  assert.equal(drawn[0], 80);
  assert.ok(Math.abs(Math.min(...drawn) - 20) < 2);
  assert.ok(Array.from(line.y).some(Number.isNaN));
  const name = group([words([70, 92], "name")], { beside: [50, 90] });
  assert.deepEqual(marksOn(risen, [name], LOOK), [{ ...name, shift: [0, 80 - 90] }]);
  const hidden = { beside: [50, 20] as const };
  const behind = [group([words([70, 22], "name")], hidden), dot([50, 20], 4)];
  assert.deepEqual(marksOn(risen, behind, LOOK, false), []);
  // What names a run or a minimum shows through, pale: 60 - 15 is the plain there.
  const through = marksOn(risen, behind, LOOK) as GroupMark[];
  assert.deepEqual(
    through.map(({ opacity }) => opacity),
    [0.5, 0.5],
  );
  assert.deepEqual(through[1].marks, [dot([50, 45], 4)]);
  // Around the ground marks lie on the plain, and are drawn below it.
  const [number] = marksOnPlain(ASLANT, [words([50, 110], "2")]);
  assert.deepEqual(number, { ...words([50, 90], "2") });
});
