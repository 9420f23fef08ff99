import assert from "node:assert/strict";
import { test } from "node:test";
import { forward } from "../../../../static/page/math/network.ts";
import { COLOURS } from "../../../../static/page/math/palette.ts";
import type { NetworkProblem } from "../../../../static/page/state/types.ts";
import { endsOf } from "../../../../static/page/views/chart/axes.ts";
import { xOf, yOf } from "../../../../static/page/views/chart/lines.ts";
import type { PredictionDrawing, PredictionMoment } from "../../../../static/page/views/prediction/drawing.ts";
import { predictionArea, predictionMarkup } from "../../../../static/page/views/prediction/drawing.ts";
import { sampleUnder } from "../../../../static/page/views/prediction/index.ts";
import { bandTints, createGrid, tintPixels } from "../../../../static/page/views/prediction/overInputs.ts";
import { networkOf, weightsOf, XOR } from "../../networks.ts";

const LOOK = { colours: COLOURS.day, family: "serif", scale: 1 };
const SIZE = { width: 320, height: 270 };

const CURVE = networkOf({
  kind: "regression",
  inputs: ["x"],
  sizes: [1, 4, 1],
  samples: [-2, -1, 0, 1, 2].map((x) => ({ inputs: [x], target: Math.sin(x) })),
});
const HOMES = networkOf({
  kind: "regression",
  inputs: ["area", "Nice", "Lille"],
  sizes: [3, 2, 1],
  activation: "relu",
  samples: [
    { inputs: [-1, 1, 0], target: 0.4 },
    { inputs: [1, 0, 1], target: -0.6 },
  ],
});

function drawingOf(network: NetworkProblem, change: Partial<PredictionDrawing> = {}): PredictionDrawing {
  const outputs = network.samples.map((sample) => forward(network, weightsOf(network), sample).output);
  return {
    network,
    area: predictionArea(network, SIZE, 1),
    outputs,
    batch: null,
    shown: 0,
    highlighted: null,
    size: SIZE,
    look: LOOK,
    ...change,
  };
}

function momentOf({ network, area }: PredictionDrawing, w: number[] = weightsOf(network)): PredictionMoment {
  return { w, grid: network.inputs.length === 2 ? createGrid()({ network, w, area, fine: false }) : null };
}

const markupOf = (drawing: PredictionDrawing, w?: number[]) => predictionMarkup(drawing, momentOf(drawing, w));

test("every sample has its place in the chart, and two inputs have one scale on both sides", () => {
  for (const network of [networkOf(), CURVE, HOMES]) {
    const { area } = drawingOf(network);
    for (const { inputs, target } of network.samples) {
      const [x, y] = network.inputs.length === 2 ? inputs : [network.inputs.length === 1 ? inputs[0] : target, target];
      assert.ok(area.x.place(x) > 0 && area.x.place(x) < 1 && area.y.place(y) > 0 && area.y.place(y) < 1);
    }
  }
  const { x, y, box } = drawingOf(networkOf()).area;
  const per = ([low, high]: number[], pixels: number) => (high - low) / pixels;
  assert.ok(Math.abs(per(endsOf(x), box.width) - per(endsOf(y), box.height)) < 1e-9);
});

test("the grid has the output of its places, from the top left on", () => {
  const { network, area } = drawingOf(networkOf());
  const { w, grid } = momentOf(drawingOf(networkOf()));
  const [[x0, x1], [y0, y1]] = [endsOf(area.x), endsOf(area.y)];
  const { along, values } = grid!;
  for (const [i, j] of [
    [0, 0],
    [along - 1, 0],
    [5, 20],
  ]) {
    const inputs = [x0 + ((x1 - x0) * i) / (along - 1), y1 - ((y1 - y0) * j) / (along - 1)];
    assert.ok(Math.abs(values[j * along + i] - forward(network, w, { inputs, target: 0 }).output) < 1e-12);
  }
});

test("tints go up with the output, and beyond its ends stay those of the ends", () => {
  const tints = bandTints(LOOK);
  const grid = { along: 2, values: Float64Array.of(-3, 4, -3, 4), low: 0, high: 1 };
  const pixels = [...tintPixels(grid, tints, 701, 2)].slice(0, 701);
  const bands = pixels.map((pixel) => tints.indexOf(pixel));
  assert.deepEqual([bands[0], bands.at(-1)], [0, tints.length - 1]);
  assert.ok(bands.every((band, k) => band >= 0 && band >= (bands[k - 1] ?? 0)));
  // 0.55 stands 3.55 / 7 of the way.
  assert.equal(bands[355], 5);
});

test("the border runs where the output is 0.5", () => {
  // x1 alone decides: 0.5 where it is 0.25.
  const line = networkOf({ sizes: [2, 1], activation: "linear" });
  const drawing = drawingOf(line);
  const border = markupOf(drawing, [2, 0, 0]).match(/<path data-moving="border"[^>]* d="([^"]+)"/)![1];
  const places = [...border.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map(([, x]) => Number(x));
  assert.ok(places.length > 10 && places.every((x) => Math.abs(x - xOf(drawing.area, 0.25)) < 0.1));
});

test("the curve of one input is drawn through its outputs", () => {
  const drawing = drawingOf(CURVE);
  const [, first] = markupOf(drawing).match(/<path [^>]*d="M([\d.,-]+)L/)!;
  const [x, y] = first.split(",").map(Number);
  const left = endsOf(drawing.area.x)[0];
  assert.ok(
    Math.abs(x - xOf(drawing.area, left)) < 0.01 &&
      Math.abs(y - yOf(drawing.area, forward(CURVE, weightsOf(CURVE), { inputs: [left], target: 0 }).output)) < 0.01,
  );
});

test("a few homes are named by their city", () => {
  const texts = [...markupOf(drawingOf(HOMES, { outputs: [0, 0] })).matchAll(/>([A-Z][a-z]+)<\/text>/g)].map(
    ([, text]) => text,
  );
  assert.deepEqual([...new Set(texts)], ["Nice", "Lille"]);
});

test("the names of two homes that cost almost the same do not lie on each other", () => {
  const near = networkOf({
    ...HOMES,
    samples: [
      { inputs: [-1, 1, 0], target: 0.4 },
      { inputs: [1, 0, 1], target: 0.42 },
      { inputs: [1, 0, 0], target: 3 },
    ],
  });
  const markup = markupOf(drawingOf(near, { outputs: [0.4, 0.4, 3] }));
  const heights = [...markup.matchAll(/<text [^>]*?y="([\d.]+)"[^>]*>(?:Nice|Lille)<\/text>/g)].map(([, y]) =>
    Number(y),
  );
  const [first, second] = [...new Set(heights)].sort((a, b) => b - a);
  assert.ok(first - second >= 15, `${heights}`);
});

test("a sample is found where it stands, and nothing far from all", () => {
  for (const network of [networkOf(), CURVE, HOMES]) {
    const drawing = drawingOf(network);
    const { inputs, target } = network.samples[1];
    const [x, y] =
      network.inputs.length === 2
        ? inputs
        : network.inputs.length === 1
          ? [inputs[0], target]
          : [target, drawing.outputs[1]];
    assert.equal(sampleUnder(drawing, xOf(drawing.area, x) + 4, yOf(drawing.area, y) - 4), 1);
    assert.equal(sampleUnder(drawing, -200, -200), null);
  }
});

test("few samples have label and output, of many only the one that is pointed at its output", () => {
  const many = networkOf({ samples: [...XOR, ...XOR, ...XOR] });
  const count = (drawing: PredictionDrawing) =>
    markupOf(drawing).match(/<text [^>]*font-weight="600"[^>]*fill="#15191B"/g)?.length ?? 0;
  // Labels of 0 are written in ink, those of 1 in paper on ink.
  assert.equal(count(drawingOf(networkOf())), 2 + 4);
  assert.deepEqual([count(drawingOf(many)), count(drawingOf(many, { highlighted: 5 }))], [0, 1]);
});

test("an output beyond the chart leaves it by an arrow at its edge, and is no dot elsewhere", () => {
  const far = drawingOf(HOMES, { outputs: [40, 0] });
  const { top, height } = far.area.box;
  const svg = markupOf(far);
  assert.equal(svg.match(/<path d="M[^"]*Z" fill="#15191B"/g)?.length, 1);
  for (const [, y] of svg.matchAll(/<circle cx="[^"]*" cy="([^"]*)"/g))
    assert.ok(Number(y) >= top && Number(y) <= top + height);
});
