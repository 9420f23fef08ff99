/** What stands still on the map: contours with their numbers, and the curve of one parameter, as pictures. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { group, type Mark } from "../../../../static/page/marks/mark.ts";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { PIXELS } from "../../../../static/page/marks/scales.ts";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import { levelsOf } from "../../../../static/page/math/levels.ts";
import { COLOURS } from "../../../../static/page/math/palette.ts";
import { profileMarks } from "../../../../static/page/pictures/map/ground/profile.ts";
import { reliefMarks, unsampledMarks } from "../../../../static/page/pictures/map/ground/relief.ts";
import type { MapLook } from "../../../../static/page/pictures/map/style.ts";
import { areaOf } from "../../../../static/page/pictures/map/visibleArea.ts";
import { gridOf } from "../../../../static/page/service/painting/grid.ts";
import { drawContours } from "../../../../static/page/service/painting/painting.ts";
import type { Landscape } from "../../../../static/page/state/types.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";
import { assertPicture, elementsOf } from "../../pictures.ts";

const BOX = { left: 10, top: 10, width: 300, height: 200 };
const LOOK = partOf<MapLook>({ theme: "day", colours: COLOURS.day, family: "serif", scale: 1, box: BOX });

const svgOfMap = (marks: Mark[]) =>
  svgOf("Map", { size: { width: 320, height: 220 }, scales: PIXELS, look: LOOK, marks: [group(marks, { clip: BOX })] });

/** Evenly from one end to the other. */
const evenly = (low: number, high: number, count: number) =>
  Float64Array.from({ length: count }, (_, k) => low + ((high - low) * k) / (count - 1));

test("contours with their numbers, cut for these, and hatched ground below where there are samples", () => {
  const [x, y] = [evenly(-2, 2, 41), evenly(-2, 2, 41)];
  const loss = Float64Array.from({ length: 41 * 41 }, (_, k) => x[k % 41] ** 2 + 4 * y[Math.floor(k / 41)] ** 2);
  const landscape = partOf<Landscape>({ x, y, loss, window: pairs(-2, 2, -2, 2) });
  const area = areaOf(pairs(-3, 3, -2, 2), BOX, true);
  const [grid, levels] = [gridOf(landscape), levelsOf(loss)];
  const relief = drawContours(grid, levels, 5 / area.kx, 5 / area.ky);
  const { marks, labels } = reliefMarks(area, LOOK, relief, levels, createOccupancy(BOX), []);
  const svg = svgOfMap([...unsampledMarks(area, LOOK, grid), ...marks]);
  assertPicture("map-ground", svg);
  assert.ok(labels.length > 0);
  // Each number stands on the contour of its loss.
  for (const { x: px, y: py, level } of labels) {
    const [atX, atY] = [area.x0 + (px - BOX.left) / area.kx, area.y1 - (py - BOX.top) / area.ky];
    assert.ok(Math.abs(atX ** 2 + 4 * atY ** 2 - level) < 0.1 * level);
  }
  assert.deepEqual(
    elementsOf(svg)
      .filter(({ tag }) => tag === "text")
      .map(({ text }) => text),
    labels.map(({ text }) => text),
  );
});

test("contours of a thin valley are whole, however far apart the samples lie, or left out", () => {
  // Its floor is a curve, so that the lines of a level run along both of its sides.
  const [x, y] = [evenly(1.4, 3.4, 160), evenly(0.2, 0.8, 160)];
  const loss = Float64Array.from({ length: 160 * 160 }, (_, k) => (x[k % 160] * y[Math.floor(k / 160)] - 1) ** 2 / 2);
  const grid = gridOf(partOf<Landscape>({ x, y, loss, window: pairs(1.4, 3.4, 0.2, 0.8) }));
  const { lines } = drawContours(grid, levelsOf(loss), 2 / 240, 0.6 / 240);
  assert.ok(lines[0].value < 2e-4, `${lines[0].value}`);
  for (const { value, starts } of lines) assert.ok(starts.length - 1 <= 2, `${starts.length - 1} lines of ${value}`);
});

test("the curve of one parameter ends where it has no loss, with the tints of the map below it", () => {
  const x = evenly(-2, 3, 26);
  const loss = x.map((value) => (value < 0 ? Number.NaN : (value - 1) ** 2));
  const area = areaOf(pairs(-2, 3, -1, 4), BOX, false);
  const svg = svgOfMap(profileMarks(area, LOOK, partOf({ x, y: null, loss, window: pairs(-2, 3) }), levelsOf(loss)));
  assertPicture("map-profile", svg);
  const paths = elementsOf(svg).filter(({ tag, attributes }) => tag === "path" && attributes.stroke);
  // From the place of 0, at a loss of 1, by hand: 120 of 300 pixels across, 3 of 5 down.
  assert.deepEqual([paths.at(-1)?.x, paths.at(-1)?.y], [130, 130]);
});

test("the last tint below a curve goes to the edge of a map whose width is no whole number", () => {
  const x = evenly(-2, 2, 26);
  const loss = x.map((value) => value ** 2);
  const box = { ...BOX, width: 300.4 };
  const area = areaOf(pairs(-2, 2, -1, 4), box, false);
  const marks = profileMarks(area, LOOK, partOf({ x, y: null, loss, window: pairs(-2, 2) }), levelsOf(loss));
  const columns = elementsOf(svgOfMap(marks)).filter(({ attributes }) => attributes.fill?.startsWith("#"));
  const rightEnds = columns
    .slice(1)
    .map(({ attributes }) => Math.max(...[...attributes.d.matchAll(/([\d.]+) /g)].map(([, x]) => Number(x))));
  assert.equal(Math.max(...rightEnds), 310.4);
});
