import assert from "node:assert/strict";
import { test } from "node:test";
import { slideOf } from "../../../../static/page/marks/svgFile.ts";
import type { Size } from "../../../../static/page/math/box.ts";
import { COLOURS } from "../../../../static/page/math/palette.ts";
import { lineChartMarks } from "../../../../static/page/pictures/chart/lineChart.ts";
import { lossChartOf, lossSlide } from "../../../../static/page/pictures/loss/chart.ts";
import { runOf, sceneOf } from "../../runs.ts";

const run = (name: string, slot: number, loss: number[], more: object = {}) =>
  runOf({ name, slot, loss, reason: "max_steps", ...more });

const FALLING = Array.from({ length: 60 }, (_, k) => 100 * 0.8 ** k);

const shown = (runs: object[], more: object = {}) => ({
  scene: sceneOf(runs, {
    levels: { kind: "decades", base: 0, values: [1, 10], index: [true, true] },
    problem: { label: "Bowl & bowl", minima: [] },
    ...more,
  }),
  step: 12.5,
  counted: null,
  bands: null,
});

function drawn({ step, ...content }: any): string {
  const look = { colours: COLOURS.day, family: "sans-serif", scale: 1 };
  const layoutAt = (size: Size) => lossChartOf({ ...content, size, look });
  const { base } = layoutAt({ width: 840, height: 560 }).y;
  const slide = lossSlide(content.scene, content.counted?.count, base);
  return slideOf(slide, look, (sized) => {
    const layout = lossChartOf({ ...content, ...sized });
    return { layout, marks: lineChartMarks(layout, { at: step, valuesAt: step, highlighted: null, hit: null }) };
  }).svg;
}

const words = (markup: string) => [...markup.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text);

test("all of the chart can be said as SVG: its title, its axes, and the name of every run shown", () => {
  const markup = drawn(
    shown([
      run("Adam", 3, FALLING),
      run(
        "Lion",
        0,
        FALLING.map((loss) => 2 * loss),
      ),
      run("Hidden", 1, FALLING, { hidden: true }),
    ]),
  );
  const said = words(markup);
  for (const text of ["Bowl &amp; bowl: loss against step", "Adam", "Lion", "step", "0.01", "20"])
    assert.ok(said.includes(text), text);
  assert.ok(!said.includes("Hidden"));
  assert.ok(markup.includes(COLOURS.day.runs[3]) && !markup.includes(COLOURS.day.runs[1]));
});

test("a run that leaves, one that has hardly begun and many of them are drawn as well", () => {
  const many = Array.from({ length: 9 }, (_, k) => run(`Run number ${k}`, k % 8, FALLING));
  const gone = run("Gone", 2, [100, 1e30], { end: { stop_reason: "diverged", n_steps: 1, diverged_at: 2 } });
  const markup = drawn(shown([...many, gone, run("New", 4, [100], { end: null })]));
  const said = words(markup);
  assert.ok(said.includes("Gone") && said.includes("Run number 8"));
  const beyond = [...markup.matchAll(/<text x="([\d.]+)"/g)].filter(([, x]) => Number(x) > 840);
  assert.deepEqual(beyond, []);
});

test("what losses are counted from stands in the title", () => {
  const below = shown(
    [
      run(
        "Adam",
        0,
        FALLING.map((loss) => loss - 1.0316),
      ),
    ],
    { levels: { kind: "decades", base: -1.0316, values: [0, 1], index: [true, true] } },
  );
  assert.ok(words(drawn(below)).includes("Bowl &amp; bowl: loss above −1.04 against step"));
});

test("hostile text is text", () => {
  const markup = drawn(shown([run(`</text><script>alert("1")</script>&\u0000\u202e'`, 0, FALLING)]));
  assert.ok(
    markup.includes("&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;\ufffd\ufffd&#39;</text>"),
  );
  assert.doesNotMatch(markup, /<script/);
});

test("what the chart counts stands along its axis and in its head", () => {
  const counted = { count: "samples", runs: [Float64Array.of(0, 5)], ghosts: [], prepared: [] };
  const said = words(drawn({ ...shown([run("Adam", 3, FALLING)]), counted }));
  assert.ok(said.includes("samples seen"));
  assert.ok(said.includes("Bowl &amp; bowl: loss against samples seen"), `${said}`);
});
