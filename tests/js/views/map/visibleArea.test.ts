import assert from "node:assert/strict";
import { test } from "node:test";
import { resolutionFor, serves, wantedWindow } from "../../../../static/page/views/map/needs.ts";
import { dataX, dataY, fitsOneScale, panned, screenX, screenY, areaOf, windowOf, zoomed } from "../../../../static/page/views/map/visibleArea.ts";

const BOX = { left: 48, top: 24, width: 1200, height: 800 };

test("one scale on both axes, the window whole, the spare width showing more ground", () => {
  const view = areaOf([[-6, 6], [-6, 6]], BOX, true);
  assert.equal(view.kx, view.ky);
  assert.deepEqual([view.y0, view.y1], [-6, 6]);
  assert.deepEqual([view.x0, view.x1], [-9, 9]);
});

test("the window of a view gives the same view again", () => {
  const view = areaOf([[-2, 2], [-1, 3]], BOX, true);
  const again = areaOf(windowOf(view), BOX, true);
  for (const key of ["x0", "x1", "y0", "y1", "kx"] as const) assert.ok(Math.abs(again[key] - view[key]) < 1e-12);
});

test("there and back between plane and screen", () => {
  const view = areaOf([[-2, 2], [-1, 3]], BOX, true);
  assert.ok(Math.abs(dataX(view, screenX(view, 0.3)) - 0.3) < 1e-12);
  assert.ok(Math.abs(dataY(view, screenY(view, -0.7)) + 0.7) < 1e-12);
});

test("price against area cannot have one scale, a surface can", () => {
  assert.equal(fitsOneScale([[-0.2, 0.5], [-200, 300]], BOX), false);
  assert.equal(fitsOneScale([[-15, -5], [-3, 3]], BOX), true);
});

test("zooming keeps the point under the pointer, panning moves all of it", () => {
  const view = areaOf([[-6, 6], [-6, 6]], BOX, true);
  const near = areaOf(zoomed(view, 300, 200, 3), BOX, true);
  assert.ok(Math.abs(dataX(near, 300) - dataX(view, 300)) < 1e-12);
  assert.ok(Math.abs(dataY(near, 200) - dataY(view, 200)) < 1e-12);
  assert.ok(Math.abs(near.kx / view.kx - 3) < 1e-12);
  const aside = areaOf(panned(view, 50, -20), BOX, true);
  assert.ok(Math.abs(screenX(aside, 1) - screenX(view, 1) - 50) < 1e-9);
  assert.ok(Math.abs(screenY(aside, 1) - screenY(view, 1) + 20) < 1e-9);
});

test("ground is asked for beyond the frame, and serves until one zooms in or drags past it", () => {
  const view = areaOf([[-6, 6], [-6, 6]], BOX, true);
  const [[x0, x1], [y0, y1]] = wantedWindow(view, false);
  assert.ok(x0 < -9 && x1 > 9 && y0 < -6 && y1 > 6);
  const resolution = resolutionFor(view, 1);
  const axis = (low: number, high: number) => Float64Array.from({ length: resolution }, (_, k) => low + ((high - low) * k) / (resolution - 1));
  const landscape = { x: axis(x0, x1), y: axis(y0, y1), loss: new Float64Array(0), window: wantedWindow(view, false) };
  assert.equal(serves(landscape, view, resolution), true);
  assert.equal(serves(landscape, areaOf(panned(view, 20, 0), BOX, true), resolution), true);
  assert.equal(serves(landscape, areaOf(panned(view, 200, 0), BOX, true), resolution), false);
  assert.equal(serves(landscape, areaOf(zoomed(view, 600, 400, 2), BOX, true), resolution), false);
});

test("a profile asks for its one parameter only", () => {
  assert.equal(wantedWindow(areaOf([[-3, 3], [0, 9]], BOX, false), true).length, 1);
});
