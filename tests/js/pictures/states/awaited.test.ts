import assert from "node:assert/strict";
import { test } from "node:test";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import { aloneAt, lineChartMarks } from "../../../../static/page/pictures/chart/lineChart.ts";
import { awaitedChartOf } from "../../../../static/page/pictures/states/awaited.ts";
import { elementsOf, LOOK } from "../../pictures.ts";

test("before there is anything to draw the axes stand there, steps numbered, no value said, and a word", () => {
  const size = { width: 420, height: 220 };
  const chart = awaitedChartOf({ steps: [0, 60], label: "soon", size, look: LOOK, theme: "day", scale: 1 });
  const svg = svgOf("States", { size, scales: chart, look: LOOK, marks: lineChartMarks(chart, aloneAt(Number.NaN)) });
  const drawn = elementsOf(svg);
  const texts = new Set(drawn.flatMap(({ tag, text }) => (tag === "text" && text ? [text] : [])));
  assert.deepEqual(texts, new Set(["0", "10", "20", "30", "40", "50", "step", "soon"]));
  const { left, top, height } = chart.box;
  const bottom = top + height + 0.5;
  const axes = [
    `M${left + 0.5} ${bottom}L${left + chart.box.width + 0.5} ${bottom}`,
    `M${left + 0.5} ${top + 0.5}L${left + 0.5} ${bottom}`,
  ];
  for (const axis of axes)
    assert.ok(
      drawn.some(({ attributes }) => attributes.d === axis),
      axis,
    );
});
