import assert from "node:assert/strict";
import { test } from "node:test";
import type { Mark } from "../../../../static/page/marks/mark.ts";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import type { LineChart } from "../../../../static/page/pictures/chart/lineChart.ts";
import { lineChartMarks } from "../../../../static/page/pictures/chart/lineChart.ts";
import { type ChartLine, endOf, xOf, yOf } from "../../../../static/page/pictures/chart/plot.ts";
import { lossAxis, lossChartOf, stepAxis } from "../../../../static/page/pictures/loss/chart.ts";
import { marksOf } from "../../marks.ts";
import { pairs } from "../../pairs.ts";
import { assertPicture, elementsOf, LOOK } from "../../pictures.ts";
import { runOf, sceneOf } from "../../runs.ts";

const run = (loss: number[], reason: string = "max_steps") => runOf({ loss, reason });

/** What the chart shows at a step. */
const at = (chart: LineChart, step: number, hit: any = null) =>
  lineChartMarks(chart, { at: step, valuesAt: step, highlighted: null, hit });

test("losses from one end of the scale to the other are in the chart, in order", () => {
  const axis = lossAxis(sceneOf([run([100, 3, 0.02])]), null, 200);
  assert.deepEqual([axis.place(100) <= 1, axis.place(0.02) >= 0], [true, true]);
  assert.ok(axis.place(100) > axis.place(3) && axis.place(3) > axis.place(0.02));
});

test("losses that span less than two decades have the height to themselves, with round losses beside it", () => {
  const axisOf = (losses: number[]) => lossAxis(sceneOf([run(losses)]), null, 110);
  const texts = (losses: number[]) => axisOf(losses).ticks.map(({ text }) => text);
  assert.deepEqual(texts([3.8, 2.4, 2.25]), ["2", "3", "4", "5"]);
  assert.deepEqual([axisOf([3.8, 2.25]).valueAt(0), axisOf([3.8, 2.25]).valueAt(1)].map(Math.round), [2, 5]);
  assert.deepEqual(texts([6, 0.35]), ["0.3", "1", "3", "10"]);
  assert.deepEqual(texts([2, 2]), ["2", "3", "4", "5"], "what does not change has a scale, too");
});

test("a run that leaves does not press the others flat, and its line goes out of the top", () => {
  const axis = lossAxis(sceneOf([run([10, 1, 0.1]), run([10, 1e20, 1e80], "diverged")]), null, 200);
  assert.ok(axis.place(0.1) < 0.2 && axis.place(10) > 0.8);
  assert.ok(axis.place(1e80) > 1.02);
});

test("a run that ends above the chart says at which loss, unless it diverges", () => {
  const named = (short: string, loss: number[], reason?: string) => ({ ...run(loss, reason), short });
  const growing = [10, 20, 60, 200, 685];
  const runs = [
    named("calm", [10, 1, 0.1]),
    named("growing", growing),
    named("far", [10, 200, 4000, 40000, 150000]),
    named("gone", [10, 1e20, 1e80], "diverged"),
  ];
  const size = { width: 420, height: 220 };
  const { lines } = lossChartOf({ scene: sceneOf(runs), counted: null, bands: null, epochs: null, size, look: LOOK });
  assert.deepEqual(
    lines.map(({ name }) => name),
    ["calm", "growing: 685", "far: 1.50×10⁵", "gone"],
  );
});

test("a run has the dash that it has on the map, but where it swings", () => {
  const swinging = Array.from({ length: 40 }, (_, k) => (k % 2 ? 0.1 : 10));
  const runs = [run([10, 1, 0.1]), { ...run([10, 2, 0.3]), slot: 1 }, { ...run(swinging), slot: 1 }];
  const size = { width: 420, height: 220 };
  const { lines } = lossChartOf({ scene: sceneOf(runs), counted: null, bands: null, epochs: null, size, look: LOOK });
  assert.deepEqual(
    lines.map(({ dash }) => dash?.length),
    [0, 2, 0],
  );
});

test("nothing falls through the floor: what has nothing left to lose stands on it", () => {
  const axis = lossAxis(sceneOf([run([1, 1e-300, 0])]), null, 200);
  assert.equal(axis.place(0), axis.place(1e-300));
  assert.ok(axis.place(0) >= 0);
});

test("where the least loss is not known no run is counted from its own last loss", () => {
  // cos(3x) + y^2, by descent at 0.05 from (1, 1): after 50 steps 2.7e-5 above -1. A sample of the map lies as deep.
  const losses = [0.01, -0.5, -0.999973];
  const axis = lossAxis(
    sceneOf([run(losses)], { levels: { kind: "decades", base: -0.99991, values: [0] } }),
    null,
    200,
  );
  assert.equal(axis.base, -1);
  assert.ok(Math.abs(axis.valueAt(axis.place(-0.999973)) / 2.7e-5 - 1) < 0.01);
});

test("a chart too low for two ticks has one", () => {
  assert.equal(lossAxis(sceneOf([run([0.12, 0.06])]), null, 40).ticks.length, 1);
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

test("of a loss that goes far below the runs the axis is even, below 0 too, and begins where they end", () => {
  const levels = { kind: "decades", base: -13750, values: [10000] };
  const axis = lossAxis(sceneOf([run([5, 0, -300]), run([5, -200, 1e40], "diverged")], { levels }), null, 200);
  const [up, down] = [axis.place(100) - axis.place(0), axis.place(0) - axis.place(-100)];
  assert.ok(Math.abs(up - down) < 1e-9);
  assert.ok(axis.place(-300) >= 0 && axis.place(-300) < 0.3);
  assert.equal(axis.base, undefined);
  const near = lossAxis(sceneOf([run([5, -4.99])], { levels: { ...levels, base: -5 } }), null, 200);
  assert.ok(
    near.place(-4.9) - near.place(-4.99) > near.place(5) - near.place(4.9),
    "a run near to the least: by powers",
  );
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
  const counted = { count: "evaluations" as const, runs: [Float64Array.of(0, 6, 8), null], ghosts: [], prepared: [] };
  const content = { scene: sceneOf(runs, { selected: 0 }), counted, bands: null, epochs: null };
  const chart = lossChartOf({ ...content, size: { width: 300, height: 200 }, look: LOOK });
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
  const counted = { count: "samples" as const, runs: [Float64Array.of(0, 5)], ghosts: [], prepared: [] };
  const [low, median, high] = [1, 2, 4].map((times) => Float64Array.of(8, 2 * times, times, times));
  const content = { scene: sceneOf(runs, { selected: 0 }), counted, epochs: null };
  const xsOf = (samples: Float64Array | null) => {
    const bands = [{ key: "", samples, low, median, high }];
    const chart = lossChartOf({ ...content, bands, size: { width: 300, height: 200 }, look: LOOK });
    return marksOf(at(chart, 3), "median")[0].x;
  };
  assert.deepEqual(xsOf(null), xsOf(Float64Array.of(0, 5, 10, 15)));
  assert.notDeepEqual(xsOf(null), xsOf(Float64Array.of(0, 1, 2, 3)));
});

test("a line that leaves the top and comes back says how high it gets", () => {
  const named = (losses: number[]) => ({ ...run(losses), short: "SGD" });
  const leaping = Array.from({ length: 40 }, (_, k) => (k === 10 ? 1e5 : k === 30 ? 1900 : k === 39 ? 3 : 1));
  const shown = lossChartOf({
    scene: sceneOf([named(Array.from({ length: 40 }, (_, k) => 10 / (k + 1))), named(leaping)]),
    counted: null,
    bands: null,
    epochs: null,
    size: { width: 500, height: 200 },
    look: LOOK,
  });
  const svg = svgOf("Loss", { size: shown.size, scales: shown, look: LOOK, marks: at(shown, 0) });
  const told = elementsOf(svg).flatMap(({ tag, text, attributes: { fill } }) =>
    tag === "text" && fill !== "none" && text.startsWith("up to") ? [text] : [],
  );
  const heads = elementsOf(svg).filter(({ attributes: { d } }) => d === "M0 -9L5 1L-5 1Z");
  const { left, width } = shown.box;
  const rows = heads.map(({ x }) => Math.round((39 * (x - left)) / width));
  assert.deepEqual([...new Set(rows)], [10, 30]);
  assert.deepEqual(told, ["up to 10⁵"]);
});

test("losses on their tints, named, as far as they have been walked; what is pointed at has a ring", () => {
  const runs = [
    { ...run([10, 4, 1, 0.5, 0.3]), short: "Gradient descent", phases: [] },
    { ...run([10, 30, 2e4], "diverged"), short: "Too fast", slot: 1, phases: [] },
  ];
  const size = { width: 420, height: 220 };
  const given = { scene: sceneOf(runs, { selected: 0 }), counted: null, bands: null, epochs: null, size, look: LOOK };
  const chart = lossChartOf({ ...given });
  const marks = at(chart, 2.5, { run: 0, step: 1 });
  assertPicture("loss", svgOf("Loss", { size, scales: chart, look: LOOK, marks }));
});

test("a loss at the floor says so on the axis, wherever the other ticks fall", () => {
  for (const height of [60, 110, 150, 200, 300]) {
    const { ticks } = lossAxis(sceneOf([run([5, 1e-300])]), null, height);
    assert.deepEqual(ticks[0], { at: 0, text: "≤10⁻¹⁶" });
    const gaps = ticks.slice(1).map(({ at }, k) => at - ticks[k].at);
    assert.ok(Math.min(...gaps) * height > 16, `room between the ticks of ${height} pixels`);
  }
});

test("losses below what a goal is shown down to are at the bottom, which says so", () => {
  const expected = [{ kind: "goal", loss: 0.0008 }];
  const lowest = (least: number) =>
    lossAxis(sceneOf([run([5, least])], { wholeEvidence: expected }), null, 200).ticks[0].text;
  assert.match(lowest(1e-12), /^≤/);
  assert.doesNotMatch(lowest(0.01), /^≤/);
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
  const epochsIn = (chart: LineChart) => at(chart, 0).filter((mark) => marksOf([mark], "epochs").length);
  assert.deepEqual(texts(epochsIn(chart)), ["epoch 1", "2", "3", "4"]);
  for (const [k, x] of places(at(chart, 0)).entries())
    assert.ok(Math.abs(x - left - (width * 3 * (k + 1)) / 12) < 1e-9);
  const counted = lossChartOf({
    ...content,
    counted: { count: "samples", runs: [Float64Array.of(0, 5)], ghosts: [], prepared: [] },
    bands: null,
    epochs: { run: 0, ends: [3, 6] },
  });
  const [first] = places(at(counted, 0));
  assert.ok(Math.abs(first - counted.box.left - counted.box.width * counted.x.place(15)) < 1e-9, "by the samples seen");
  const none = lossChartOf({ ...content, counted: null, bands: null, epochs: { run: 0, ends: [] } });
  assert.deepEqual(marksOf(at(none, 0), "epochs"), []);
  const ends = Array.from({ length: 300 }, (_, k) => (12 * (k + 1)) / 300);
  const close = epochsIn(lossChartOf({ ...content, counted: null, bands: null, epochs: { run: 0, ends } }));
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
    ...content,
    counted: { count: "samples", runs: [Float64Array.of(0, 3, 6, 7)], ghosts: [], prepared: [] },
    bands: [band],
  });
  const { box } = chart;
  const drawnAll = at(chart, 0);
  const placesOf = (marks: Mark[], of: string): number[][] => {
    const [{ x, y }] = marksOf(marks, of);
    return Array.from(x, (value, k) => [value, y[k]]);
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
    ...content,
    scene: sceneOf([hidden], { wholeRuns: [run([100, 20, 2, 0.2])] }),
    counted: null,
    bands: [band],
  });
  assert.equal(placesOf(at(ahead, 0), "median").length, 2, "no further than the run is shown");
  assert.deepEqual(marksOf(at(lossChartOf({ ...content, counted: null, bands: [null] }), 0), "band"), []);
});

test("the average of a run's steps is a line of its own, in sight however low it lies", () => {
  const content = { counted: null, bands: null, epochs: null, size: { width: 400, height: 200 }, look: LOOK };
  const values = Float64Array.of(4, 1, 2e-9);
  const ink = "ink" as const;
  const average: ChartLine = { values, first: 2, run: 0, quantity: "average", slot: null, ink, name: "average from 2" };
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
