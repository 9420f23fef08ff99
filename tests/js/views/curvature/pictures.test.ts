import assert from "node:assert/strict";
import { test } from "node:test";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import { COLOURS } from "../../../../static/page/math/palette.ts";
import { lineChartMarks } from "../../../../static/page/views/chart/lineChart.ts";
import { factorChartOf, indexOfRate } from "../../../../static/page/views/curvature/factorChart.ts";
import { rootsMarks, rootsScales } from "../../../../static/page/views/curvature/rootsPicture.ts";
import { marksOf } from "../../marks.ts";
import { assertPicture } from "../../pictures.ts";

const look = { colours: COLOURS.day, family: "serif", scale: 1 };
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
  told: {
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
  const picture = (rate: number) => rootsMarks({ ...content(rate), look });
  assertPicture("curvature-roots", svgOf("r", { size, scales: rootsScales({ size }), look, marks: picture(0.018) }));
  const radius = (rate: number) => marksOf(picture(rate), "root 1").map(({ at: [x, y] }) => Math.hypot(x, y));
  for (const each of radius(0.018)) assert.ok(Math.abs(each - Math.sqrt(BETA)) < 1e-12, "they swing");
  assert.ok(Math.max(...radius(0.04)) > 1, "past 0.034 they grow");
});

test("what a step keeps against the rate, with the edge and the run's own rate", () => {
  const size = { width: 320, height: 200 };
  const chart = factorChartOf({ ...content(0.018), size, look });
  const at = indexOfRate(RATES, 0.018);
  const marks = lineChartMarks(chart, { at, read: Math.round(at), highlighted: null, hit: null });
  assertPicture("curvature-factors", svgOf("f", { size, scales: chart, look, marks }));
  assert.equal(marksOf(marks, "edge").length, 1);
  const edge = indexOfRate(RATES, 0.034);
  const across = chart.lines[1].values;
  assert.ok(across[Math.floor(edge)] < 1 && across[Math.ceil(edge)] > 1, "the line crosses 1 there");
});
