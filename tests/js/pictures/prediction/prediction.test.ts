import assert from "node:assert/strict";
import { test } from "node:test";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import { fromHex, toOklab } from "../../../../static/page/math/colour.ts";
import { forward } from "../../../../static/page/math/forwardPass.ts";
import { COLOURS } from "../../../../static/page/math/palette.ts";
import { endsOf, xOf, yOf } from "../../../../static/page/pictures/chart/plot.ts";
import {
  createPredictionMarks,
  type PredictionDrawing,
  predictionArea,
  sampleUnder,
  sidesOf,
} from "../../../../static/page/pictures/prediction/index.ts";
import { createSurface, placesOf } from "../../../../static/page/pictures/prediction/overInputs.ts";
import type { NetworkProblem } from "../../../../static/page/state/types.ts";
import { networkOf, weightsOf, XOR } from "../../networks.ts";
import { assertPicture, elementsOf, LOOK } from "../../pictures.ts";

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
    ...predictionArea(network, SIZE, 1),
    network,
    outputs,
    batch: null,
    shown: 0,
    highlighted: null,
    w: weightsOf(network),
    fine: false,
    look: LOOK,
    ...change,
  };
}

function svgOfPrediction(drawing: PredictionDrawing): string {
  const { look } = drawing;
  const marks = createPredictionMarks()(drawing, sidesOf(drawing, SIZE.width));
  return svgOf("What the network says", { size: SIZE, scales: drawing, look, marks });
}

/** @param of  what it shows */
const drawn = (drawing: PredictionDrawing, of: string) =>
  elementsOf(svgOfPrediction(drawing)).filter(({ attributes }) => attributes["data-of"] === of);

const textsOf = (drawing: PredictionDrawing) =>
  elementsOf(svgOfPrediction(drawing)).filter(({ tag, attributes }) => tag === "text" && !attributes.stroke);

test("every sample has its place in the chart, and two inputs have one scale on both sides of a square", () => {
  for (const network of [networkOf(), CURVE, HOMES]) {
    const area = drawingOf(network);
    for (const { inputs, target } of network.samples) {
      const [x, y] = network.inputs.length === 2 ? inputs : [network.inputs.length === 1 ? inputs[0] : target, target];
      assert.ok(area.x.place(x) > 0 && area.x.place(x) < 1 && area.y.place(y) > 0 && area.y.place(y) < 1);
    }
  }
  const { x, y, box } = drawingOf(networkOf());
  const range = ([low, high]: readonly number[]) => high - low;
  assert.ok(Math.abs(range(endsOf(x)) - range(endsOf(y))) < 1e-9);
  assert.equal(box.width, box.height);
});

test("the places of a grid go from the top left on", () => {
  const drawing = drawingOf(networkOf());
  const [[x0, x1], [y0, y1]] = [endsOf(drawing.x), endsOf(drawing.y)];
  const places = placesOf(drawing);
  const along = Math.sqrt(places.length / 2);
  for (const [i, j] of [
    [0, 0],
    [along - 1, 0],
    [5, 20],
  ]) {
    const [x, y] = places.subarray(2 * (j * along + i));
    assert.ok(Math.abs(x - x0 - ((x1 - x0) * i) / (along - 1)) < 1e-12);
    assert.ok(Math.abs(y - y1 + ((y1 - y0) * j) / (along - 1)) < 1e-12);
  }
});

// x1 alone decides: 0.5 where it is 0.25, and each tenth 0.05 to the right of the last.
const LINE = networkOf({ sizes: [2, 1], activation: "linear" });

test("each band reaches from its level to beyond the edge, from the colour of one label to that of the other", () => {
  const drawing = drawingOf(LINE, { w: [2, 0, 0] });
  const bands = drawn(drawing, "band");
  const { left, width } = drawing.box;
  assert.equal(bands.length, 9);
  for (const [k, { attributes }] of bands.entries()) {
    const across = [...attributes.d.matchAll(/[ML](-?[\d.]+) /g)].map(([, x]) => Number(x));
    assert.ok(Math.abs(Math.min(...across) - xOf(drawing, 0.05 * (k + 1))) < 0.1);
    assert.ok(Math.max(...across) > left + width);
  }
  const part = (fill: string, k: number) => Number.parseInt(fill.slice(1 + 2 * k, 3 + 2 * k), 16);
  const redder = bands.map(({ attributes: { fill } }) => part(fill, 0) - part(fill, 2));
  assert.ok(redder[0] > 0 && (redder.at(-1) as number) < 0);
  assert.ok(
    redder.every((value, k) => value < (redder[k - 1] ?? 255)),
    `${redder}`,
  );
});

test("by night, too, the ground of a label stands out from paper", () => {
  const look = { ...LOOK, colours: COLOURS.night };
  const drawing = drawingOf(LINE, { w: [2, 0, 0], look });
  const [[lowest], bands] = [drawn(drawing, "lowest"), drawn(drawing, "band")];
  for (const { attributes } of [lowest, bands[8]])
    assert.ok(toOklab(fromHex(attributes.fill))[0] > toOklab(fromHex(look.colours.paper))[0] + 0.2, attributes.fill);
});

test("a surface is made again only for other weights, not for another sample that is pointed at", () => {
  const surface = createSurface();
  const drawing = drawingOf(networkOf());
  const first = surface(drawing);
  assert.equal(surface({ ...drawing, highlighted: 2 }), first);
  assert.notEqual(surface({ ...drawing, w: drawing.w.map((value) => value + 0.1) }), first);
});

test("weights that are no numbers leave no surface and no curve", () => {
  for (const network of [networkOf(), CURVE]) {
    const drawing = drawingOf(network, { w: weightsOf(network).map(() => Number.NaN) });
    for (const name of ["band", "border", "curve"])
      assert.ok(drawn(drawing, name).every(({ attributes }) => !/NaN/.test(attributes.d ?? "")));
    assert.ok(drawn(drawing, "sample").length > 0);
  }
});

test("the border runs where the output is 0.5", () => {
  const drawing = drawingOf(LINE, { w: [2, 0, 0] });
  const [border] = drawn(drawing, "border");
  const { left, width, top, height } = drawing.box;
  const places = [...border.attributes.d.matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ]);
  const at = places.filter(([x]) => Math.abs(x - xOf(drawing, 0.25)) < 0.1).map(([, y]) => y);
  assert.ok(Math.min(...at) < top && Math.max(...at) > top + height);
  const beyond = places.filter(([x, y]) => x > left + width || y < top || y > top + height);
  assert.equal(beyond.length, places.length, "and around the box, where it is cut off");
});

test("the curve of one input is drawn through its outputs", () => {
  const drawing = drawingOf(CURVE);
  const [{ x, y }] = drawn(drawing, "curve");
  const left = endsOf(drawing.x)[0];
  assert.ok(
    Math.abs(x - xOf(drawing, left)) < 0.01 &&
      Math.abs(y - yOf(drawing, forward(CURVE, weightsOf(CURVE), { inputs: [left], target: 0 }).output)) < 0.01,
  );
});

test("a few homes are named by their city", () => {
  const texts = textsOf(drawingOf(HOMES, { outputs: [0, 0] })).map(({ text }) => text);
  assert.deepEqual(texts.filter((text) => /^[A-Z]/.test(text)).toSorted(), ["Lille", "Nice"]);
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
  const heights = textsOf(drawingOf(near, { outputs: [0.4, 0.4, 3] }))
    .filter(({ text }) => /Nice|Lille/.test(text))
    .map(({ y }) => y);
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
    assert.equal(sampleUnder(drawing, xOf(drawing, x) + 4, yOf(drawing, y) - 4), 1);
    assert.equal(sampleUnder(drawing, -200, -200), null);
  }
});

test("few samples have label and output, of many only the one that is pointed at its output", () => {
  const many = networkOf({ samples: [...XOR, ...XOR, ...XOR] });
  const count = (drawing: PredictionDrawing) =>
    textsOf(drawing).filter(({ attributes }) => attributes["font-weight"] === "600" && attributes.fill === "#15191B")
      .length;
  // Labels of 0 are written in ink, those of 1 in paper on ink.
  assert.equal(count(drawingOf(networkOf())), 2 + 4);
  assert.deepEqual([count(drawingOf(many)), count(drawingOf(many, { highlighted: 5 }))], [0, 1]);
});

test("an output beyond the chart leaves it by an arrow at its edge, and is no dot elsewhere", () => {
  const far = drawingOf(HOMES, { outputs: [40, 0] });
  const { top, height } = far.box;
  const [gone] = drawn(far, "exit");
  assert.equal(gone.y, top);
  const dots = drawn(far, "sample");
  assert.equal(dots.length, 1);
  assert.ok(dots[0].y >= top && dots[0].y <= top + height);
});

test("over two inputs, along one and against the target it is the stored picture", () => {
  assertPicture("prediction-inputs", svgOfPrediction(drawingOf(networkOf(), { batch: [1], highlighted: 3 })));
  assertPicture("prediction-curve", svgOfPrediction(drawingOf(CURVE)));
  assertPicture("prediction-targets", svgOfPrediction(drawingOf(HOMES)));
});
