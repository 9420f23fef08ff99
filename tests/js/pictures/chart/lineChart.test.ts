import assert from "node:assert/strict";
import { test } from "node:test";
import type { Look } from "../../../../static/page/marks/look.ts";
import { type Slide, slideOf, svgOf } from "../../../../static/page/marks/svgFile.ts";
import type { Size } from "../../../../static/page/math/box.ts";
import { lineChartMarks, quantityChartOf } from "../../../../static/page/pictures/chart/lineChart.ts";
import type { ChartLine } from "../../../../static/page/pictures/chart/plot.ts";
import { assertPicture, elementsOf, LOOK as look } from "../../pictures.ts";

const SIZE = { width: 500, height: 200 };

const lineOf = (run: number, values: number[], more: object = {}) => ({
  quantity: "m",
  run,
  slot: run,
  first: 1,
  values: Float64Array.from(values),
  dash: [],
  strong: run === 0,
  name: ["Momentum", "Adam"][run],
  ...more,
});
const LINES = [lineOf(0, [1, 3, 2, 2.5, 2, 2.1]), lineOf(1, [0.5, 1, 2])];

function drawn(lines: ChartLine[], moment: object, sized: { size: Size; look: Look }) {
  const layout = quantityChartOf({ lines, steps: [0, 7], theme: "day", scale: 1, ...sized });
  return { layout, marks: lineChartMarks(layout, { at: 4.5, valuesAt: 4, highlighted: null, hit: null, ...moment }) };
}

function pictureOf(lines: Parameters<typeof drawn>[0], moment: object = {}): string {
  const { layout, marks } = drawn(lines, moment, { size: SIZE, look });
  return svgOf("m", { size: SIZE, scales: layout, look, marks });
}

test("lines with their values at the playhead and their names; one that has ended says so", () => {
  const svg = pictureOf(LINES);
  assertPicture("line-chart", svg);
  const texts = elementsOf(svg).map(({ text }) => text);
  assert.ok(texts.includes("2.50") && texts.includes("ended"), texts.join());
});

test("what is pointed at steps forward, and what is compared with is grey and has no name", () => {
  const grey = lineOf(1, [0, 1, 1, 1, 1, 1], { slot: null, name: "", quantity: "g", dash: [4, 3] });
  assertPicture("line-chart-pointed", pictureOf([grey, LINES[0]], { highlighted: "m" }));
});

test("taken home it has its title and the key to its lines", () => {
  const key: Slide["key"] = LINES.map(({ slot }, k) => ({ slot, dash: k ? [5, 3] : [], text: [{ text: "m" }] }));
  const { title, name, svg } = slideOf({ title: "States of m", head: "States", key }, look, (sized) =>
    drawn(LINES, {}, sized),
  );
  assert.deepEqual([title, name], ["States of m", "states-of-m"]);
  assertPicture("line-chart-export", svg);
});
