import assert from "node:assert/strict";
import { test } from "node:test";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import { aloneAt, lineChartMarks } from "../../../../static/page/pictures/chart/lineChart.ts";
import { edgeChartOf, edgeLossOf } from "../../../../static/page/pictures/curvature/edgeChart.ts";
import { modeChartOf, modePaths, stepsToShow } from "../../../../static/page/pictures/curvature/modeChart.ts";
import { factorChartOf, indexOfRate, rootsPicture } from "../../../../static/page/pictures/curvature/rootsPicture.ts";
import {
  grippedDot,
  stabilityPicture,
  stabilityValues,
} from "../../../../static/page/pictures/curvature/stabilityPicture.ts";
import type { Wire } from "../../../../static/page/state/types.ts";
import { marksOf } from "../../marks.ts";
import { partOf } from "../../part.ts";
import { assertPicture, LOOK as look } from "../../pictures.ts";

const BETA = 0.7;
const RATES = Array.from({ length: 21 }, (_, k) => 0.001 * 10 ** (k / 10));

/** Those of r² − (1 + β − a) r + β, the larger first. Polyak 1964. */
function rootsOf(a: number): [number, number][] {
  const half = (1 + BETA - a) / 2;
  const under = half * half - BETA;
  if (under < 0)
    return [
      [half, Math.sqrt(-under)],
      [half, -Math.sqrt(-under)],
    ];
  const [one, other] = [half + Math.sqrt(under), half - Math.sqrt(under)];
  return Math.abs(one) > Math.abs(other)
    ? [
        [one, 0],
        [other, 0],
      ]
    : [
        [other, 0],
        [one, 0],
      ];
}

const modeOf = (eigenvalue: number, rate: number) => {
  const roots = rootsOf(rate * eigenvalue);
  const factor = Math.hypot(...roots[0]);
  return { eigenvalue, direction: [1, 0], roots, factor, stable: factor < 1 };
};

const content = (rate: number): any => ({
  reply: {
    modes: [1, 100].map((eigenvalue) => modeOf(eigenvalue, rate)),
    learning_rate_max: (2 * (1 + BETA)) / 100,
    curve: { learning_rate: RATES, roots: [1, 100].map((one) => RATES.map((each) => rootsOf(each * one))) },
  },
  names: ["along", "across"],
  slot: 1,
  theme: "day",
  scale: 1,
});

test("roots of each direction stand in the plane, inside the circle while they shrink", () => {
  const size = { width: 200, height: 200 };
  const picture = (rate: number) => rootsPicture.layOut({ ...content(rate), size, look });
  const { marks, ...scales } = picture(0.018);
  assertPicture("curvature-roots", svgOf("r", { size, scales, look, marks }));
  const radius = (rate: number) => marksOf(picture(rate).marks, "root 1").map(({ at: [x, y] }) => Math.hypot(x, y));
  for (const each of radius(0.018)) assert.ok(Math.abs(each - Math.sqrt(BETA)) < 1e-12, "they swing");
  assert.ok(Math.max(...radius(0.04)) > 1, "past 0.034 they grow");
});

test("what a step keeps against the rate, with the edge and the run's own rate", () => {
  const size = { width: 320, height: 200 };
  const chart = factorChartOf({ ...content(0.018), size, look });
  const at = indexOfRate(RATES, 0.018);
  const marks = lineChartMarks(chart, { at, valuesAt: Math.round(at), highlighted: null, hit: null });
  assertPicture("curvature-factors", svgOf("f", { size, scales: chart, look, marks }));
  assert.equal(marksOf(marks, "edge").length, 1);
  const edge = indexOfRate(RATES, 0.034);
  const across = chart.lines[1].values;
  assert.ok(across[Math.floor(edge)] < 1 && across[Math.ceil(edge)] > 1, "the line crosses 1 there");
  for (const scale of [1, 2]) {
    const { box, y } = factorChartOf({ ...content(0.018), size, look: { ...look, scale } });
    assert.ok((1 - y.place(1)) * box.height > 20 * scale, "the word for what grows has room above 1");
  }
});

/** The heavy ball, by its polynomial; Polyak 1964: complex between (1 - √β)² and (1 + √β)², stable below 2(1 + β). */
function stabilityOf(reach: number): Wire["StabilityPlane"] {
  const product = Array.from({ length: 81 }, (_, k) => reach * (k / 80) ** 2);
  const momentum = Array.from({ length: 41 }, (_, k) => (0.999 * k) / 40);
  const grid = (value: (half: number, beta: number) => number) =>
    momentum.map((beta) => product.map((a) => value((1 + beta - a) / 2, beta)));
  const under = (half: number, beta: number) => half * half - beta;
  return partOf({
    product,
    momentum,
    edge: momentum.map((beta) => 2 * (1 + beta)),
    discriminant: grid((half, beta) => 4 * under(half, beta)),
    real: grid((half, beta) => half + Math.sign(half) * Math.sqrt(Math.max(0, under(half, beta)))),
    factor: grid((half, beta) =>
      under(half, beta) < 0 ? Math.sqrt(beta) : Math.abs(half) + Math.sqrt(under(half, beta)),
    ),
  });
}

test("names of two dots that are near to each other stand above and below the line of momentum", () => {
  const size = { width: 380, height: 310 };
  const layout = stabilityPicture.layOut({ plane: stabilityOf(4), letter: "β", theme: "day", scale: 1, size, look });
  const heights = (products: number[]) => {
    const dots = products.map((product, k) => ({ product, name: ["along", "across"][k] }));
    return marksOf(stabilityPicture.marks!(layout, { dots, momentum: 0.7, slot: 1 }), "mode").map(({ shift }) =>
      Math.sign(shift[1]),
    );
  };
  assert.deepEqual(heights([0.04, 0.16]), [-1, 1]);
  assert.deepEqual(heights([0.018, 1.8]), [-1, -1]);
});

test("the plane has a border where it swings and an edge where it grows, and a dot for each direction", () => {
  const size = { width: 436, height: 310 };
  const layout = stabilityPicture.layOut({ plane: stabilityOf(4), letter: "β", theme: "day", scale: 1, size, look });
  const moment = {
    dots: [
      { product: 0.018, name: "along" },
      { product: 1.8, name: "across" },
    ],
    momentum: 0.7,
    slot: 1,
  };
  const marks = stabilityPicture.marks!(layout, moment);
  assertPicture("curvature-stability", svgOf("s", { size, scales: layout, look, marks }));
  const places = (of: string) =>
    marksOf(marks, of).flatMap(({ x, y }) =>
      Array.from(x as number[], (left, k) => stabilityValues(layout, left, y[k])).filter(
        ({ product }) => product > 0.01 && product < 3.9,
      ),
    );
  const border = places("border of swings");
  assert.ok(border.length > 40);
  for (const { product, momentum } of border)
    assert.ok(Math.abs(momentum - (1 - Math.sqrt(product)) ** 2) < 0.02, `${product}, ${momentum}`);
  const edge = places("edge");
  assert.ok(edge.length > 20);
  for (const { product, momentum } of edge) assert.ok(Math.abs(product - 2 * (1 + momentum)) < 0.03);
  assert.deepEqual(
    marksOf(marks, "region")
      .map(({ text }) => text)
      .sort(),
    ["creeps", "grows", "swings", "turns over"],
  );
  const x = (product: number) => layout.box.left + layout.box.width * Math.sqrt(product / 4);
  assert.deepEqual(
    [0.018, 0.5, 1.8].map((product) => grippedDot(layout, moment, x(product))),
    [0, null, 1],
  );
  const strip = marksOf(marks, "without momentum").map(({ at: [, y] }) => 1 - (y - layout.strip.box.top) / 50);
  assert.ok(Math.abs(strip[0] / 0.85 - 0.982) < 0.001 && Math.abs(strip[1] / 0.85 - 0.8) < 0.01, "|1 - a|");
});

test("the largest curvature along a run against its limit, and the loss on the same steps", () => {
  const size = { width: 404, height: 170 };
  const t = Array.from({ length: 21 }, (_, k) => 5 * k);
  const largest = t.map((row) => 10 * 1.1 ** (row / 5));
  const loss = Float64Array.from({ length: 101 }, (_, row) => (row < 80 ? 10 ** (-row / 4) : 1e-20 * 8 ** (row - 80)));
  const edge = { t, lambda_max: largest, limit: t.map(() => 40), crosses: 73, least: 80, leaves: 98 };
  const given = partOf<Parameters<typeof edgeChartOf>[0]>({
    edge,
    run: { columns: { loss }, length: 101, slot: 0 },
    theme: "day",
    scale: 1,
    size,
    look,
  });
  const [above, below] = [edgeChartOf(given), edgeLossOf(given)];
  const moment = aloneAt(50);
  const marks = lineChartMarks(above, moment);
  assertPicture("curvature-edge", svgOf("e", { size, scales: above, look, marks }));
  const values = above.lines[0].values;
  assert.ok(Math.abs(values[72] - 10 * 1.1 ** 14.4) < 1e-9, "between the rows that are told by equal ratios");
  for (const chart of [above, below]) {
    const [{ x }] = marksOf(lineChartMarks(chart, moment), "beyond");
    const at = (left: number) => Math.round(chart.x.valueAt((left - chart.box.left) / chart.box.width));
    assert.deepEqual(
      [at(Math.min(...x.filter(Number.isFinite))), at(Math.max(...x.filter(Number.isFinite)))],
      [73, 98],
    );
    assert.deepEqual(
      marksOf(lineChartMarks(chart, moment), "step").map(({ text }) => text),
      [chart === above ? "73" : "98"],
    );
  }
});

/** Heavy ball on (x² + 100 y²)/2 turned by 30 degrees about (1, -2): by its two lines, along each axis of its own. */
function turnedRun(rate: number, steps: number) {
  const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
  const modes = [
    { eigenvalue: 1, direction: [cos, sin] },
    { eigenvalue: 100, direction: [-sin, cos] },
  ];
  const own = [-4, 1].map((first, k) => {
    const path = [first];
    for (let [m, at] = [0, first]; path.length <= steps; path.push(at)) {
      m = BETA * m + modes[k].eigenvalue * at;
      at -= rate * m;
    }
    return path;
  });
  const back = (of: number[][]) =>
    [0, 1].map((k) =>
      Float64Array.from(of[0], (_, row) => modes.reduce((sum, { direction }, j) => sum + direction[k] * of[j][row], 0)),
    );
  const parameters = back(own).map((column, k) => column.map((value) => value + [1, -2][k]));
  const gradient = back(own.map((path, k) => path.map((at) => modes[k].eigenvalue * at)));
  return { own, modes, run: { columns: { parameters, gradient } as any, length: steps + 1 } };
}

test("along each direction of a quadratic a run goes by itself, and its prediction with it", () => {
  const { own, modes, run } = turnedRun(0.018, 60);
  const predicted = run.columns.parameters.map((column: Float64Array) => Array.from(column));
  const paths = modePaths(run, predicted, modes) ?? [];
  paths.forEach(({ measured, predicted }, k) => {
    own[k].forEach((at, row) => {
      assert.ok(Math.abs(measured[row] - at) < 1e-9 && Math.abs(predicted[row] - at) < 1e-9, `${k} ${row}`);
    });
  });
  assert.equal(modePaths({ ...run, columns: { ...run.columns, gradient: null } }, predicted, modes), null);
  const steps = stepsToShow(paths);
  assert.ok(steps[1] > 20 && Math.abs(own[0][steps[1]]) > 0.04, "until 1 % is left of the slower one");
  const chart = modeChartOf({
    path: paths[1],
    slot: 1,
    steps,
    theme: "day",
    scale: 1,
    size: { width: 400, height: 110 },
    look,
  });
  const marks = lineChartMarks(chart, { at: 8, valuesAt: 8, highlighted: null, hit: null });
  assert.equal(marksOf(marks, "predicted").length, 1);
  const [head] = marksOf(marks, "head");
  const y = chart.box.top + chart.box.height * (1 - chart.y.place(own[1][8]));
  assert.ok(Math.abs(head.at[1] - y) < 1e-6, "the playhead stands on the run");
});

test("where there is little height the plane has it alone", () => {
  const at = { dots: [{ product: 1.8, name: "across" }], momentum: 0.7, slot: 1 };
  const drawn = (height: number) => {
    const content = { plane: stabilityOf(4), letter: "β", theme: "day" as const, scale: 1 };
    const layout = stabilityPicture.layOut({ ...content, size: { width: 436, height }, look });
    return { share: layout.box.height / height, said: JSON.stringify(stabilityPicture.marks!(layout, at)) };
  };
  const [low, high] = [drawn(150), drawn(310)];
  assert.ok(low.share > 0.7, `${low.share}`);
  assert.deepEqual(
    [low, high].map(({ said }) => ['"text":"without momentum"', "root scale"].map((text) => said.includes(text))),
    [
      [false, false],
      [true, true],
    ],
  );
});
