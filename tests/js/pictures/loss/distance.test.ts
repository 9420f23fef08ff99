import assert from "node:assert/strict";
import { test } from "node:test";
import { lineChartMarks } from "../../../../static/page/pictures/chart/lineChart.ts";
import { distanceChartOf } from "../../../../static/page/pictures/loss/distance.ts";
import type { Run, Scene } from "../../../../static/page/state/types.ts";
import { marksOf } from "../../marks.ts";
import { partOf } from "../../part.ts";
import { LOOK as look } from "../../pictures.ts";

const STEPS = 120;

/** Gradient descent on (x² + 25 y²) / 2 at its best rate, 2/26: a step keeps 24/26 of x, and -24/26 of y. */
const run = partOf<Run>({
  columns: {
    parameters: [24 / 26, -24 / 26].map((kept, k) =>
      Float64Array.from({ length: STEPS + 1 }, (_, step) => [-4, 1][k] * kept ** step),
    ),
  },
  length: STEPS + 1,
  slot: 0,
  short: "Descent",
  end: {},
});
const left: any = {
  kind: "left",
  at: [0, 0],
  share: 0.1,
  kept: [3 / 5, 49 / 51, 99 / 101],
  texts: ["condition 4", "condition 50", "condition 100"],
};

function drawn(told: boolean) {
  const scene = partOf<Scene>({ shownRuns: [run], wholeRuns: [run], hasHiddenRows: false });
  const chart = distanceChartOf({ scene, left, showsAnswer: told, size: { width: 700, height: 260 }, look });
  const marks = lineChartMarks(chart, { at: STEPS, valuesAt: STEPS, highlighted: null, hit: null });
  return { chart, marks, flags: marksOf(marks, "flag").map(({ text }) => text) };
}

test("the distance that is left falls in a straight line, to a tenth in 5, 29, 58 and 116 steps", () => {
  const { chart, flags } = drawn(true);
  const values = chart.lines.find(({ name }) => name === "Descent")?.values ?? [];
  assert.ok(Math.abs(values[29] - (24 / 26) ** 29) < 1e-12);
  // log 0.1 / log of what a step keeps: 4.5, 57.6, 115.1, and of the run 28.8.
  assert.deepEqual(
    flags.sort((a, b) => Number(a) - Number(b)),
    ["5", "29", "58", "116"],
  );
  const height = (value: number) => chart.y.place(value);
  assert.ok(Math.abs(height(0.1) - (height(1) + height(0.01)) / 2) < 1e-9);
  const places = [5, 29, 58, 116].map((step) => chart.x.place(step));
  for (const { at } of chart.x.ticks.filter(({ text }) => text.trim()))
    assert.ok(
      places.every((place) => Math.abs(place - at) * chart.box.width > 20),
      "no number lies on another",
    );
});

test("before it is told the run is drawn alone, at the place that it keeps", () => {
  const { chart, flags } = drawn(false);
  assert.deepEqual(flags, []);
  assert.deepEqual(
    chart.lines.map(({ name }) => name),
    ["Descent"],
  );
});
