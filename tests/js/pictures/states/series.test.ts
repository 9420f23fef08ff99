import assert from "node:assert/strict";
import { test } from "node:test";
import { valueAt } from "../../../../static/page/pictures/chart/plot.ts";
import {
  groupsOf,
  isEarly,
  linesTogether,
  openOf,
  shownOf,
  togetherOf,
} from "../../../../static/page/pictures/states/series.ts";
import type { Wire } from "../../../../static/page/state/types.ts";
import { latexParameter } from "../../../../static/page/words/gradientLatex.ts";
import { partOf } from "../../part.ts";

const WIRE = partOf<Wire["RuleQuantities"]>({
  states: { m: { x: [0, 1, 2], y: [0, 5, 6] }, v: { x: [0, 4, 5], y: [0, 7, 8] } },
  values: { m_hat: { x: [10, 11], y: [50, 60] }, v_hat: { x: [40, null], y: [70, 80] } },
  rate: { of: "m_hat", latex: "r", values: { x: [0.1, 0.2], y: [0.3, 0.4] } },
  latex: { m: "m", v: "v", m_hat: "\\hat{m}", v_hat: "\\hat{v}" },
});
const RATE = WIRE.rate as Wire["EffectiveRate"];
const RUN: any = { slot: 2, length: 3, columns: { gradient: [Float64Array.of(7, 8, 0), Float64Array.of(9, 9, 0)] } };

test("what shares a letter shares a chart, the gradient beside m, every parameter's rate in one", () => {
  const groups = groupsOf({ index: 0, run: RUN, wire: WIRE }, ["x", "y"], 0);
  assert.deepEqual(
    groups.map(({ key, series }) => [key, ...series.map(({ quantity }) => quantity)]),
    [
      ["m", "g", "m", "m_hat"],
      ["v", "v", "v_hat"],
      ["rate", "rate of x", "rate of y"],
    ],
  );
});

test("a value is that of the step: a state after it, an intermediate in it", () => {
  const [m, v] = groupsOf({ index: 0, run: RUN, wire: WIRE }, ["x", "y"], 0);
  assert.deepEqual(
    m.series.map((series) => valueAt(series, 2)),
    [8, 2, 11],
  );
  assert.ok(Number.isNaN(valueAt(v.series[1], 2)));
  assert.ok(Number.isNaN(valueAt(m.series[0], 0)));
});

test("of one run, rates that are one number at all steps have no chart", () => {
  const keysOf = (...[x, y]: number[][]) => {
    const rate = { ...RATE, values: { x, y } };
    return groupsOf({ index: 0, run: RUN, wire: { ...WIRE, rate } }, ["x", "y"], 0).map(({ key }) => key);
  };
  assert.deepEqual(keysOf([0.1, 0.1], [0.1, 0.1]), ["m", "v"]);
  assert.deepEqual(keysOf([0.1, 0.1], [0.2, 0.2]), ["m", "v", "rate"]);
  assert.deepEqual(keysOf([0.1, 0.1], [0.1, 0.2]), ["m", "v", "rate"]);
});

test("without gradients or a rate the rest is drawn", () => {
  const groups = groupsOf(
    { index: 0, run: { ...RUN, columns: { gradient: null } }, wire: { ...WIRE, rate: null } },
    ["x", "y"],
    1,
  );
  assert.deepEqual(
    groups.map(({ key, series }) => [key, ...series.map(({ quantity }) => quantity)]),
    [
      ["m", "m", "m_hat"],
      ["v", "v", "v_hat"],
    ],
  );
});

test("a parameter is written as in the working", () => {
  const rate = { ...RATE, values: { w1_2_1: [0.1, 0.2] } };
  const [{ series }] = groupsOf(
    { index: 0, run: { ...RUN, columns: { gradient: null } }, wire: { ...WIRE, states: {}, values: {}, rate } },
    ["w1_2_1"],
    0,
  );
  assert.equal(series[0].latex, latexParameter("w1_2_1"));
});

const PLAIN = partOf<Wire["RuleQuantities"]>({
  states: {},
  values: {},
  rate: { of: "g", latex: "r", values: { x: [0.5, 0.5], y: [0.5, 0.5] } },
  latex: {},
});
const BOTH = [
  { index: 0, run: RUN, wire: PLAIN },
  { index: 1, run: RUN, wire: WIRE },
];

test("several runs have a chart for each quantity, the rates first, with every run that has it", () => {
  const groups = togetherOf(BOTH, ["x", "y"], 0);
  assert.deepEqual(
    groups.map(({ key, series }) => [key, ...series.map(({ run }) => run)]),
    [
      ["rate of x", 0, 1],
      ["rate of y", 0, 1],
      ["g", 0, 1],
      ["m", 1],
      ["m_hat", 1],
      ["v", 1],
      ["v_hat", 1],
    ],
  );
  const ofY = togetherOf(BOTH, ["x", "y"], 1).map(({ key }) => key);
  assert.deepEqual(ofY.slice(0, 2), ["rate of y", "rate of x"]);
});

test("rates that never change are drawn only where nothing else is", () => {
  const still = partOf<Wire["RuleQuantities"]>({
    states: {},
    values: {},
    rate: { of: "g", latex: "r", values: { x: [0.1, 0.1], y: [0.1, 0.1] } },
    latex: {},
  });
  const keysOf = (run: typeof RUN) => togetherOf([{ index: 0, run, wire: still }], ["x", "y"], 0).map(({ key }) => key);
  assert.deepEqual(keysOf(RUN), ["g"]);
  assert.deepEqual(keysOf({ ...RUN, columns: { ...RUN.columns, gradient: null } }), ["rate of x", "rate of y"]);
});

test("the selected run is drawn last and strongest, each with its name", () => {
  const [plain, adam] = BOTH;
  const runs = [
    { ...plain, run: { ...RUN, name: "Plain" } },
    { ...adam, run: { ...RUN, slot: 1, name: "Adam" } },
  ];
  const lines = linesTogether(togetherOf(runs, ["x", "y"], 0)[0].series, 0);
  assert.deepEqual(
    lines.map(({ name, strong, slot }) => [name, strong, slot]),
    [
      ["Adam", false, 1],
      ["Plain", true, 2],
    ],
  );
});

test("a quantity has its words, for who reads them out, and its letter from who makes it", () => {
  const groups = togetherOf(BOTH, ["x", "y"], 0);
  assert.deepEqual(
    groups.map(({ title, series: [{ spoken, letter }] }) => [title, spoken, letter.stem]),
    [
      ["effective rate of", "effective rate of x", "x"],
      ["effective rate of", "effective rate of y", "y"],
      ["gradient in x,", "gradient in x", "g"],
      ["", "m", "m"],
      ["", "m hat", "m\u0302"],
      ["", "v", "v"],
      ["", "v hat", "v\u0302"],
    ],
  );
});

test("the chosen quantity stands first, with as many after it as there is room for", () => {
  const groups = ["a", "b", "c", "d"].map((key) => ({ key })) as any[];
  const keys = (chosen: string | null, space: number) => shownOf(groups, chosen, space).map(({ key }) => key);
  assert.deepEqual(
    [keys(null, 1), keys("b", 2), keys("d", 2), keys("gone", 3)],
    [["a"], ["b", "c"], ["d", "c"], ["a", "b", "c"]],
  );
});

test("the charts open on what the selected run has, and on the first steps where a rate is done by then", () => {
  const series = (run: number, ...values: number[]) => ({
    run,
    first: 1,
    values: Float64Array.from(values),
    made: "r",
  });
  const [falling, still] = [series(0, 10, 1, 0.5, 0.4, 0.4, 0.4), series(1, 2, 2, 2, 2, 2, 2)];
  const groups = (...all: unknown[]) =>
    [
      { key: "rate", series: all },
      { key: "g", series: [{ ...series(2, 1), made: undefined }] },
    ] as any;
  assert.deepEqual(
    [
      isEarly(groups(falling, still), 4, 100),
      isEarly(groups(falling), 2, 100),
      isEarly(groups(still), 4, 100),
      isEarly(groups(falling), 4, 8),
    ],
    [true, false, false, false],
  );
  assert.deepEqual(
    [
      openOf(groups(falling), null, 2),
      openOf(groups(falling), null, 0),
      openOf(groups(falling), "g", 0),
      openOf(groups(falling), null, 7),
    ],
    ["g", "rate", "g", null],
  );
});
