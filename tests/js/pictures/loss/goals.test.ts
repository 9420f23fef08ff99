/** Goals, levels and moments in the loss chart, and that no words of theirs meet others. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import type { Size } from "../../../../static/page/math/box.ts";
import type { LineChart } from "../../../../static/page/pictures/chart/lineChart.ts";
import { lineChartMarks } from "../../../../static/page/pictures/chart/lineChart.ts";
import { yOf } from "../../../../static/page/pictures/chart/plot.ts";
import { lossChartOf } from "../../../../static/page/pictures/loss/chart.ts";
import { evidenceInChart } from "../../../../static/page/pictures/loss/evidenceInChart.ts";
import { marksOf } from "../../marks.ts";
import { assertPicture, elementsOf, LOOK } from "../../pictures.ts";
import { runOf, sceneOf } from "../../runs.ts";

const run = (loss: number[], reason: string = "max_steps") => runOf({ loss, reason });

/** What the chart shows at a step. */
const at = (chart: LineChart, step: number, hit = null) =>
  lineChartMarks(chart, { at: step, valuesAt: step, highlighted: null, hit });

const EVIDENCE = { kind: "goal", loss: 0.5, stays: false, text: "0.5", runs: null };

test("a goal is a line with its loss beside the axis, and each run has a flag at its step in place of a number", () => {
  const runs = [
    { ...run([10, 4, 1, 0.5, 0.3]), short: "Gradient descent", phases: [] },
    { ...run([10, 0.4, 2, 0.2, 0.1]), short: "Momentum", slot: 1, phases: [] },
  ];
  const size = { width: 420, height: 220 };
  const given = { counted: null, bands: null, epochs: null, size, look: LOOK };
  const drawnWith = (evidence: object, more: object = {}) => {
    const all = [evidence];
    const chart = lossChartOf({ ...given, scene: sceneOf(runs, { shownEvidence: all, wholeEvidence: all, ...more }) });
    return svgOf("Loss", { size, scales: chart, look: LOOK, marks: at(chart, 4) });
  };
  assertPicture("loss-evidence", drawnWith(EVIDENCE));
  const strong = (svg: string) =>
    elementsOf(svg).flatMap(({ attributes, text }) =>
      attributes["font-weight"] === "600" && attributes.fill !== "none" && text !== "step" ? [text] : [],
    );
  assert.deepEqual(strong(drawnWith(EVIDENCE)), ["0.5", "3", "1"]);
  assert.deepEqual(strong(drawnWith({ ...EVIDENCE, stays: true })), ["0.5", "3"], "one number where both are there");
  assert.deepEqual(strong(drawnWith({ ...EVIDENCE, loss: null, runs: [1] })), ["4"]);
  const untold = drawnWith(EVIDENCE, { shownEvidence: [] });
  assert.deepEqual(strong(untold), ["0.5"], "until it is told there is the goal without the flags");
  const axis = (svg: string) => elementsOf(svg).flatMap(({ text }) => (/^10|^0\./.test(text) ? [text] : []));
  assert.deepEqual(axis(untold), axis(drawnWith(EVIDENCE)), "in the same frame");
});

test("below a narrow chart no number of the axis, nor what it counts, meets that of a flag", () => {
  const losses = Array.from({ length: 301 }, (_, k) => 0.9 ** (k / 4));
  const runs = ["Gradient descent with a long name", "Momentum, averaged, at another rate"].map((short, slot) => ({
    ...run(losses.map((loss) => loss ** (slot + 1))),
    ...{ short, slot, phases: [] },
  }));
  const all = [{ ...EVIDENCE, loss: 0.0018, text: "0.0018" }];
  const size = { width: 300, height: 220 };
  const given = { counted: null, bands: null, epochs: null, size, look: LOOK };
  const chart = lossChartOf({ ...given, scene: sceneOf(runs, { shownEvidence: all, wholeEvidence: all }) });
  const svg = svgOf("Loss", { size, scales: chart, look: LOOK, marks: at(chart, 300) });
  const below = elementsOf(svg).filter(
    ({ tag, y, text, attributes: { fill } }) => tag === "text" && y > 205 && text && fill !== "none",
  );
  assert.ok(
    below.some(({ text }) => text === "240"),
    "the flag: 4 ln 0.0018 / ln 0.9 = 239.9",
  );
  const width = (text: string) => 6 * text.length;
  const starts = below.map(({ x, text, attributes }) =>
    attributes["text-anchor"] === "middle" ? x - width(text) / 2 : x,
  );
  for (const [k, start] of starts.entries())
    for (const [n, other] of starts.entries())
      assert.ok(
        k === n || other >= start + width(below[k].text) || start >= other + width(below[n].text),
        below[k].text,
      );
});

/** The words of a chart at its last step, as boxes: left, right and middle. */
function wordsIn(runs: object[], evidence: object[], size: Size, ends: number[] = []) {
  const given = { counted: null, bands: null, epochs: { run: 0, ends }, size, look: LOOK };
  const chart = lossChartOf({ ...given, scene: sceneOf(runs, { shownEvidence: evidence, wholeEvidence: evidence }) });
  const svg = svgOf("Loss", { size, scales: chart, look: LOOK, marks: at(chart, 300) });
  return elementsOf(svg).flatMap(({ tag, x, y, text, attributes }) => {
    if (tag !== "text" || !text.trim() || attributes.fill === "none") return [];
    const width = 0.5 * Number(attributes["font-size"]) * text.length;
    const anchor = attributes["text-anchor"];
    const left = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
    return [{ text, left, right: left + width, y }];
  });
}

const assertApart = (words: ReturnType<typeof wordsIn>) => {
  for (const [k, one] of words.entries())
    for (const other of words.slice(k + 1))
      assert.ok(
        one.left >= other.right || other.left >= one.right || Math.abs(one.y - other.y) >= 10,
        `${one.text} over ${other.text}`,
      );
};

/** Losses that fall to the same at the end, each a little later than the one before. */
const falling = (names: string[]) =>
  names.map((short, slot) => ({
    ...run(Array.from({ length: 301 }, (_, step) => 0.9 ** (step / (4 + slot / 8)))),
    ...{ short, slot, phases: [] },
  }));

test("numbers of flags that keep apart are met by none of the axis, nor by what it counts", () => {
  const runs = falling(["Momentum", "AdaGrad", "RMSProp", "Adam"]);
  for (const loss of [0.0018, 0.02, 0.6]) {
    const words = wordsIn(runs, [{ ...EVIDENCE, loss, text: String(loss) }], { width: 300, height: 260 });
    const below = words.filter(({ y }) => y > 245);
    assert.ok(below.length > 4, "zero and four flags");
    assertApart(below);
  }
});

test("the losses of two goals close to each other are both read, and no number of the axis over them", () => {
  const goals = [0.9, 0.6, 0.5, 0.01].map((loss) => ({ ...EVIDENCE, loss, text: String(loss) }));
  const words = wordsIn(falling(["Descent"]), goals, { width: 420, height: 150 });
  const beside = words.filter(({ right }) => right < 60);
  assert.deepEqual(
    ["0.9", "0.6", "0.5", "0.01"].map((text) => beside.filter((one) => one.text === text).length),
    [1, 1, 1, 1],
  );
  assertApart(beside);
});

test("what is told of a moment lies over no name and over nothing told of another", () => {
  const runs = falling(["rate 0.01: 0.11", "rate 0.1: 0.063", "rate 0.185: 0.059"]);
  const last = runs[1].columns.loss[300];
  const moment = { kind: "moment", step: 300, loss: last, text: "0.0595", run: 1 };
  const words = wordsIn(runs, [moment, { ...moment, step: 296, text: "0.0612" }], { width: 420, height: 220 });
  assert.ok(words.some(({ text }) => text === "0.0595") && words.some(({ text }) => text === "rate 0.1: 0.063"));
  assertApart(words);
});

test("what is told low in the chart lies over no number of an epoch", () => {
  const runs = falling(["Descent"]);
  const low = { kind: "moment", step: 290, loss: runs[0].columns.loss[290], text: "0.14", run: 0 };
  const others = [270, 280, 286, 296].map((step) => ({ ...low, step, text: `0.14, after ${step}` }));
  const words = wordsIn(runs, [...others, low], { width: 300, height: 160 }, [100, 200, 300]);
  assert.ok(words.some(({ text }) => text === "epoch 1") && words.some(({ text }) => text === "0.14"));
  assertApart(words);
});

test("no leader lies before a number as a minus sign does", () => {
  const runs = falling(["rate 0.01: 0.11", "rate 0.1: 0.063", "rate 0.185: 0.059"]);
  const told = [300, 299, 298, 297, 296, 295].map((step) => ({
    ...{ kind: "moment", step, loss: runs[1].columns.loss[step], text: `0.0${step}`, run: 1 },
  }));
  const shown = sceneOf(runs, { shownEvidence: told, wholeEvidence: told });
  const given = { scene: shown, counted: null, bands: null, epochs: null, look: LOOK };
  const leaders = [90, 120, 150, 220].flatMap((height) => {
    const chart = lossChartOf({ ...given, size: { width: 300, height } });
    return marksOf(at(chart, 300), "leader").map(({ x, y }) => [x[1] - x[0], y[1] - y[0]].map(Math.abs));
  });
  assert.ok(leaders.length > 0);
  for (const [across, down] of leaders) assert.ok(down >= across / 2, `${across} across, ${down} down`);
});

test("noise stays about a level, told in per cent of the least loss, and so are ends", () => {
  const noisy = { ...run([10, 2, 1.2, 1.1, 1.3, 1.1]), short: "Batch of 1", phases: [] };
  const size = { width: 420, height: 220 };
  const level = { kind: "level", run: 0, first: 2, last: 5, loss: 1.2, least: 1, text: "20 %" };
  const drawnWith = (...evidence: object[]) => {
    const shown = sceneOf([noisy], { shownEvidence: evidence, wholeEvidence: evidence });
    const given = { scene: shown, counted: null, bands: null, epochs: null, size, look: LOOK };
    const chart = lossChartOf({ ...given });
    return svgOf("Loss", { size, scales: chart, look: LOOK, marks: at(chart, 5) });
  };
  assertPicture("loss-level", drawnWith(level));
  assert.ok(drawnWith({ kind: "ends", least: 1 }).includes("Batch of 1: 10 %"));
});

test("a level is told behind the name of its run, at its height, and longer words above the lines", () => {
  const noisy = { ...run([10, 2, 1.2, 1.1, 1.3, 1.1]), short: "Batch of 1", phases: [] };
  const drawnWith = (text: string) => {
    const level = { kind: "level", run: 0, first: 2, last: 5, loss: 1.2, least: 1, text };
    const scene = sceneOf([noisy], { shownEvidence: [level], wholeEvidence: [level] });
    const size = { width: 420, height: 220 };
    const chart = lossChartOf({ scene, counted: null, bands: null, epochs: null, size, look: LOOK });
    return {
      chart,
      words: marksOf([evidenceInChart({ chart, scene, counts: [null], strip: 40 })], "evidence") as any[],
    };
  };
  const { chart, words } = drawnWith("20 %");
  assert.deepEqual([words, chart.lines[0].name], [[], "Batch of 1: 20 %"]);
  assert.ok(Math.abs(chart.names[0].y - yOf(chart, 1.2)) < 12);
  const longer = drawnWith("20 % predicted, 21 % seen");
  assert.equal(longer.chart.lines[0].name, "Batch of 1");
  assert.ok(longer.words[0].at[1] < longer.chart.box.top + 20);
});
