/** Names of runs in a chart: what they say, and where they stand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy, type Line } from "../../../../static/page/marks/occupancy.ts";
import { placeNames, shortestNames, textsOf } from "../../../../static/page/pictures/chart/names.ts";
import { type ChartLine, endOf } from "../../../../static/page/pictures/chart/plot.ts";
import { lossChartOf } from "../../../../static/page/pictures/loss/chart.ts";
import { pairs } from "../../pairs.ts";
import { LOOK } from "../../pictures.ts";
import { runOf, sceneOf } from "../../runs.ts";

const run = (loss: number[], reason: string = "max_steps") => runOf({ loss, reason });

test("names say what differs", () => {
  assert.deepEqual(shortestNames(["Gradient descent 0.1", "Gradient descent 1"]), ["0.1", "1"]);
  assert.deepEqual(
    shortestNames(["Gradient descent 0.1", "Gradient descent 1"], () => true),
    ["Gradient descent 0.1", "Gradient descent 1"],
  );
  assert.deepEqual(shortestNames(["Adam", "Adam 2"]), ["Adam", "Adam 2"]);
  assert.deepEqual(shortestNames(["Gradient descent"]), ["Gradient descent"]);
  assert.deepEqual(shortestNames(["Momentum (averaged)", "Adam"]), ["Momentum", "Adam"]);
  assert.deepEqual(shortestNames(["Adam (deck)", "Adam (slide)"]), ["(deck)", "(slide)"]);
});

const FRAME = { left: 0, top: 0, width: 300, height: 200 };

function covered(lines: Line[], frame = FRAME) {
  const occupancy = createOccupancy(frame, 4);
  for (const line of lines) occupancy.markSegment(...line);
  return occupancy;
}

test("names cover neither each other nor a line, however steep", () => {
  const occupancy = covered([
    [100, 100, 300, 100],
    [150, 0, 152, 200],
  ]);
  const places = placeNames(
    [
      { x: 100, y: 100, width: 40 },
      { x: 100, y: 100, width: 40 },
      { x: 295, y: 100, width: 50 },
    ],
    occupancy,
  );
  // Each with the width of its name and its marker.
  const placed = places.map((place, k) => ({ ...place!, width: [40, 40, 50][k] + 13 }));
  placed.forEach((one, k) => {
    assert.ok(Math.abs(one.y - 100) >= 6 || one.x + one.width <= 100, "off the flat line");
    assert.ok(one.x + one.width <= 150 || one.x >= 152, "off the steep line");
    assert.ok(one.x >= 0 && one.x + one.width <= 300, "in the chart");
    for (const other of placed.slice(k + 1))
      assert.ok(Math.abs(one.y - other.y) >= 12 || one.x + one.width <= other.x || other.x + other.width <= one.x);
  });
});

test("of two names below each other the upper one is that of the line that ends higher", () => {
  const atRight = { ...FRAME, left: 205, width: 95 };
  for (const order of [1, -1])
    for (let apart = 4; apart < 40; apart += 2) {
      const ys = [199 - apart, 199];
      const occupancy = covered(
        ys.map((y): Line => [100, 60, 220, y]),
        atRight,
      );
      for (const y of ys) occupancy.markBox({ left: 218, top: y - 2, width: 4, height: 4 });
      const ends = ys.map((y) => ({ x: 220, y, width: 60 }));
      const places = placeNames(order > 0 ? ends : ends.toReversed(), occupancy);
      const [upper, lower] = order > 0 ? places : places.toReversed();
      if (!upper || !lower) continue;
      const areBelow = Math.abs(lower.x - upper.x) < 73;
      assert.ok(!areBelow || upper.y < lower.y, `${apart} apart: ${JSON.stringify(places)}`);
    }
});

test("a name that may be taken for another's has its marker before it", () => {
  const marked = (...ends: [number, number, number][]) =>
    placeNames(
      ends.map(([x, y, width]) => ({ x, y, width })),
      covered([]),
    ).map((place) => place!.marked);
  assert.deepEqual(marked([100, 100, 50]), [false]);
  assert.deepEqual(marked([100, 100, 50], [103, 101, 50]), [true, true], "where they end at one place");
  assert.deepEqual(marked([100, 40, 50], [100, 140, 50]), [false, false], "each beside its own");
  // Off its own end, as the line of another runs through there.
  const [place] = placeNames([{ x: 100, y: 100, width: 50 }], covered([[100, 100, 300, 100]]));
  assert.ok(Math.abs(place!.y - 100) < 12 || place!.leader, "near its end, or led to");
});

test("a name that is too long for its place keeps its values, as long as they tell it from the others", () => {
  const written = (names: string[]) =>
    textsOf(
      names.map((name) => ({ name }) as ChartLine),
      LOOK,
      0,
      80,
    ).map(({ text }) => text as string);
  assert.deepEqual(written(["Descent", "Momentum 0.04, β 0.9"]), ["Descent", "0.04, β 0.9"]);
  assert.deepEqual(written(["Heavy ball β 0.64", "Adam"]), ["β 0.64", "Adam"]);
  assert.match(written(["Descent: 0.66", "Adam: 1.3"])[0], /^Desc.*…?: 0.66$/);
  assert.match(written(["Nesterov momentum 0.1", "Momentum averaged 0.1"])[0], /^Nest.*…$/);
});

test("a name that has no place is not struck through, and leaves the others theirs", () => {
  const lines: Line[] = Array.from({ length: 34 }, (_, k) => [0, k * 5, 300, k * 5]);
  const ends = [100, 190].map((y) => ({ x: 100, y, width: 50 }));
  const [without, beside] = placeNames(ends, covered(lines));
  assert.equal(without, null);
  assert.ok(beside!.y > 165);
});

test("every one of eight runs is named, off the lines and off each other, where they end at one loss too", () => {
  const names = [
    "Gradient descent",
    "Momentum (averaged)",
    "Nesterov momentum",
    "Heavy ball",
    "AdaGrad",
    "RMSProp",
    "Adam 0.1",
    "Adam 0.4",
  ];
  const runs = names.map((name, k) => ({
    ...run([100, 1, k < 5 ? 0.01 : 1e-4, ...Array(k).fill(0.01)]),
    short: name,
    slot: k,
  }));
  for (const height of [80, 145, 300]) {
    const { box, names: placed } = lossChartOf({
      scene: sceneOf(runs),
      counted: null,
      bands: null,
      epochs: null,
      size: { width: 290, height },
      look: LOOK,
    });
    assert.deepEqual(
      placed.map(({ line }) => line.slot),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    assert.ok(placed.every(({ text, marked }) => text && marked));
    // Of those that end before the others the marker is enough.
    assert.deepEqual(
      placed.flatMap(({ line, leader }) => (leader ? [line.slot] : [])),
      [7],
    );
    const order = placed.toSorted((a, b) => a.y - b.y);
    for (const [k, { y, size }] of order.slice(1).entries())
      assert.ok(y - order[k].y >= size - 1e-9, `apart at ${height}`);
    assert.ok(
      placed.every(
        ({ x, y, width, size }) =>
          x > box.left + box.width && x + 13 + width <= 290 && y >= size / 2 && y + size / 2 < height,
      ),
    );
  }
});

test("a name stands at the end of its line, also where this leaves by the top, or a line leads to it", () => {
  // x² from −1.5 at rates 0.05, 0.3, 1 and 1.05: each step multiplies the loss by (1 − 2 rate)².
  const runs = [0.05, 0.3, 1, 1.05].map((rate, slot) => ({
    ...run(Array.from({ length: 31 }, (_, k) => 2.25 * (1 - 2 * rate) ** (2 * k))),
    slot,
    short: `Gradient descent ${rate}`,
  }));
  for (const [width, height] of pairs(284, 150, 320, 220, 346, 190, 500, 380)) {
    const content = { scene: sceneOf(runs), counted: null, bands: null, epochs: null };
    const chart = lossChartOf({ ...content, size: { width, height }, look: LOOK });
    const { names, steps } = chart;
    assert.equal(names.length, 4);
    for (const { line, x, y, width: wide, leader, text } of names) {
      const end = endOf(chart, line, steps);
      const away = Math.hypot(Math.max(0, x - end.x, end.x - x - wide), y - end.y);
      assert.ok(away < 20 || leader, `${text}: ${away} at ${width} x ${height}`);
    }
  }
});

test("one name without a place puts all of them in a list", () => {
  const flat = Array.from({ length: 4 }, (_, k) => ({
    ...run(
      Array(200)
        .fill(0)
        .map((_, row) => ((row + k) % 2 ? 1e-9 : 100)),
    ),
    short: `Run number ${k}`,
    slot: k,
  }));
  const { names } = lossChartOf({
    scene: sceneOf(flat),
    counted: null,
    bands: null,
    epochs: null,
    size: { width: 290, height: 60 },
    look: LOOK,
  });
  assert.equal(names.length, 4);
});
