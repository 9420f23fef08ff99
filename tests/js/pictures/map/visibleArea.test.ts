import assert from "node:assert/strict";
import { test } from "node:test";
import { screenX, screenY, valueX, valueY } from "../../../../static/page/marks/scales.ts";
import { levelsOf } from "../../../../static/page/math/levels.ts";
import { gridFor, roughnessOf } from "../../../../static/page/pictures/map/ground/grid.ts";
import {
  areaOf,
  fitsOneScale,
  pannedWindow,
  type VisibleArea,
  windowOf,
  zoomedWindow,
} from "../../../../static/page/pictures/map/visibleArea.ts";
import { gridOf, resample } from "../../../../static/page/service/painting/grid.ts";
import type { Problem, Window } from "../../../../static/page/state/types.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";

/** @returns what is asked for where no landscape has come */
const gridOfNone = (area: VisibleArea, domain: Window, roughness: number) =>
  gridFor({ landscape: null, problem: partOf({ domain, parameters: domain.map(String) }) }, area, 1, roughness)!;

const BOX = { left: 48, top: 24, width: 1200, height: 800 };

test("one scale on both axes, the window whole, the spare width showing more ground", () => {
  const area = areaOf(pairs(-6, 6, -6, 6), BOX, true);
  assert.equal(area.kx, area.ky);
  assert.deepEqual([area.y0, area.y1], [-6, 6]);
  assert.deepEqual([area.x0, area.x1], [-9, 9]);
});

test("the window of a area gives the same area again", () => {
  const area = areaOf(pairs(-2, 2, -1, 3), BOX, true);
  const again = areaOf(windowOf(area), BOX, true);
  for (const key of ["x0", "x1", "y0", "y1", "kx"] as const) assert.ok(Math.abs(again[key] - area[key]) < 1e-12);
});

test("there and back between plane and screen", () => {
  const area = areaOf(pairs(-2, 2, -1, 3), BOX, true);
  assert.ok(Math.abs(valueX(area, screenX(area, 0.3)) - 0.3) < 1e-12);
  assert.ok(Math.abs(valueY(area, screenY(area, -0.7)) + 0.7) < 1e-12);
});

test("price against area cannot have one scale, a surface can", () => {
  assert.equal(fitsOneScale(pairs(-0.2, 0.5, -200, 300), BOX), false);
  assert.equal(fitsOneScale(pairs(-15, -5, -3, 3), BOX), true);
});

test("zooming keeps the point under the pointer, panning moves all of it", () => {
  const area = areaOf(pairs(-6, 6, -6, 6), BOX, true);
  const near = areaOf(zoomedWindow(area, 300, 200, 3), BOX, true);
  assert.ok(Math.abs(valueX(near, 300) - valueX(area, 300)) < 1e-12);
  assert.ok(Math.abs(valueY(near, 200) - valueY(area, 200)) < 1e-12);
  assert.ok(Math.abs(near.kx / area.kx - 3) < 1e-12);
  const aside = areaOf(pannedWindow(area, 50, -20), BOX, true);
  assert.ok(Math.abs(screenX(aside, 1) - screenX(area, 1) - 50) < 1e-9);
  assert.ok(Math.abs(screenY(aside, 1) - screenY(area, 1) + 20) < 1e-9);
});

test("ground is asked for beyond the frame, and serves until one zooms in or drags past it", () => {
  const area = areaOf(pairs(-6, 6, -6, 6), BOX, true);
  const { window, resolution } = gridOfNone(area, pairs(-6, 6, -6, 6), Infinity);
  const [[x0, x1], [y0, y1]] = window;
  assert.ok(x0 < -9 && x1 > 9 && y0 < -6 && y1 > 6);
  const axis = (low: number, high: number) =>
    Float64Array.from({ length: resolution }, (_, k) => low + ((high - low) * k) / (resolution - 1));
  const landscape = { x: axis(x0, x1), y: axis(y0, y1), loss: new Float64Array(0), window };
  const problem = partOf<Problem>({ domain: pairs(-6, 6, -6, 6), parameters: ["x", "y"] });
  const serves = (window: Window) => !gridFor({ landscape, problem }, areaOf(window, BOX, true), 1, Infinity);
  assert.deepEqual([pairs(-6, 6, -6, 6), pannedWindow(area, 20, 0)].map(serves), [true, true]);
  assert.deepEqual([pannedWindow(area, 200, 0), zoomedWindow(area, 600, 400, 2)].map(serves), [false, false]);
});

test("a profile asks for its one parameter only", () => {
  assert.equal(gridOfNone(areaOf(pairs(-3, 3, 0, 9), BOX, false), pairs(-3, 3), Infinity).window.length, 1);
});

/** Over [-6, 6] on both axes. */
function groundOf(loss: (x: number, y: number) => number) {
  const at = Float64Array.from({ length: 64 }, (_, k) => -6 + (12 * k) / 63);
  const values = Float64Array.from({ length: 64 * 64 }, (_, k) => loss(at[k % 64], at[Math.floor(k / 64)]));
  return {
    x: at,
    y: at,
    loss: values,
    window: pairs(-6, 6, -6, 6),
  };
}

test("a smooth ground takes few samples; one with kinks, ripples or holes takes many", () => {
  const domain = pairs(-6, 6, -6, 6);
  const area = areaOf(domain, BOX, true);
  const samplesOf = (loss: (x: number, y: number) => number, of = area) => {
    const ground = groundOf(loss);
    return gridOfNone(of, domain, roughnessOf(ground, levelsOf(ground.loss))).resolution;
  };
  const himmelblau = (x: number, y: number) => (x * x + y - 11) ** 2 + (x + y * y - 7) ** 2;
  assert.deepEqual(
    [himmelblau, (x: number, y: number) => Math.sin(x) + y].map((loss) => samplesOf(loss)),
    [64, 64],
  );
  const drawn = resample(gridOf(groundOf(himmelblau)), { x0: -5, x1: 5, y0: -5, y1: 5 }, 201, 201);
  drawn.forEach((value, k) => {
    const exact = himmelblau(-5 + (k % 201) / 20, 5 - Math.floor(k / 201) / 20);
    assert.ok(Math.abs(Math.log10((value + 1) / (exact + 1))) < 0.001);
  });
  const rough = [
    (x: number, y: number) => Math.abs(x) + Math.abs(y),
    (x: number, y: number) => x * x + y + 3 * Math.sin(9 * x),
    (x: number, y: number) => Math.log(x) + y * y,
  ];
  assert.deepEqual(
    rough.map((loss) => samplesOf(loss)),
    [160, 160, 160],
  );
  assert.equal(samplesOf(himmelblau, areaOf(pairs(-20, 20, -20, 20), BOX, true)), 160);
});
