/** Names of runs in a chart: what they say, and where they stand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { type LineName, shortestNames, textsOf } from "../../../../static/page/pictures/chart/names.ts";
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

test("a name with what is told behind it has more space than one alone, up to where it is cut", () => {
  const names = ["Batch of 1", "Batch of 4"];
  const written = (told: string, most: number) =>
    textsOf(
      names.map((name) => ({ name: name + told }) as ChartLine),
      LOOK,
      90,
      most,
    ).map(({ text }) => text as string);
  assert.deepEqual(written(": 11 %", 200), ["Batch of 1: 11 %", "Batch of 4: 11 %"]);
  assert.deepEqual(written(": 11 %", 80), ["1: 11 %", "4: 11 %"]);
  assert.deepEqual(written(" and others", 200), ["1 and others", "4 and others"]);
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
    assert.ok(placed.every(({ text }) => text));
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

test("names stand beside the chart, in the order of the ends of their lines, those that leave by the top first", () => {
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
    assert.ok(names.every(({ x, width: wide }) => x > chart.box.left + chart.box.width && x + 13 + wide <= width));
    const inOrder = (high: (name: LineName) => number) => names.toSorted((a, b) => high(a) - high(b));
    assert.deepEqual(
      inOrder(({ y }) => y).map(({ line }) => line.slot),
      inOrder(({ line }) => endOf(chart, line, steps).y).map(({ line }) => line.slot),
      `at ${width} x ${height}`,
    );
  }
});
