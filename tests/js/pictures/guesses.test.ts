/** What many guessed, drawn beside the loss chart, on the scrubber and over an axis of its own. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { scrubberMarks } from "../../../static/page/controls/scrubber.ts";
import { PIXELS } from "../../../static/page/marks/scales.ts";
import { svgOf } from "../../../static/page/marks/svgFile.ts";
import { cellSpans } from "../../../static/page/panels/guesses/cells.ts";
import { lineChartMarks } from "../../../static/page/pictures/chart/lineChart.ts";
import { dotPlotPicture } from "../../../static/page/pictures/guesses/dotPlot.ts";
import { dotStack } from "../../../static/page/pictures/guesses/dots.ts";
import { lossChartOf } from "../../../static/page/pictures/loss/chart.ts";
import { marksOf } from "../marks.ts";
import { assertPicture, LOOK } from "../pictures.ts";
import { runOf, sceneOf } from "../runs.ts";

const STEPS = [2, 3, 3, 3, 4, 5, 5, 8, 8, 9, 14, 15];

const RUNS = [
  runOf({ loss: Array.from({ length: 11 }, (_, k) => 100 * 0.5 ** k), name: "Gradient descent", reason: "max_steps" }),
  runOf({ loss: [100, 30, 9, 3, 1, 0.3], slot: 1, name: "Adam", reason: "max_steps" }),
];

const asked = (guesses: object) => sceneOf(RUNS, { guesses: { kind: "step", run: 0, again: null, ...guesses } });

function chartOf(guesses: object) {
  const content = { counted: null, bands: null, epochs: null, look: LOOK, size: { width: 420, height: 300 } };
  const chart = lossChartOf({ ...content, scene: asked(guesses) });
  return { chart, marks: lineChartMarks(chart, { at: 10, valuesAt: 10, highlighted: null, hit: null }) };
}

test("steps stand over the loss chart, a dot each, those beyond its end counted, with the step that is right", () => {
  const { chart, marks } = chartOf({ entries: STEPS, truth: 8 });
  assertPicture("loss-guesses", svgOf("Loss", { size: chart.size, scales: chart, look: LOOK, marks }));
  assert.equal(marksOf(marks, "guess").length, 10);
});

test("until it is known what is right it is not drawn, and what was said before stands below, hollow", () => {
  const { chart, marks } = chartOf({ entries: STEPS, truth: null, again: [1, 2, 2, 12] });
  assertPicture("loss-guesses-again", svgOf("Loss", { size: chart.size, scales: chart, look: LOOK, marks }));
  assert.equal(marksOf(marks, "guess").length, 13);
});

test("on the scrubber they are one row", () => {
  const size = { width: 218, height: 32 };
  const marks = scrubberMarks(RUNS, 10, 10, size, 1, asked({ entries: STEPS, truth: 8 }).guesses);
  assertPicture("scrubber-guesses", svgOf("Steps", { size, scales: PIXELS, look: LOOK, marks }));
});

test("dots of one column stand on each other, pressed together where there is no room", () => {
  const { places, topAt } = dotStack([0, 1, 12, 2], 100, 30, 1);
  assert.deepEqual(
    places.map(([x]) => x),
    [0, 0, 12, 0],
  );
  assert.deepEqual(topAt(1), places[3]);
  assert.deepEqual(topAt(60), [60, 100 - 2.7]);
  const high = dotStack(Array(300).fill(5), 100, 30, 1).places;
  assert.ok(Math.min(...high.map(([, y]) => y)) >= 70);
});

test("how far off all are, with one's own as a flag", () => {
  const size = { width: 360, height: 110 };
  const values = [0.2, 0.5, 0.6, 0.6, 2.2, 2.4, 3.3, 4, 4, 7.5];
  const layout = dotPlotPicture.layOut({
    values,
    flag: { at: 2.4, text: "you, 2.4" },
    theme: "day",
    scale: 1,
    size,
    look: LOOK,
  });
  assertPicture("guesses-off", svgOf("Guesses", { size, scales: layout, look: LOOK, marks: layout.marks }));
});

test("a cell is a person, above 60 a part of a bar is ten", () => {
  assert.deepEqual(cellSpans(0, 2, 30), {
    parts: [
      [0, 10],
      [13, 23],
    ],
    row: 390,
  });
  assert.equal(cellSpans(0, 60, 60).parts.length, 60);
  // Of 120 a person is 6.5 wide: 23 are two tens and three.
  const { parts, row } = cellSpans(0, 23, 120);
  assert.deepEqual(parts, [
    [0, 63.5],
    [65, 128.5],
    [130, 149.5],
  ]);
  assert.equal(row, 780);
  assert.deepEqual(cellSpans(23, 30, 120).parts, [[149.5, 193.5]]);
  assert.deepEqual(cellSpans(0, 0, 12).parts, []);
});
