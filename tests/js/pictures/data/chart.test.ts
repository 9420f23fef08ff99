import assert from "node:assert/strict";
import { test } from "node:test";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import type { Point } from "../../../../static/page/math/fit.ts";
import { COLOURS } from "../../../../static/page/math/palette.ts";
import { xOf, yOf } from "../../../../static/page/pictures/chart/plot.ts";
import { pointDescription, pointWords } from "../../../../static/page/pictures/data/handles.ts";
import type { DataContent, DataDrawing } from "../../../../static/page/pictures/data/index.ts";
import { captions, createDataMarks, dataAxes } from "../../../../static/page/pictures/data/index.ts";
import { bottomOf, plotAreaOf, pointAt, spanOf } from "../../../../static/page/pictures/data/plotArea.ts";
import type { Run, Shares } from "../../../../static/page/state/types.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";
import { assertPicture, elementsOf } from "../../pictures.ts";

const POINTS: [number, number][] = pairs(0.6, 1.1, 0.8, 1.2, 1.1, 2.1);
const SIZE = { width: 400, height: 300 };

/** A run that stands on one line for ever. */
const runOf = (name: string, slot: number, slope: number, intercept: number, batch: number[] | null = null) => ({
  short: name,
  slot,
  hidden: false,
  length: 1,
  end: null,
  columns: { parameters: [Float64Array.of(slope), Float64Array.of(intercept)], batch: batch && [batch] },
});

const SHARES = partOf<Shares>({
  run: 0,
  parameter: "slope",
  total: "sum −3.440",
  values: new Map(pairs(0, -0.6, 2, -2.2)),
  residuals: new Map(pairs(0, 0.5, 2, 1)),
  byParameter: [
    {
      parameter: "slope",
      value: new Map(pairs(0, -0.6, 2, -2.2)),
    },
    {
      parameter: "intercept",
      value: new Map(pairs(0, -1, 2, -2)),
    },
  ],
});

const drawingOf = (change?: object): any => ({
  ...plotAreaOf({ points: POINTS, xLabel: "shoe size" }, SIZE, true, 1),
  step: 0,
  leader: 0,
  highlighted: null,
  shares: SHARES,
  batch: [0, 2],
  scene: { theme: "day", shownRuns: [runOf("Gradient descent", 0, 1, 0, [0, 2]), runOf("Adam", 1, 1.5, 0.2)] },
  content: { points: POINTS, standardized: false, xLabel: "shoe size", yLabel: "height" },
  look: { colours: COLOURS.day, family: "serif", scale: 1 },
  ...change,
});

const svgOfData = (drawing: DataDrawing, size = SIZE) => {
  const marks = createDataMarks()(drawing, dataAxes(drawing));
  return svgOf("Data", { size, scales: drawing, look: drawing.look, marks });
};

/** What is written, what stands where it is said to, and how many markers of runs there are. */
function drawn(drawing: DataDrawing) {
  const all = elementsOf(svgOfData(drawing));
  const of = (...names: string[]) => all.filter(({ attributes }) => names.includes(attributes["data-of"]));
  const texts = all.filter(({ tag }) => tag === "text").map(({ text }) => text);
  // Around each lies its casing, wider than around any other shape.
  const markers = all.filter(({ attributes }) => attributes["stroke-width"] === "2.4").length;
  return { texts, of, markers };
}

test("a pixel and the point it stands for are each other's way back", () => {
  const area = plotAreaOf({ points: POINTS, xLabel: "shoe size" }, SIZE, false, 1);
  for (const [x, y] of POINTS) {
    const [px, py] = pointAt(area, xOf(area, x), yOf(area, y));
    assert.ok(Math.abs(px - x) < 0.01 && Math.abs(py - y) < 0.01);
  }
});

test("of lines that lie on one another some have names, which stand apart, and the others their markers", () => {
  const names = ["One", "Two", "Three", "Four", "Five", "Six"];
  const runs = [runOf("First", 0, 1.5, 0), ...names.map((name, k) => runOf(name, k + 1, 1, 0.001 * k))];
  const drawing = drawingOf({ scene: { theme: "day", shownRuns: runs }, shares: null, batch: null });
  const texts = elementsOf(svgOfData(drawing)).filter(({ tag, text }) => tag === "text" && names.includes(text));
  const heights = texts.map(({ attributes: { x, y } }) => [Number(x), Number(y)]);
  assert.ok(texts.length && new Set(texts.map(({ text }) => text)).size < names.length);
  for (const [k, [x, y]] of heights.entries())
    for (const [l, [otherX, otherY]] of heights.entries())
      if (texts[k].text !== texts[l].text)
        assert.ok(Math.abs(x - otherX) > 30 || Math.abs(y - otherY) >= 13, `${k} ${l}`);
});

test("where all lines lie on one another, one name stands for them", () => {
  const runs = ["First", "Second", "Third"].map((name, k) => runOf(name, k, 1, 0.001 * k));
  const { texts } = drawn(drawingOf({ scene: { theme: "day", shownRuns: runs } }));
  assert.ok(texts.includes("All three runs") && texts.includes("y = 1.00 x + 0"), `${texts}`);
  assert.ok(!["First", "Second", "Third"].some((name) => texts.includes(name)), `${texts}`);
});

test("the strip stands under the points, and both within the chart", () => {
  const [bare, both] = [
    plotAreaOf({ points: POINTS, xLabel: "shoe size" }, SIZE, false, 1),
    plotAreaOf({ points: POINTS, xLabel: "shoe size" }, SIZE, true, 1),
  ];
  assert.equal(bottomOf(bare), bottomOf(both));
  assert.ok(both.strip && both.strip.top > both.box.top + both.box.height);
  assert.ok(bottomOf(both) < SIZE.height);
});

/** Of each residual that has its number: what it says and the middle of its height. */
function numbersIn(points: [number, number][], run: unknown, highlighted: number | null = null) {
  const area = plotAreaOf({ points, xLabel: "x" }, SIZE, false, 1);
  const content = { points, standardized: false, xLabel: "x", yLabel: "y" };
  const scene = { theme: "day", shownRuns: [run] };
  const svg = svgOfData(drawingOf({ ...area, content, highlighted, shares: null, batch: null, scene }));
  const inPlot = svg.split('clip-path="')[1].split('data-of="labels"')[0];
  return { area, numbers: elementsOf(inPlot).filter(({ tag, attributes }) => tag === "text" && !attributes.stroke) };
}

test("0, where the intercept is read, is on the axis, but for points that are all far from it", () => {
  const isOnAxis = (...xs: number[]) => {
    const points = xs.map((x): Point => [x, 1]);
    const place = plotAreaOf({ points, xLabel: "x" }, SIZE, false, 1).x.place(0);
    return place >= 0 && place <= 1;
  };
  assert.ok(isOnAxis(4, 25) && isOnAxis(-25, -4) && isOnAxis(-1, 2));
  assert.ok(!isOnAxis(1960, 2020) && !isOnAxis(-30, -20));
});

test("residuals go without numbers that would cover one another, but for the one that is pointed at", () => {
  const points: [number, number][] = [
    [0.6, 1.1],
    ...Array.from({ length: 7 }, (_, k): [number, number] => [1.3, 2.2 + k / 1000]),
  ];
  const run = runOf("Gradient descent", 0, -1e6, -1e6);
  assert.ok(numbersIn(points, run).numbers.length < points.length);
  for (const k of points.keys()) assert.ok(numbersIn(points, run, k).numbers.length >= 2, `${k}`);
});

test("no line goes through the number of a residual, however small that is", () => {
  const points: [number, number][] = pairs(-3, 0, -2, 0.5, -1, 1, 0, 1.5, 1, 2, 2, 2.5, 3, 10);
  const { area, numbers } = numbersIn(points, runOf("Gradient descent", 0, 0.629, 1.53));
  assert.deepEqual(
    numbers.map(({ text }) => text),
    ["0.36", "0.23", "0.099", "−0.030", "−0.16", "−0.29", "6.6"],
  );
  for (const { x, y } of numbers) {
    const line = yOf(area, 0.629 * area.x.valueAt((x - area.box.left) / area.box.width) + 1.53);
    assert.ok(Math.abs(line - y) > 6.5);
  }
});

test("the chart names its axes, the other runs, the line's equation, each residual and what each point adds", () => {
  const { texts } = drawn(drawingOf());
  for (const text of [
    "shoe size",
    "height",
    "Gradient descent",
    "Adam",
    "y = 1.00 x + 0",
    "0.50",
    "0.40",
    "1.0",
    "adds to ∂L/∂slope",
    "sum −3.440",
    "−0.600",
    "−2.20",
  ])
    assert.ok(texts.includes(text), `${text} in ${texts}`);
});

test("points that the step sees are full, the others hollow; only these have a stem", () => {
  const drawing = drawingOf();
  const { of } = drawn(drawing);
  const { ink, paper, runs } = drawing.look.colours;
  const places = (some: { x: number; y: number }[]) => some.map(({ x, y }) => [x, y]);
  const at = POINTS.map(([x, y]) => [xOf(drawing, x), yOf(drawing, y)].map((value) => Math.round(100 * value) / 100));
  const dots = of("seen", "unseen");
  assert.deepEqual(places(dots), at);
  assert.deepEqual(
    dots.map(({ attributes }) => attributes.fill),
    [ink, paper, ink],
  );
  const stems = of("stem");
  assert.deepEqual(
    stems.map(({ x, attributes }) => [x, attributes.fill]),
    [at[0][0], at[2][0]].map((x) => [x, runs[0]]),
  );
  assert.ok(stems.every(({ y }) => y > drawing.strip.top));
});

test("a chart with little height leaves names to the markers, and keeps the equation", () => {
  const { texts } = drawn(
    drawingOf(plotAreaOf({ points: POINTS, xLabel: "shoe size" }, { width: 400, height: 160 }, true, 1)),
  );
  assert.ok(!texts.includes("Adam") && !texts.includes("Gradient descent"));
  assert.ok(texts.includes("y = 1.00 x + 0"));
});

test("an equation has a minus of its own, and what differs from 0 by rounding alone is 0", () => {
  const equation = (slope: number, intercept: number) =>
    drawn(drawingOf({ scene: { theme: "day", shownRuns: [runOf("Adam", 0, slope, intercept)] } })).texts.find((text) =>
      text.startsWith("y = "),
    );
  assert.equal(equation(-2.5, -0.125), "y = −2.50 x − 0.125");
  assert.equal(equation(-0.988, 6.94e-18), "y = −0.988 x + 0");
});

test("of a point that is highlighted its share of each component is told, and whether the step sees it", () => {
  assert.deepEqual(captions(SHARES, 2), ["adds −2.200 to ∂L/∂slope", "adds −2.000 to ∂L/∂intercept"]);
  assert.deepEqual(captions(SHARES, 1), ["not seen by this step", "sum −3.440"]);
  assert.equal(pointWords(drawingOf(), 2), "point 3 at 1.1, 2.1: residual 1.000");
  assert.equal(
    pointDescription(drawingOf(), 2),
    "Point 3: shoe size 1.1, height 2.1; residual 1.000; " +
      "adds −2.200 to the gradient in slope and −2.000 to the gradient in intercept",
  );
  assert.match(pointDescription(drawingOf(), 1), /; not seen by this step$/);
});

test("in standardised units a residual is told in both", () => {
  const content = { ...drawingOf().content, standardized: true };
  assert.match(pointWords(drawingOf({ content }), 0), /^point 1 at 0\.6, 1\.1: residual \S+, standardised 0\.5000$/);
});

test("a title that leaves the numbers no room has a row of its own", () => {
  const [short, long] = ["size", "shoe size (in a unit of its own)"].map((xLabel) =>
    plotAreaOf({ points: POINTS, xLabel }, { width: 300, height: 260 }, false, 1),
  );
  assert.equal(short.titleRow, 0);
  assert.ok(long.titleRow > 0);
  assert.equal(bottomOf(long) + long.titleRow, bottomOf(short));
});

test("words keep off the residuals of a line that is far out of sight, and off their numbers", () => {
  const area = plotAreaOf({ points: POINTS, xLabel: "x" }, { width: 260, height: 210 }, false, 1);
  for (const [slope, intercept] of pairs(11.2, 11.7, 11.2, -3300, 0.2, 9, -40, 60)) {
    const runs = [runOf("Gradient descent", 0, slope, intercept), runOf("Adam", 1, 1.5, 0.2)];
    const svg = svgOfData(drawingOf({ ...area, shares: null, batch: null, scene: { theme: "day", shownRuns: runs } }));
    const words = elementsOf(svg)
      .filter(
        ({ tag, attributes, x, y }) =>
          tag === "text" && !attributes["text-anchor"] && x > area.box.left && y < bottomOf(area),
      )
      .map(({ text, x, y }) => ({ text, left: x, right: x + 6 * text.length, y }));
    assert.ok(words.some(({ text }) => text.startsWith("y = ")));
    for (const { text, left, right, y } of words) {
      for (const other of words)
        if (other.text !== text)
          assert.ok(Math.abs(other.y - y) > 12 || other.left > right || left > other.right, `${text} on ${other.text}`);
      for (const [at, from] of POINTS) {
        const [x, high] = [xOf(area, at), yOf(area, from)];
        const crossed = x > left && x < right && (slope * at + intercept > from ? y < high - 8 : y > high + 8);
        assert.ok(!crossed || /^−?[\d.]+$/.test(text), `${text} over a residual`);
      }
    }
  }
});

/** A run over several rows. @param rows  slope and intercept */
const walked = (rows: number[][], change?: object): Run =>
  partOf({
    ...runOf("Gradient descent", 0, 0, 0),
    length: rows.length,
    columns: {
      loss: Float64Array.from(rows, () => 1),
      parameters: [0, 1].map((k) => Float64Array.from(rows, (row) => row[k])),
      batch: null,
    },
    ...change,
  });
const PICTURE = partOf<DataContent>({ points: POINTS, standardized: false });

test("the axis holds the lines of every run that shows, from its start on", () => {
  const [low, high] = spanOf(PICTURE, [walked(pairs(1, 0, 2, 0.5))]);
  assert.ok(low <= 0.6 + 1e-9 && low > 0.3, `${low}`); // y = x at 0.6
  assert.ok(high >= 2.7 && high < 3, `${high}`); // 2 x + 0.5 at 1.1
  assert.deepEqual(spanOf(PICTURE, [walked([[1, 0]], { hidden: true })]), [1.1, 2.1]);
  assert.deepEqual(spanOf(PICTURE, []), [1.1, 2.1]);
});

test("a run that runs away takes no room from the data but for its start", () => {
  const end = { stop_reason: "diverged", n_steps: 3, diverged_at: 3 };
  const away = pairs(1, 0, -2, 1, 4, -1, -90, 80);
  assert.deepEqual(spanOf(PICTURE, [walked(away, { end })]), spanOf(PICTURE, [walked([[1, 0]])]));
  const [low, high] = spanOf(PICTURE, [walked(pairs(1, 0, 300, -80))]);
  assert.ok(low > -1 && high < 4.2);
});

test("in standardised units the axis holds the same lines", () => {
  const [low, high] = spanOf({ ...PICTURE, standardized: true }, [walked([[0, 2]])]);
  const mean = (1.1 + 1.2 + 2.1) / 3;
  const deviation = Math.sqrt(POINTS.reduce((sum, [, y]) => sum + (y - mean) ** 2, 0) / 3);
  assert.equal(low, 1.1);
  assert.ok(high >= mean + 2 * deviation && high < mean + 2 * deviation + 0.26);
});

test("the axis moves by grains", () => {
  const first = spanOf(PICTURE, [walked([[1, 0]])]);
  assert.deepEqual(spanOf(PICTURE, [walked([[1.02, 0.01]])]), first);
  assert.notDeepEqual(spanOf(PICTURE, [walked([[0, 0]])]), first);
});

test("a residual whose line is out of sight ends at the edge with an arrow, and keeps its number", () => {
  const drawing = drawingOf({ scene: { theme: "day", shownRuns: [runOf("Gradient descent", 0, 0, -40)] } });
  const { box } = drawing;
  const { texts, of } = drawn(drawing);
  assert.ok(texts.includes("41.1") || texts.includes("41"), `${texts}`);
  assert.equal(of("exit").filter(({ y }) => Math.abs(y - (box.top + box.height)) < 0.01).length, 3);
});

test("names have no markers, which would pass for points, and markers alone stand beside the chart", () => {
  const at = (change: object) => drawn(drawingOf(change)).markers;
  const area = plotAreaOf({ points: POINTS, xLabel: "shoe size" }, { width: 400, height: 150 }, true, 1);
  const [alone, both] = [
    [runOf("Gradient descent", 0, 1, 0)],
    [runOf("Gradient descent", 0, 1, 0), runOf("Adam", 1, 1.5, 0)],
  ].map((runs) => ({ theme: "day", shownRuns: runs }));
  assert.equal(at({ scene: both }), 0);
  assert.equal(at({ ...area, scene: both }) - at({ ...area, scene: alone }), 1);
});

test("how many points lie at one place is told, of two alone not", () => {
  const rare: [number, number][] = [...Array.from({ length: 19 }, (): [number, number] => [0, 0]), [1, 2], [1, 2]];
  const content = { points: rare, standardized: false, xLabel: "x", yLabel: "y" };
  const svg = svgOfData(
    drawingOf({ ...plotAreaOf({ points: rare, xLabel: "x" }, SIZE, true, 1), content, shares: null }),
  );
  assert.deepEqual(
    elementsOf(svg).flatMap(({ text, attributes }) => (text.endsWith("×") && attributes.fill !== "none" ? [text] : [])),
    ["19 ×"],
  );
});

test("the data with two runs and a step on two points are the stored picture", () => {
  assertPicture("data", svgOfData(drawingOf()));
  assertPicture("data-pointed", svgOfData(drawingOf({ highlighted: 2 })));
});
