import assert from "node:assert/strict";
import { test } from "node:test";
import { PIXELS } from "../../../static/page/marks/scales.ts";
import { svgOf } from "../../../static/page/marks/svgFile.ts";
import { levelsOf } from "../../../static/page/math/levels.ts";
import { COLOURS } from "../../../static/page/math/palette.ts";
import { legendMarks } from "../../../static/page/pictures/legend.ts";
import { assertPicture } from "../pictures.ts";

const samples = (loss: (x: number) => number) => Float64Array.from({ length: 201 }, (_, k) => loss(-5 + k / 20));

for (const [name, loss] of Object.entries({
  "two valleys": (x: number) => x ** 4 - x ** 2 + 0.2 * x,
  "a loss around 1000": (x: number) => 1000 + 1e-3 * x ** 2,
  "a parabola": (x: number) => x ** 2,
  "half a decade": (x: number) => 2 + Math.sin(x),
})) {
  test(`no two numbers of the legend are the same, and none covers another: ${name}`, () => {
    const levels = levelsOf(samples(loss));
    for (const width of [120, 240, 600]) {
      const numbers = legendMarks(levels, "day", width).flatMap((mark) =>
        mark.kind === "words" ? [{ x: mark.at[0], text: mark.text }] : [],
      );
      assert.ok(numbers.length > 0);
      assert.equal(new Set(numbers.map(({ text }) => text)).size, numbers.length);
      for (const [k, { x, text }] of numbers.slice(1).entries())
        assert.ok(x - numbers[k].x > 3 * (text.length + numbers[k].text.length));
    }
  });
}

test("the tints of a parabola are the stored picture", () => {
  const marks = legendMarks(levelsOf(samples((x) => x ** 2)), "day", 300);
  const look = { colours: COLOURS.day, family: "serif", scale: 1 };
  assertPicture("legend", svgOf("Loss", { size: { width: 301, height: 34 }, scales: PIXELS, look, marks }));
});
