import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mark } from "../../../../static/page/marks/mark.ts";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import type { Size } from "../../../../static/page/math/box.ts";
import { lineChartMarks } from "../../../../static/page/views/chart/lineChart.ts";
import { type ChartLine, endOf, peaksOut, xOf, yOf } from "../../../../static/page/views/chart/lines.ts";
import { placeNames, shortened, textsOf } from "../../../../static/page/views/chart/names.ts";
import { lossAxis, stepAxis } from "../../../../static/page/views/loss/axes.ts";
import { lossChartOf } from "../../../../static/page/views/loss/chart.ts";
import * as seldom from "../../../../static/page/views/loss/seldom.ts";
import { marksOf } from "../../marks.ts";
import { pairs } from "../../pairs.ts";
import { assertPicture, elementsOf, LOOK } from "../../pictures.ts";
import { runOf, sceneOf } from "../../runs.ts";

const run = (loss: number[], reason: string = "max_steps") => runOf({ loss, reason });

/** What the chart shows at a step. */
const at = (chart: any, step: number, hit: any = null) =>
  lineChartMarks(chart, { at: step, read: step, highlighted: null, hit });

test("losses from one end of the scale to the other are in the chart, in order", () => {
  const axis = lossAxis(sceneOf([run([100, 3, 0.02])]), null, 200);
  assert.deepEqual([axis.place(100) <= 1, axis.place(0.02) >= 0], [true, true]);
  assert.ok(axis.place(100) > axis.place(3) && axis.place(3) > axis.place(0.02));
});

test("a run that leaves does not press the others flat, and its line goes out of the top", () => {
  const axis = lossAxis(sceneOf([run([10, 1, 0.1]), run([10, 1e20, 1e80], "diverged")]), null, 200);
  assert.ok(axis.place(0.1) < 0.2 && axis.place(10) > 0.8);
  assert.ok(axis.place(1e80) > 1.02);
});

test("nothing falls through the floor: what has nothing left to lose stands on it", () => {
  const axis = lossAxis(sceneOf([run([1, 1e-300, 0])]), null, 200);
  assert.equal(axis.place(0), axis.place(1e-300));
  assert.ok(axis.place(0) >= 0);
});

test("losses below 0 are counted from the least there is", () => {
  const axis = lossAxis(
    sceneOf([run([5, 0, -1.0316])], {
      levels: { kind: "decades", base: -1.03, values: [0] },
      problem: { minima: [{ at: [0, 0], loss: -1.0316285 }] },
    }),
    null,
    200,
  );
  assert.ok(axis.place(5) > axis.place(0) && axis.place(0) > axis.place(-1.0316));
});

test("where the loss has no decades the axis is even", () => {
  const axis = lossAxis(sceneOf([run([1, 0.5, 0])], { levels: { kind: "steps", base: 0, values: [0.5] } }), null, 200);
  assert.ok(Math.abs(axis.place(0.5) * 2 - axis.place(1)) < 1e-9);
});

test("counted in samples, a step on one point is cheaper than a step on all", () => {
  const axis = stepAxis(
    sceneOf([run(Array(11).fill(1)), run(Array(11).fill(1))]),
    [Float64Array.of(0, 1), Float64Array.of(0, 50)],
    240,
  );
  // From 1 sample to 10 steps of 50: each decade has the same width.
  assert.deepEqual(
    [0, 1, 10, 500].map((seen) => Number(axis.place(seen).toFixed(4))),
    [0, 0, 0.3705, 1],
  );
  assert.ok(Math.abs(axis.valueAt(axis.place(350)) - 350) < 1e-9);
  assert.deepEqual(
    axis.ticks.map(({ text }) => text),
    ["1", "10", "100"],
  );
});

test("by evaluations each head and the playhead stand where their run is, and where it has ended it stays", () => {
  // BFGS on Rosenbrock has 6 evaluations by step 1 and 8 by step 2; a rule takes one a step.
  const runs = [run([24, 12, 4]), run(Array(11).fill(5))].map((one, slot) => ({ ...one, slot, short: `${slot}` }));
  const counted = { title: "evaluations", of: [Float64Array.of(0, 6, 8), null], ghosts: [], prepared: [] };
  const content = { scene: sceneOf(runs, { selected: 0 }), counted, bands: null, epochs: null };
  const chart = lossChartOf({ seldom, ...content, size: { width: 300, height: 200 }, look: LOOK });
  const x = (evaluations: number) => chart.box.left + chart.x.place(evaluations) * chart.box.width;
  const [line, other] = chart.lines;
  assert.ok(Math.abs(xOf(chart, 1, line.counts) - x(6)) < 1e-9);
  assert.ok(Math.abs(xOf(chart, 8, other.counts) - x(8)) < 1e-9);
  const playhead = (step: number) => marksOf(at(chart, step), "playhead")[0].x[0];
  assert.ok(Math.abs(playhead(1) - x(6)) <= 1);
  assert.ok(Math.abs(playhead(9) - x(8)) <= 1, "beyond its end");
  const head = marksOf(at(chart, 6), "head")[1];
  assert.ok(Math.abs(head.at[0] - x(6)) <= 1);
});

test("by samples the band of a bundle lies where its run has seen as many", () => {
  const runs = [{ ...run([8, 4, 2, 1]), slot: 0, short: "" }];
  const counted = { title: "samples seen", of: [Float64Array.of(0, 5)], ghosts: [], prepared: [] };
  const [low, median, high] = [1, 2, 4].map((times) => Float64Array.of(8, 2 * times, times, times));
  const content = { scene: sceneOf(runs, { selected: 0 }), counted, epochs: null };
  const xsOf = (samples: Float64Array | null) => {
    const bands = [{ key: "", samples, low, median, high }];
    const chart = lossChartOf({ seldom, ...content, bands, size: { width: 300, height: 200 }, look: LOOK });
    return marksOf(at(chart, 3), "median")[0].x;
  };
  assert.deepEqual(xsOf(null), xsOf(Float64Array.of(0, 5, 10, 15)));
  assert.notDeepEqual(xsOf(null), xsOf(Float64Array.of(0, 1, 2, 3)));
});

test("names say what differs", () => {
  assert.deepEqual(shortened(["Gradient descent 0.1", "Gradient descent 1"]), ["0.1", "1"]);
  assert.deepEqual(
    shortened(["Gradient descent 0.1", "Gradient descent 1"], () => true),
    ["Gradient descent 0.1", "Gradient descent 1"],
  );
  assert.deepEqual(shortened(["Adam", "Adam 2"]), ["Adam", "Adam 2"]);
  assert.deepEqual(shortened(["Gradient descent"]), ["Gradient descent"]);
  assert.deepEqual(shortened(["Momentum (averaged)", "Adam"]), ["Momentum", "Adam"]);
  assert.deepEqual(shortened(["Adam (deck)", "Adam (slide)"]), ["(deck)", "(slide)"]);
});

function covered(...lines: [number, number, number, number][]) {
  const occupancy = createOccupancy({ left: 0, top: 0, width: 300, height: 200 }, 4);
  for (const line of lines) occupancy.markSegment(...line);
  return occupancy;
}

const ROOM = { left: 0, top: 0, width: 300, height: 200 };

test("names cover neither each other nor a line, however steep", () => {
  const occupancy = covered([100, 100, 300, 100], [150, 0, 152, 200]);
  const places = placeNames(
    [
      { x: 100, y: 100, width: 40 },
      { x: 100, y: 100, width: 40 },
      { x: 295, y: 100, width: 50 },
    ],
    occupancy,
    ROOM,
  );
  // Each with the width of its name and its marker.
  const placed = places!.map((place, k) => ({ ...place, width: [40, 40, 50][k] + 13 }));
  placed.forEach((one, k) => {
    assert.ok(Math.abs(one.y - 100) >= 6 || one.x + one.width <= 100, "off the flat line");
    assert.ok(one.x + one.width <= 150 || one.x >= 152, "off the steep line");
    assert.ok(one.x >= 0 && one.x + one.width <= 300, "in the chart");
    for (const other of placed.slice(k + 1))
      assert.ok(Math.abs(one.y - other.y) >= 12 || one.x + one.width <= other.x || other.x + other.width <= one.x);
  });
});

test("a name that may be taken for another's has its marker before it", () => {
  const marked = (...ends: [number, number, number][]) =>
    placeNames(
      ends.map(([x, y, width]) => ({ x, y, width })),
      covered(),
      ROOM,
    )!.map((place) => place.marked);
  assert.deepEqual(marked([100, 100, 50]), [false]);
  assert.deepEqual(marked([100, 100, 50], [103, 101, 50]), [true, true], "where they end at one place");
  assert.deepEqual(marked([100, 40, 50], [100, 140, 50]), [false, false], "each beside its own");
  // Off its own end, as the line of another runs through there.
  const [place] = placeNames([{ x: 100, y: 100, width: 50 }], covered([100, 100, 300, 100]), ROOM)!;
  assert.ok(Math.abs(place.y - 100) < 12 || place.leader, "near its end, or led to");
});

test("a line that leaves the top and comes back says how high it gets", () => {
  const named = (losses: number[]) => ({ ...run(losses), short: "SGD" });
  const leaping = Array.from({ length: 40 }, (_, k) => (k === 10 ? 1e5 : k === 30 ? 1900 : k === 39 ? 3 : 1));
  const shown = lossChartOf({
    seldom,
    scene: sceneOf([named(Array.from({ length: 40 }, (_, k) => 10 / (k + 1))), named(leaping)]),
    counted: null,
    bands: null,
    epochs: null,
    size: { width: 500, height: 200 },
    look: LOOK,
  });
  assert.deepEqual(
    shown.lines.map((line) => peaksOut(shown, line)),
    [[], [10, 30]],
  );
  const svg = svgOf("Loss", { size: shown.size, scales: shown, look: LOOK, marks: at(shown, 0) });
  const told = elementsOf(svg).flatMap(({ tag, text, attributes: { fill } }) =>
    tag === "text" && fill !== "none" && text.startsWith("up to") ? [text] : [],
  );
  assert.deepEqual(told, ["up to 10⁵"]);
});

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
    const chart = lossChartOf({ seldom, ...given, scene: sceneOf(runs, { evidence: all, expected: all, ...more }) });
    return svgOf("Loss", { size, scales: chart, look: LOOK, marks: at(chart, 4) });
  };
  assertPicture("loss-evidence", drawnWith(EVIDENCE));
  const strong = (svg: string) =>
    elementsOf(svg).flatMap(({ attributes, text }) =>
      attributes["font-weight"] === "600" && attributes.fill !== "none" && text !== "step" ? [text] : [],
    );
  assert.deepEqual(strong(drawnWith(EVIDENCE)), ["0.5", "3", "1"]);
  assert.deepEqual(strong(drawnWith({ ...EVIDENCE, stays: true })), ["0.5", "3", "3"]);
  assert.deepEqual(strong(drawnWith({ ...EVIDENCE, loss: null, runs: [1] })), ["4"]);
  const untold = drawnWith(EVIDENCE, { evidence: [] });
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
  const chart = lossChartOf({ seldom, ...given, scene: sceneOf(runs, { evidence: all, expected: all }) });
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
  const chart = lossChartOf({ seldom, ...given, scene: sceneOf(runs, { evidence, expected: evidence }) });
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
  const shown = sceneOf(runs, { evidence: told, expected: told });
  const given = { seldom, scene: shown, counted: null, bands: null, epochs: null, look: LOOK };
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
    const shown = sceneOf([noisy], { evidence, expected: evidence });
    const given = { scene: shown, counted: null, bands: null, epochs: null, size, look: LOOK };
    const chart = lossChartOf({ ...given, seldom });
    return svgOf("Loss", { size, scales: chart, look: LOOK, marks: at(chart, 5) });
  };
  assertPicture("loss-level", drawnWith(level));
  assert.ok(drawnWith({ kind: "ends", least: 1 }).includes("Batch of 1: 10 %"));
});

test("losses on their tints, named, as far as they have been walked; what is pointed at has a ring", () => {
  const runs = [
    { ...run([10, 4, 1, 0.5, 0.3]), short: "Gradient descent", phases: [] },
    { ...run([10, 30, 2e4], "diverged"), short: "Too fast", slot: 1, phases: [] },
  ];
  const size = { width: 420, height: 220 };
  const given = { scene: sceneOf(runs, { selected: 0 }), counted: null, bands: null, epochs: null, size, look: LOOK };
  const chart = lossChartOf({ ...given, seldom });
  const marks = at(chart, 2.5, { run: 0, step: 1 });
  assertPicture("loss", svgOf("Loss", { size, scales: chart, look: LOOK, marks }));
});

test("a name that is too long for its place keeps its values, as long as they tell it from the others", () => {
  const written = (names: string[]) =>
    textsOf(
      names.map((name) => ({ name }) as ChartLine),
      LOOK,
      0,
      80,
    ).map(({ text }) => text);
  assert.deepEqual(written(["Descent", "Momentum 0.04, β 0.9"]), ["Descent", "0.04, β 0.9"]);
  assert.deepEqual(written(["Heavy ball β 0.64", "Adam"]), ["β 0.64", "Adam"]);
  assert.match(written(["Nesterov momentum 0.1", "Momentum averaged 0.1"])[0], /^Nest.*…$/);
});

test("where a name has no place it is not struck through: all stand in a list", () => {
  const lines: [number, number, number, number][] = Array.from({ length: 40 }, (_, k) => [0, k * 5, 300, k * 5]);
  assert.deepEqual(placeNames([{ x: 100, y: 100, width: 50 }], covered(...lines), ROOM), null);
});

test("every one of eight runs is named, off the lines and off each other, where they end at one loss too", () => {
  const names = [
    "Gradient descent",
    "Momentum (averaged)",
    "Nesterov momentum",
    "Heavy ball",
    "AdaGrad",
    "RMSProp",
    "Adam 0.1",
    "Adam 0.4",
  ];
  const runs = names.map((name, k) => ({
    ...run([100, 1, k < 5 ? 0.01 : 1e-4, ...Array(k).fill(0.01)]),
    short: name,
    slot: k,
  }));
  for (const height of [80, 145, 300]) {
    const { box, names: placed } = lossChartOf({
      seldom,
      scene: sceneOf(runs),
      counted: null,
      bands: null,
      epochs: null,
      size: { width: 290, height },
      look: LOOK,
    });
    assert.deepEqual(
      placed.map(({ line }) => line.slot),
      [0, 1, 2, 3, 4, 5, 6, 7],
    );
    assert.ok(placed.every(({ text, leader }) => text && leader));
    const order = placed.toSorted((a, b) => a.y - b.y);
    for (const [k, { y, size }] of order.slice(1).entries())
      assert.ok(y - order[k].y >= size - 1e-9, `apart at ${height}`);
    assert.ok(
      placed.every(
        ({ x, y, width, size }) =>
          x > box.left + box.width && x + 13 + width <= 290 && y >= size / 2 && y + size / 2 < height,
      ),
    );
  }
});

test("a name stands at the end of its line, also where this leaves by the top, or a line leads to it", () => {
  // x² from −1.5 at rates 0.05, 0.3, 1 and 1.05: each step multiplies the loss by (1 − 2 rate)².
  const runs = [0.05, 0.3, 1, 1.05].map((rate, slot) => ({
    ...run(Array.from({ length: 31 }, (_, k) => 2.25 * (1 - 2 * rate) ** (2 * k))),
    slot,
    short: `Gradient descent ${rate}`,
  }));
  for (const [width, height] of pairs(284, 150, 320, 220, 346, 190, 500, 380)) {
    const content = { scene: sceneOf(runs), counted: null, bands: null, epochs: null };
    const chart = lossChartOf({ seldom, ...content, size: { width, height }, look: LOOK });
    const { names, steps } = chart;
    assert.equal(names.length, 4);
    for (const { line, x, y, width: wide, leader, text } of names) {
      const end = endOf(chart, line, steps);
      const away = Math.hypot(Math.max(0, x - end.x, end.x - x - wide), y - end.y);
      assert.ok(away < 20 || leader, `${text}: ${away} at ${width} x ${height}`);
    }
  }
});

test("one name without a place puts all of them in a list", () => {
  const flat = Array.from({ length: 4 }, (_, k) => ({
    ...run(
      Array(200)
        .fill(0)
        .map((_, row) => ((row + k) % 2 ? 1e-9 : 100)),
    ),
    short: `Run number ${k}`,
    slot: k,
  }));
  const { names } = lossChartOf({
    seldom,
    scene: sceneOf(flat),
    counted: null,
    bands: null,
    epochs: null,
    size: { width: 290, height: 60 },
    look: LOOK,
  });
  assert.equal(names.length, 4);
});

test("a loss at the floor says so on the axis, wherever the other ticks fall", () => {
  for (const height of [60, 110, 150, 200, 300]) {
    const { ticks } = lossAxis(sceneOf([run([5, 1e-300])]), null, height);
    assert.deepEqual(ticks[0], { at: 0, text: "≤10⁻¹⁶" });
    const gaps = ticks.slice(1).map(({ at }, k) => at - ticks[k].at);
    assert.ok(Math.min(...gaps) * height > 16, `room between the ticks of ${height} pixels`);
  }
});

test("counted from a base, what its last bits may be is no loss", () => {
  const problem = { minima: [{ at: [0, 0], loss: -78.33233140754282 }] };
  const axis = lossAxis(
    sceneOf([run([100, -78.33233140754281])], {
      levels: { kind: "decades", base: -78.33233140754282, values: [0] },
      problem,
    }),
    null,
    200,
  );
  assert.equal(axis.place(-78.33233140754281), axis.place(-78.33233140754282));
});

test("a line that leaves by the top ends where it meets the edge, however long its last step", () => {
  const chart = lossChartOf({
    seldom,
    scene: sceneOf([run([1, 0.1]), run([1, 1e30], "diverged")]),
    counted: null,
    bands: null,
    epochs: null,
    size: { width: 400, height: 200 },
    look: LOOK,
  });
  const { box, y, lines, steps } = chart;
  const end = endOf(chart, lines[1], steps);
  const [inside, outside] = [y.place(1), y.place(1e30)];
  assert.deepEqual([end.off, end.y], [true, box.top]);
  assert.ok(Math.abs((end.x - box.left) / box.width - (1 - inside) / (outside - inside)) < 1e-9);
  assert.ok(end.x < box.left + box.width);
});

test("the playhead moves what has been walked, heads and a line, and a hover the others back", () => {
  const chart = lossChartOf({
    seldom,
    scene: sceneOf([run([100, 10, 1, 0.1, 0.01]), run([100, 1, 0.01])]),
    counted: null,
    bands: null,
    epochs: null,
    size: { width: 400, height: 200 },
    look: LOOK,
  });
  const { left, width, top, height } = chart.box;
  const x = left + (1.5 / 4) * width;
  const half = at(chart, 1.5);
  // Half way from 10 to 1 is half a decade: 2.5 of the 4 from 0.01 to 100.
  const [head] = marksOf(half, "head");
  assert.ok(Math.abs(head.at[0] - x) < 1e-9 && Math.abs(head.at[1] - top - height * (1 - 2.5 / 4)) < 1e-9);
  assert.equal(marksOf(half, "walked")[0].clip.width, x - left + 1);
  assert.deepEqual(
    [1.5, 3].map((step) => marksOf(at(chart, step), "head").filter((each) => each.at[1] > 0).length),
    [2, 1],
    "the second has ended at step 2",
  );
  const hit = at(chart, 1.5, { run: 1, step: 1 });
  assert.deepEqual(
    marksOf(hit, "walked").map(({ opacity }) => opacity),
    [0.32, 1],
  );
  assert.equal(marksOf(hit, "ring")[0].at[0], left + width / 4);
  assert.ok(Number.isNaN(marksOf(half, "ring")[0].at[0]));
});

test("epochs are marked at the step that ends them, and no closer than marks and numbers can be told apart", () => {
  const content = {
    scene: sceneOf([run(Array.from({ length: 13 }, (_, k) => 100 / (k + 1)))], { theme: "day" }),
    size: { width: 400, height: 200 },
    look: LOOK,
  };
  const chart = lossChartOf({
    seldom,
    ...content,
    counted: null,
    bands: null,
    epochs: { run: 0, ends: [3, 6, 9, 12] },
  });
  const { left, width } = chart.box;
  const places = (marks: Mark[]) => marksOf(marks, "epochs")[0].x.filter((_: number, k: number) => k % 3 === 0);
  const texts = (marks: Mark[]) =>
    elementsOf(svgOf("", { size: content.size, scales: chart, look: LOOK, marks })).flatMap(
      ({ tag, text, attributes: { fill } }) => (tag === "text" && fill !== "none" ? [text] : []),
    );
  assert.deepEqual(texts([seldom.epochMarks(chart, [3, 6, 9, 12], null)]), ["epoch 1", "2", "3", "4"]);
  for (const [k, x] of places(at(chart, 0)).entries())
    assert.ok(Math.abs(x - left - (width * 3 * (k + 1)) / 12) < 1e-9);
  const counted = lossChartOf({
    seldom,
    ...content,
    counted: { title: "samples seen", of: [Float64Array.of(0, 5)], ghosts: [], prepared: [] },
    bands: null,
    epochs: { run: 0, ends: [3, 6] },
  });
  const [first] = places(at(counted, 0));
  assert.ok(Math.abs(first - counted.box.left - counted.box.width * counted.x.place(15)) < 1e-9, "by the samples seen");
  const none = lossChartOf({ seldom, ...content, counted: null, bands: null, epochs: { run: 0, ends: [] } });
  assert.deepEqual(marksOf(at(none, 0), "epochs"), []);
  const ends = Array.from({ length: 300 }, (_, k) => (12 * (k + 1)) / 300);
  const close = [seldom.epochMarks(chart, ends, null)];
  assert.ok(places(close).every((x: number, k: number, all: number[]) => x - (k ? all[k - 1] : left) >= 6 - 1e-9));
  assert.match(texts(close)[0], /^epoch (20|50)$/);
});

test("over seeds the band lies between the quartiles at the samples seen by each step; the run itself is thin", () => {
  const band = {
    key: "",
    samples: Float64Array.of(0, 3, 6, 7),
    low: Float64Array.of(100, 10, 1, 0.1),
    median: Float64Array.of(100, 20, 2, 0.2),
    high: Float64Array.of(100, 40, 4, NaN),
  };
  const content = {
    scene: sceneOf([run([100, 20, 2, 0.2])], { theme: "day" }),
    size: { width: 400, height: 200 },
    look: LOOK,
    epochs: null,
  };
  const chart = lossChartOf({
    seldom,
    ...content,
    counted: { title: "samples seen", of: [Float64Array.of(0, 3, 6, 7)], ghosts: [], prepared: [] },
    bands: [band],
  });
  const { box } = chart;
  const drawnAll = at(chart, 0);
  const placesOf = (marks: Mark[], of: string): number[][] => {
    const [{ x, y }] = marksOf(marks, of);
    return Array.from(x, (value: any, k) => [value, y[k]]);
  };
  assert.deepEqual(placesOf(drawnAll, "median"), pairs(0, 100, 3, 20, 6, 2, 7, 0.2));
  const outline = placesOf(drawnAll, "band");
  assert.deepEqual(outline.slice(0, 4), pairs(0, 100, 3, 10, 6, 1, 7, 0.1));
  assert.ok(yOf(chart, outline[4][1]) < box.top, "where the upper quartile is not finite the band leaves the chart");
  assert.deepEqual(
    ["band", "median"].map((of) => marksOf(drawnAll, of).length),
    [1, 1],
  );
  assert.equal(marksOf(drawnAll, "walked")[0].marks[0].width, 0.9);
  const hidden = { ...run([100, 20]), end: null };
  const ahead = lossChartOf({
    seldom,
    ...content,
    scene: sceneOf([hidden], { wholeRuns: [run([100, 20, 2, 0.2])] }),
    counted: null,
    bands: [band],
  });
  assert.equal(placesOf(at(ahead, 0), "median").length, 2, "no further than the run is shown");
  assert.deepEqual(marksOf(at(lossChartOf({ seldom, ...content, counted: null, bands: [null] }), 0), "band"), []);
});

test("the average of a run's steps is a line of its own, in sight however low it lies", () => {
  const content = { counted: null, bands: null, epochs: null, size: { width: 400, height: 200 }, look: LOOK };
  const values = Float64Array.of(4, 1, 2e-9);
  const ink = "ink" as const;
  const average: ChartLine = { values, first: 2, run: 0, of: "average", slot: null, ink, name: "average from 2" };
  const chart = lossChartOf({ ...content, scene: sceneOf([run([9, 5, 4, 4, 4])]), average });
  const bottom = chart.box.top + chart.box.height;
  assert.ok(yOf(chart, 2e-9) < bottom, "above the axis");
  assert.deepEqual(
    chart.names.map(({ text }) => text),
    ["run", "average from 2"],
  );
  const [, line] = marksOf(at(chart, 4), "walked");
  assert.deepEqual([Array.from(line.marks[0].x), line.marks[0].stroke], [[2, 3, 4], "ink"]);
  const [own, head] = marksOf(at(chart, 3), "head");
  assert.ok(head.at[1] > own.at[1], "lower than its run");
});
