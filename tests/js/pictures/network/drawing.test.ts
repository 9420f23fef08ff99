import assert from "node:assert/strict";
import { test } from "node:test";
import type { GroupMark, Mark } from "../../../../static/page/marks/mark.ts";
import { PIXELS } from "../../../../static/page/marks/scales.ts";
import { svgOf } from "../../../../static/page/marks/svgFile.ts";
import { activationOf } from "../../../../static/page/math/forwardPass.ts";
import { backwardAt, curveOf, geometryOf, visiblePart } from "../../../../static/page/pictures/network/geometry.ts";
import { createNetworkLayout, createNetworkMarks, setUpMarks } from "../../../../static/page/pictures/network/index.ts";
import { type Substep, substepsIn } from "../../../../static/page/state/networkStep.ts";
import { marksOf } from "../../marks.ts";
import { networkOf, stepOf, weightsOf } from "../../networks.ts";
import { partOf } from "../../part.ts";
import { assertPicture, LOOK } from "../../pictures.ts";

const HOMES = ["area", "rooms", "distance", "Amiens", "Lille", "Versailles", "Nice"];
const ALL = [
  [2, 3, 1],
  [2, 8, 1],
  [2, 8, 8, 8, 1],
  [7, 4, 1],
  [1, 6, 1],
  [2, 16, 1],
  [2, 1],
];
const SIZES = [
  { width: 716, height: 300 },
  { width: 336, height: 300 },
  { width: 1200, height: 620 },
];

for (const sizes of ALL) {
  test(`the neurons of ${sizes.join("-")} stand apart and within the picture`, () => {
    for (const size of SIZES) {
      const { spots, radii, side, target } = geometryOf(sizes, sizes[0] === 7 ? HOMES : ["x1", "x2"], size, LOOK);
      for (const [l, layer] of spots.entries())
        for (const [k, [x, y]] of layer.entries()) {
          const half = l ? radii[l] : side;
          assert.ok(
            x - half >= 0 && x + half <= size.width && y - half >= 0 && y + half <= size.height,
            `layer ${l}, ${k} of ${size.width}`,
          );
          if (k) assert.ok(y - layer[k - 1][1] >= 2 * half, `layer ${l}, ${k} of ${size.width}`);
        }
      assert.equal(target === null, size.width < 520);
      if (target)
        assert.ok(
          target[0] + 20 <= size.width && target[0] - 20 > spots[sizes.length - 1][0][0] + radii[sizes.length - 1],
        );
    }
  });
}

test("in a low picture an output leaves room for the three lines below it", () => {
  const { spots, radii } = geometryOf([7, 3, 1], HOMES, { width: 716, height: 170 }, LOOK);
  assert.ok(spots[2][0][1] + radii[2] + 3 * 20 <= 170);
});

test("a neuron has its name under it where the activation of the next leaves room", () => {
  const named = (sizes: number[]) =>
    geometryOf(sizes, ["x1", "x2"], { width: 545, height: 287 }, LOOK).named.slice(1, -1);
  assert.deepEqual(named([2, 3, 1]), [true]);
  assert.deepEqual(named([2, 3, 3, 3, 1]), [false, false, false]);
  assert.deepEqual(named([2, 2, 2, 2, 1]), [true, true, true]);
});

test("a line goes from the side of a square to the edge of a circle", () => {
  const ends = visiblePart([0, 0], [100, 0], { radius: 20, square: true }, 30);
  assert.deepEqual(ends, [
    [20, 0],
    [70, 0],
  ]);
  const [left, right] = visiblePart([0, 0], [60, 80], { radius: 10, square: false }, 20);
  assert.ok(
    Math.abs(Math.hypot(...left) - 10) < 1e-9 && Math.abs(Math.hypot(60 - right[0], 80 - right[1]) - 20) < 1e-9,
  );
});

test("a dot stands on its curve, the higher the larger the activation, and one out of sight at the edge", () => {
  for (const activation of ["tanh", "sigmoid", "relu", "linear"]) {
    const of = activationOf(networkOf({ activation }), 1);
    const curve = curveOf(activation, of, [0, 0], 36);
    const [low, high] = [curve.dotAt(0.5), curve.dotAt(1.5)];
    assert.ok(low[0] < high[0] && low[1] > high[1], activation);
    assert.deepEqual(curve.dotAt(1e6), curve.dotAt(100));
    assert.ok(Math.hypot(...curve.dotAt(1e6)) <= 36, activation);
    // The tangent has the direction in which the curve goes on.
    const next = curve.dotAt(0.5001);
    const [from, to] = curve.tangentAt(low, (of(0.5001) - of(0.5)) / 0.0001);
    assert.ok(
      Math.abs(Math.atan2(to[1] - from[1], to[0] - from[0]) - Math.atan2(next[1] - low[1], next[0] - low[0])) < 1e-3,
      activation,
    );
  }
});

function drawn(
  network: ReturnType<typeof networkOf>,
  substep: Substep | null,
  step = stepOf(network),
  size = SIZES[0],
) {
  const layout = createNetworkLayout()({ printed: step, substep, highlighted: null, size, look: LOOK });
  const marks = createNetworkMarks()(layout, step);
  const svg = svgOf("Network", { size, scales: PIXELS, look: LOOK, marks });
  return {
    svg,
    of: (name: string) => marksOf(marks, name),
    texts: [...svg.matchAll(/<text [^>]*fill="#15191B"[^>]*>([^<]+)</g)].map(([, text]) => text),
  };
}

test("before a run every neuron and connection is drawn in one ink, and no number", () => {
  for (const sizes of ALL) {
    const inputs = Array.from({ length: sizes[0] }, (_, k) => `x${k + 1}`);
    const network = networkOf({ sizes, inputs });
    const marks = setUpMarks(network, SIZES[0], LOOK);
    const svg = svgOf("Network", { size: SIZES[0], scales: PIXELS, look: LOOK, marks });
    const [neurons, lines] = [sizes.slice(1), sizes.slice(1).map((size, k) => size * sizes[k])].map((counts) =>
      counts.reduce((sum, count) => sum + count, 0),
    );
    assert.equal(marksOf(marks, "neuron").length, neurons);
    assert.equal(marksOf(marks, "input").length, sizes[0]);
    assert.equal(svg.split(`stroke="${LOOK.colours.ink3}"`).length - 1, lines);
    assert.doesNotMatch(
      svg,
      /stroke="#375A58"|stroke="#B16460"|stroke-dasharray|<text [^>]*>[−\d.]+<|NaN/,
      sizes.join("-"),
    );
  }
});

test("a weight is as thick as it is large, and dashed where it is negative", () => {
  const network = networkOf({ sizes: [2, 1], activation: "linear" });
  const step = stepOf(network, { w: [0.5, -1, 0] });
  const { svg } = drawn(network, { pass: "forward", layer: 1, neuron: 0 }, step);
  const widths = [...svg.matchAll(/stroke="(#375A58|#B16460)" stroke-width="([\d.]+)"( stroke-dasharray)?/g)].map(
    ([, colour, width, dash]) => [colour, Number(width), Boolean(dash)],
  );
  // 1 + 3.4 |w|; the last is the bias.
  assert.deepEqual(widths, [
    ["#375A58", 2.7, false],
    ["#B16460", 4.4, true],
    ["#375A58", 1, false],
  ]);
});

test("forward, what is computed has a dot, what is not yet a dashed ring, and the neuron at work its numbers", () => {
  const network = networkOf();
  const { of, texts } = drawn(network, { pass: "forward", layer: 1, neuron: 1 });
  assert.equal(of("neuron").filter(({ dash }) => dash).length, 2, "neuron 3 and the output");
  assert.equal(of("dot").length, 2, "dots of neurons 1 and 2");
  const w = weightsOf(network);
  for (const value of [w[2], w[3], w[7]])
    assert.ok(texts.includes(value.toPrecision(3).replace("-", "−")), String(value));
});

test("forward, every weight and bias of the layer can be read", () => {
  const network = networkOf();
  const { svg } = drawn(network, { pass: "forward", layer: 1, neuron: 0 });
  const written = [...svg.matchAll(/<text [^>]*>([^<]+)</g)].map(([, text]) => text);
  for (const value of weightsOf(network).slice(0, 9))
    assert.ok(written.includes(value.toPrecision(3).replace("-", "−")), String(value));
});

test("numbers of weights that stand so close that none can be told from the next are left out", () => {
  const changes = (sizes: number[]) =>
    drawn(networkOf({ sizes }), { pass: "update" }, undefined, { width: 600, height: 290 }).svg.match(/>−0\.01</g)
      ?.length ?? 0;
  assert.equal(changes([2, 6, 1]), 6 * 2, "those to the output, each over its halo");
  assert.equal(changes([2, 3, 1]), 9 * 2);
});

test("names of inputs that stand close are at their left, and numbers as large as any", () => {
  const sample = { inputs: [-0.742, 0.229, -1.59, 1, 0, 0, 0], target: -0.996 };
  const network = networkOf({
    sizes: [7, 3, 1],
    inputs: HOMES,
    output: "linear",
    loss: "mse",
    samples: [sample, sample, sample],
  });
  for (const [height, beside] of [
    [180, true],
    [420, false],
  ] as const) {
    assert.equal(geometryOf([7, 3, 1], HOMES, { width: 716, height }, LOOK).namesBeside, beside);
    const { svg } = drawn(network, null, stepOf(network), { width: 716, height });
    const sizes = [...svg.matchAll(/<text [^>]*font-size="([\d.]+)/g)].map(([, size]) => Number(size));
    assert.ok(sizes.length > 8 && Math.min(...sizes) >= 12, `${Math.min(...sizes)} px at ${height}`);
  }
});

test("the number below the letter of an input stands clear of its box", () => {
  const { svg, of } = drawn(networkOf(), null);
  const tops = of("input").map(({ y }) => Math.min(...y.filter(Number.isFinite)));
  const feet = [...svg.matchAll(/<text x="[\d.]+" y="([\d.]+)"[^>]*><tspan[^>]*>x<\/tspan><tspan[^>]* dy="([\d.]+)"/g)];
  assert.equal(feet.length, 2);
  for (const [, y, drop] of feet) {
    const foot = Number(y) + Number(drop);
    const box = Math.min(...tops.filter((top) => top > Number(y)));
    assert.ok(box - foot >= 3, `${foot} above ${box}`);
  }
});

test("back, a layer has its tangents, its delta, and arrows that come to it", () => {
  const { of, svg } = drawn(networkOf(), { pass: "backward", layer: 1 });
  assert.equal(of("tangent").length, 3);
  assert.equal(svg.match(/>δ = /g)?.length, 4 * 2, "of three neurons and the output, each over its halo");
  assert.equal(of("arrow").length, 3);
  const names = (size: (typeof SIZES)[number]) =>
    drawn(networkOf(), { pass: "backward", layer: 1 }, stepOf(networkOf()), size).svg.match(/>neuron [123]</g)
      ?.length ?? 0;
  assert.deepEqual(SIZES.map(names), [0, 0, 3 * 2], "where they have room between the circles");
});

test("back, what has not come yet is left out", () => {
  const { of, svg } = drawn(networkOf(), { pass: "backward", layer: 1 }, { ...stepOf(networkOf()), backward: null });
  assert.equal(of("tangent").length, 0);
  assert.doesNotMatch(svg, /δ|slope|NaN/);
});

test("deltas of one sample do not stand among changes that are a mean over several", () => {
  const [one, two] = [[0], [0, 1]].map((batch) => stepOf(networkOf(), { sample: 0, batch }));
  assert.equal(backwardAt(one, { pass: "update" }, 1), one.backward);
  assert.equal(backwardAt(two, { pass: "update" }, 1), null);
  assert.equal(backwardAt(two, { pass: "backward", layer: 1 }, 1), two.backward);
});

test("every substep of every network can be drawn, and nothing in it is not a number", () => {
  for (const sizes of ALL) {
    for (const [activation, output, loss] of [
      ["tanh", "linear", "mse"],
      ["relu", "sigmoid", "cross_entropy"],
    ]) {
      const inputs = Array.from({ length: sizes[0] }, (_, k) => `x${k + 1}`);
      const network = networkOf({
        sizes,
        inputs,
        activation,
        output,
        loss,
        samples: [0, 1, 1].map((target) => ({ inputs: inputs.map((_, k) => k / 2), target })),
      });
      for (const substep of [null, ...substepsIn(partOf({ sizes }))])
        assert.doesNotMatch(drawn(network, substep).svg, /NaN|undefined|Infinity/);
    }
  }
});

test("a run that has left has no dots where there is no number", () => {
  const network = networkOf();
  const step = stepOf(network, { w: weightsOf(network).map(() => NaN) });
  const { svg, of } = drawn(network, null, step);
  assert.doesNotMatch(svg, /="[^"]*NaN/);
  assert.equal(of("dot").length, 0);
});

test("while it plays only what moves is made anew", () => {
  const network = networkOf({ sizes: [2, 16, 16, 1] });
  const given = { substep: null, highlighted: null, size: SIZES[0], look: LOOK };
  const [layOut, make] = [createNetworkLayout(), createNetworkMarks()];
  const [first, second] = [stepOf(network), stepOf(network, { w: weightsOf(network).map((value) => value / 2) })];
  const piecesOf = (marks: Mark[]) => (marks[0] as GroupMark).marks;
  const isAnew = (before: Mark[], now: Mark[]) => piecesOf(before).map((piece, k) => piece !== piecesOf(now)[k]);
  const before = make(layOut({ ...given, printed: first }), first);
  // Lines, numbers of biases, target, inputs, neurons, dots, numbers of weights, words.
  const moved = make(layOut({ ...given, printed: first }), second);
  assert.deepEqual(isAnew(before, moved), [true, false, false, false, false, true, false, false]);
  const read = make(layOut({ ...given, printed: second }), second);
  assert.equal(piecesOf(read)[4], piecesOf(before)[4], "neurons have no numbers in them");
});

for (const [name, substep] of [
  ["network", null],
  ["network-forward", { pass: "forward", layer: 1, neuron: 1 }],
  ["network-back", { pass: "backward", layer: 1 }],
] as const)
  test(`the picture ${name} is as it is stored`, () => {
    const size = { width: 560, height: 300 };
    assertPicture(name, drawn(networkOf(), substep, stepOf(networkOf()), size).svg);
  });
