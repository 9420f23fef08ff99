/** The rates of runs on one axis, and where each flies off. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { svgOf } from "../../../static/page/marks/svgFile.ts";
import { limitStart, type RateRow, ratesPicture } from "../../../static/page/pictures/ratesPicture.ts";
import { elementsOf, LOOK as look } from "../pictures.ts";

const SIZE = { width: 500, height: 140 };
const ROWS = [
  { slot: 0, name: "Descent", rate: 0.019, limit: 0.02, text: "0.02" },
  { slot: 1, name: "Momentum", rate: 0.1, limit: 0.38, text: "0.38" },
];

test("each limit is named where it lies, on an axis that all rates and limits have room on", () => {
  const plot = ratesPicture.layOut({ rows: ROWS, size: SIZE, look, theme: "day", scale: 1 });
  const drawn = elementsOf(svgOf("rates", { size: SIZE, scales: plot, look, marks: plot.marks }));
  const wordsOf = (text: string) => drawn.find((one) => one.text === text);
  for (const { name, limit, text } of ROWS) {
    const edge = plot.box.left + plot.x.place(limit) * plot.box.width;
    assert.ok(Math.abs((wordsOf(text)?.x ?? 0) - edge - 6) < 0.1, text);
    assert.ok((wordsOf(name)?.y ?? 0) > 0, name);
  }
  // 0.38 is 19 times 0.02: its place is further by log 19 of the decades in sight.
  const decades = Math.log10((0.38 * 4) / (0.019 / 4));
  assert.ok(Math.abs(plot.x.place(0.38) - plot.x.place(0.02) - Math.log10(19) / decades) < 1e-9);
});

test("a run whose limit is not known keeps its row, which is not hatched", () => {
  const drawnOf = (rows: RateRow[]) => {
    const plot = ratesPicture.layOut({ rows, size: SIZE, look, theme: "day", scale: 1 });
    return elementsOf(svgOf("rates", { size: SIZE, scales: plot, look, marks: plot.marks }));
  };
  const atLimit = [ROWS[0], { ...ROWS[1], rate: 0.38 }]; // so that both have one axis
  const rows = [ROWS[0], { ...atLimit[1], limit: null, text: "its limit is another one now" }];
  const texts = drawnOf(rows).map(({ text }) => text);
  for (const { name, text } of rows) assert.ok(texts.includes(name) && texts.includes(text), name);
  assert.ok(drawnOf(rows).length < drawnOf(atLimit).length);
});

test("the words of a limit keep off the name of the run, and within the picture", () => {
  assert.equal(limitStart(100, 50, 40, 200, 6), 106);
  assert.equal(limitStart(30, 50, 40, 200, 6), 46);
  assert.equal(limitStart(170, 50, 40, 200, 6), 114);
  assert.equal(limitStart(80, 150, 40, 200, 6), 46);
});
