import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { screenX, screenY } from "../../../../static/page/marks/scales.ts";
import { lossAt, lossRange } from "../../../../static/page/pictures/map/ground/profile.ts";
import { axesOf } from "../../../../static/page/pictures/map/mapAxes.ts";
import type { MapLayout, StillMap } from "../../../../static/page/pictures/map/moment.ts";
import { tickEveryOf } from "../../../../static/page/pictures/map/paths/ticks.ts";
import { createTraces, traceOf } from "../../../../static/page/pictures/map/paths/trace.ts";
import { calloutRows } from "../../../../static/page/pictures/map/pointer/callout.ts";
import { directionsAt } from "../../../../static/page/pictures/map/steps/directions.ts";
import { curveStep, stepAt, upperEnd } from "../../../../static/page/pictures/map/steps/onCurve.ts";
import type { MapLook } from "../../../../static/page/pictures/map/style.ts";
import { areaOf } from "../../../../static/page/pictures/map/visibleArea.ts";
import type { Run, Scene } from "../../../../static/page/state/types.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";
import { runOf, sceneOf } from "../../runs.ts";

const XY = { parameters: ["x", "y"] };
const BOX = { left: 0, top: 0, width: 1000, height: 1000 };
const VIEW = areaOf(pairs(0, 10, 0, 10), BOX, true);

const walk = (points: [number, number][], gradient: [number, number][] | null = null) =>
  runOf({ name: "Adam", points, gradient, loss: points.map(([x, y]) => x * x + y) });

const wordsIn = (marks: any[]): string[] =>
  marks.flatMap((mark) => (mark.kind === "group" ? wordsIn(mark.marks) : mark.kind === "words" ? [mark.text] : []));

const traced = (run: Run) => traceOf({ run, index: 0, columns: run.columns.parameters, area: VIEW, domainBox: BOX });

test("arrows point against the gradient and along the step, on the screen", () => {
  const { downhill, step } = directionsAt(traced(walk(pairs(5, 5, 6, 5, 6, 6), pairs(0, -2, 1, 0))), 0, VIEW);
  assert.ok(Math.abs((downhill as number) + Math.PI / 2) < 1e-9, "up the screen");
  assert.equal(step, 0);
});

test("there is no arrow at the end, none downhill where no gradient has come, none where nothing moves", () => {
  assert.deepEqual(directionsAt(traced(walk(pairs(5, 5, 6, 5))), 1, VIEW), { downhill: null, step: null });
  assert.deepEqual(directionsAt(traced(walk(pairs(5, 5, 6, 5))), 0, VIEW), { downhill: null, step: 0 });
  assert.deepEqual(directionsAt(traced(walk(pairs(5, 5, 5, 5), [[0, 0]])), 0, VIEW), { downhill: null, step: null });
});

test("the callout says where, how high and how steep, as far as it is known", () => {
  // Columns have more room than rows: what lies beyond is 0, and no gradient.
  const run = walk(pairs(3, 1, 2.5, 0.5), pairs(3, 4, 0, 0));
  assert.deepEqual(calloutRows(run, 0, { parameters: ["slope", "intercept"] }), [
    ["slope", "3.000"],
    ["intercept", "1.000"],
    ["loss", "10.00"],
    ["|gradient|", "5.000"],
  ]);
  assert.deepEqual(calloutRows(run, 0, { ...XY, gradient_source: "JAX" }).at(-1), ["|gradient|", "5.000, by JAX"]);
  assert.deepEqual(
    calloutRows(run, 1, XY).map(([name]) => name),
    ["x", "y", "loss"],
  );
  const over = partOf<Run>({ ...run, end: { stop_reason: "target_loss", n_steps: 1, diverged_at: null } });
  assert.deepEqual(calloutRows(over, 1, XY).at(-1), ["ends", "as its loss is low enough"]);
  assert.notEqual(calloutRows(over, 0, XY).at(-1)?.[0], "ends");
});

test("ticks come every so many steps that a typical step leaves room", () => {
  const line = (step: number) => traced(walk(Array.from({ length: 50 }, (_, k) => [k * step, 5])));
  const look = partOf<MapLook>({ scale: 1 });
  assert.equal(tickEveryOf([line(0.2)], look), 1);
  assert.equal(tickEveryOf([line(0.04)], look), 5);
  assert.equal(tickEveryOf([line(0.018)], look), 10);
  assert.equal(tickEveryOf([], look), 1);
  assert.equal(tickEveryOf([traced(walk([[5, 5]]))], look), 1);
});

test("a profile shows the curve in sight, with room, and knows its gaps", () => {
  const x = Float64Array.from({ length: 61 }, (_, k) => -3 + k / 10);
  const landscape = { x, y: null, loss: x.map((v) => v * v), window: [[-3, 3]] as [number, number][] };
  const [low, high] = lossRange(landscape, [-1, 1], 500);
  assert.ok(low < 0 && low > -0.5 && high > 1 && high < 1.5, `${low} ${high}`);
  assert.ok(Math.abs((-low / (high - low)) * 500 - 68) < 1e-9, "the step has its pixels below");
  assert.ok(Math.abs(((high - 1) / (high - low)) * 500 - 34) < 1e-9, "the name of the axis has its pixels above");
  assert.ok(Math.abs(lossAt(landscape, 1.05) - 1.105) < 1e-9);
  assert.ok(Number.isNaN(lossAt(landscape, 3.2)) && Number.isNaN(lossAt(landscape, -3.2)));
  assert.deepEqual(lossRange({ ...landscape, loss: x.map(() => NaN) }, [-1, 1], 500), [0, 1]);
  assert.deepEqual(lossRange(null, [-1, 1], 500), [0, 1]);
});

test("the words of a tangent that leaves the frame are wanted where it does", () => {
  const box = { left: 0, top: 0, width: 400, height: 300 };
  assert.deepEqual(
    upperEnd(
      [20, 50],
      [
        [-80, 50],
        [120, 50],
      ],
      box,
    ),
    [0, 50],
  );
  assert.deepEqual(
    upperEnd(
      [200, 20],
      [
        [140, -60],
        [260, 100],
      ],
      box,
    ),
    [185, 0],
  );
  assert.deepEqual(
    upperEnd(
      [200, 150],
      [
        [140, 70],
        [260, 230],
      ],
      box,
    ),
    [140, 70],
  );
});

test("on a curve the tangent is as steep as the gradient, and the step lies along the axis", () => {
  const x = Float64Array.from({ length: 61 }, (_, k) => -3 + k / 10);
  const landscape = { x, y: null, loss: x.map((v) => v * v), window: [[-3, 3]] as [number, number][] };
  const run = runOf({ name: "Gradient descent", points: [[-2], [-1.6]], loss: [4, 2.56], gradient: [[-4]] });
  const scene = partOf<Scene>({
    problem: { parameters: ["x"], domain: [[-3, 3]], minima: [] },
    window: null,
    landscape,
    scale: 1,
    selected: null,
    hasHiddenRows: false,
    wholeRuns: [run],
  });
  const axes = axesOf(scene.problem.parameters);
  const area = axes.area(scene, BOX);
  const trace = traceOf({ run, index: 0, columns: axes.columns(run), area, domainBox: BOX });
  const layout = partOf<MapLayout>({ scene, traces: [trace], area, look: { box: BOX, scale: 1, compact: false } });
  const step = stepAt(layout, trace, 0, false);
  const [[x0, y0], [x1, y1]] = step?.tangent ?? pairs(0, 0, 0, 0);
  assert.ok(Math.abs((y0 - y1) / area.ky / ((x1 - x0) / area.kx) + 4) < 1e-9, "in the units of the axes");
  assert.ok(y0 < y1, "the upper end first");
  assert.deepEqual([step?.arrow?.from, step?.arrow?.to], [screenX(area, -2), screenX(area, -1.6)]);
  assert.deepEqual(step?.landing, [screenX(area, -1.6), screenY(area, 2.56)]);
  assert.equal(stepAt(layout, trace, 0, true)?.arrow, null, "what is hidden is not drawn");
  const last = stepAt(layout, trace, 1, false);
  assert.deepEqual([last?.tangent, last?.arrow], [null, null], "no step leads on from the last row");
});

test("of a step on a curve nothing is said that the evidence of a scene says beside it", () => {
  const x = Float64Array.from({ length: 61 }, (_, k) => -3 + k / 10);
  const landscape = { x, y: null, loss: x.map((v) => v * v), window: [[-3, 3]] as [number, number][] };
  const plain = [{ from: 0, words: "", plain: true, noisy: false }];
  const run = runOf({ points: [[-2], [-1.6]], loss: [4, 2.56], gradient: [[-4]], phases: plain });
  const problem = { parameters: ["x"], domain: [[-3, 3]], minima: [] };
  const scene = partOf<Scene>({ ...sceneOf([run], { shownEvidence: [] }), problem, window: null, landscape, scale: 1 });
  const axes = axesOf(scene.problem.parameters);
  const area = axes.area(scene, BOX);
  const traces = [traceOf({ run, index: 0, columns: axes.columns(run), area, domainBox: BOX })];
  const look = { box: BOX, scale: 1, compact: false, family: "serif" };
  const saidWith = (evidence: object[]) => {
    const space = createOccupancy(BOX);
    const stillMap = partOf<StillMap>({
      scene: { ...scene, shownEvidence: evidence },
      axes,
      traces,
      area,
      look,
      space,
    });
    const { words } = curveStep.wordsAt(stillMap, 0);
    return words.flatMap((one) => wordsIn(one.marks([...one.spots][0])));
  };
  const at = [-2, 4];
  const gradient = { kind: "line", shape: "plain", run: 0, points: [at, [-1, 1]], text: "gradient −4" };
  const arrow = { kind: "line", shape: "arrow", run: 0, points: [at, [-1.6, 2.56]], text: "−0.1 · (−4) = 0.4" };
  assert.deepEqual(saidWith([]), ["step = −rate × gradient = −0.1 × (−4) = 0.4", "gradient −4"]);
  assert.deepEqual(saidWith([gradient, arrow]), []);
  assert.deepEqual(saidWith([{ ...gradient, points: [[-1, 1], at] }]).length, 2);
});

test("traces are made again only for what has changed", () => {
  const runs = [walk(pairs(1, 1, 2, 2)), walk(pairs(1, 1, 3, 3))];
  const layout = { axes: axesOf(["x", "y"]), area: VIEW, domainArea: VIEW };
  const tracesOf = createTraces();
  const first = tracesOf(runs, layout);
  assert.equal(tracesOf([...runs], layout), first);
  const grown = tracesOf([runs[0], walk(pairs(1, 1, 3, 3, 4, 4))], layout);
  assert.equal(grown[0], first[0]);
  assert.notEqual(grown[1], first[1]);
  assert.deepEqual(
    tracesOf([{ ...runs[0], hidden: true }, runs[1]], layout).map(({ index }) => index),
    [1],
  );
});
