import assert from "node:assert/strict";
import { test } from "node:test";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import { memoryChartOf } from "../../../../static/page/pictures/average/chart.ts";
import { aloneAt, lineChartMarks } from "../../../../static/page/pictures/chart/lineChart.ts";
import { assertPicture, elementsOf, LOOK as look } from "../../pictures.ts";

const SIZE = { width: 480, height: 300 };
const VALUES = Float64Array.of(1, -2, 3, 0.5, -1, 2, 4, -0.5);
const BETA = 0.5;

/** v = 0.5 v + 0.5 g from 0 on. */
function averages(): Float64Array {
  let average = 0;
  return VALUES.map((value) => (average = BETA * average + (1 - BETA) * value));
}

function pictureOf(more: object = {}): string {
  const memory: any = {
    values: VALUES,
    lines: [
      {
        values: averages(),
        first: 1,
        quantity: "v",
        run: 0,
        slot: null,
        ink: "ink",
        strong: true,
        name: "v",
        letters: [{ text: "v", italic: true }],
      },
    ],
    bars: true,
    unit: "step",
    t: 6,
    until: 8,
    steps: [1, 8],
    beta: BETA,
    first: 1 - BETA,
    corrected: false,
    input: { stem: "g", below: "" },
    raised: "",
    title: "v",
    slot: 0,
    theme: "day",
    scale: 1,
    ...more,
  };
  const chart = memoryChartOf({ ...memory, size: SIZE, look });
  return svgOf("v", { size: SIZE, scales: chart, look, marks: lineChartMarks(chart, aloneAt(memory.t)) });
}

test("an average taken apart: the values, the average they make, and the weight of each", () => {
  assertPicture("average", pictureOf());
});

test("corrected, the weights add up to 1; the values are dots where they do not stand on 0", () => {
  const svg = pictureOf({ corrected: true, bars: false, t: 2 });
  assertPicture("average-corrected", svg);
  // Of two steps, by hand: 0.5 and 0.25 over 1 - 0.25.
  const texts = elementsOf(svg).map(({ text }) => text);
  assert.ok(texts.some((text) => text.includes("0.667")) && texts.some((text) => text.includes("0.333")), texts.join());
});
