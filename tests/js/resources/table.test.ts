import assert from "node:assert/strict";
import { test } from "node:test";
import { RESOURCES, seldom } from "../../../static/page/resources/all.ts";
import type { Resource } from "../../../static/page/resources/resource.ts";
import { createTable } from "../../../static/page/resources/table.ts";
import { Gone, Refused, Unfetched } from "../../../static/page/service/http.ts";
import * as act from "../../../static/page/state/actions.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { addChange, setChanged } from "../../../static/page/state/changes.ts";
import { explain } from "../../../static/page/state/explain.ts";
import { setExpression } from "../../../static/page/state/expression.ts";
import { setPoints } from "../../../static/page/state/fitActions.ts";
import { withProblemOnMap } from "../../../static/page/state/problemOnMap.ts";
import { refusalOf } from "../../../static/page/state/receiving.ts";
import { bandKey, bandsOf } from "../../../static/page/state/seeds.ts";
import { emptyState, withAddress } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import type { Column, Spec, State } from "../../../static/page/state/types.ts";
import { pairs } from "../pairs.ts";
import { settled, standingClock } from "./clock.ts";

const PROBLEM = {
  kind: "surface",
  parameters: ["x", "y"],
  domain: pairs(-1, 1, -1, 1),
  minima: [],
} as any;
const GROUND = {
  x: new Float64Array([-1, 1]),
  y: new Float64Array([-1, 1]),
  loss: new Float64Array([1, 2, 3, 4]),
  window: pairs(-1, 1, -1, 1),
};

/** @returns the columns of a reply @param columns  asked for */
const stepRows = (steps: number, columns: string[]) => ({
  ...(columns.includes("gradient") && { gradient: { x: Array(steps).fill(1), y: Array(steps).fill(2) } }),
  ...(columns.includes("batch") && { batch: null }),
});

const rows = (from: number, to: number) => ({
  parameters: { x: Array(to - from).fill(0), y: Array(to - from).fill(0) },
  loss: Array.from({ length: to - from }, (_, k) => 1 / (1 + from + k)),
});

/** All of a stream: three steps of each run. */
function sendRuns(spec: Spec, { onEvents }: any) {
  onEvents(
    [{ type: "start", problem: PROBLEM, start: [1, 1], runs: spec.optimizers.map((_, run) => ({ run })) }],
    null,
  );
  for (const run of spec.optimizers.keys())
    onEvents(
      [
        { type: "steps", run, from: 0, ...rows(0, 4), ...stepRows(3, ["gradient", "batch"]) },
        { type: "end", run, stop_reason: "max_steps", n_steps: 3 },
      ],
      `after ${run}`,
    );
}

/** A page without a screen on a server without a network. */
function setUp(
  replace: {
    streamRuns?: any;
    getRuns?: any;
    getLandscape?: any;
    getCatalog?: any;
    getSweep?: any;
  } = {},
  needs: (state: State) => Column[] = () => [],
  further: Resource[] = [],
) {
  const asked: { route: string; spec: Spec; lastId?: string | null }[] = [];
  const api = {
    getCatalog: async () =>
      ({ optimizers: [], surfaces: [], datasets: [], losses: [], schedules: [], limits: {} }) as any,
    getLandscape: async () => GROUND,
    getSweep: async () => ({ values: [], loss: [], stop_reason: [] }) as any,
    getRuns: async (spec: Spec, { columns }: { columns: string[] }) => {
      asked.push({ route: columns.join(), spec });
      return {
        problem: PROBLEM,
        start: [1, 1],
        runs: spec.optimizers.map(() => ({
          ...rows(0, spec.stop.max_steps + 1),
          ...stepRows(spec.stop.max_steps, columns),
          stop_reason: "max_steps" as const,
          n_steps: spec.stop.max_steps,
        })),
      };
    },
    streamRuns: async (spec: Spec, how: any) => {
      asked.push({ route: "stream", spec, lastId: how.lastId });
      sendRuns(spec, how);
    },
    ...replace,
  };
  const clock = standingClock();
  const store = createStore(
    withAddress(
      emptyState(),
      readAddress("surface=bowl&max_steps=3&optimizer=gd:learning_rate=0.1&optimizer=adam").address,
    ),
    withProblemOnMap,
  );
  const table = createTable({ store, api: api as any, clock, needs }, [...RESOURCES, ...further]);
  return { asked, clock, store, table };
}

test("at first everything is streamed in one request", async () => {
  const { asked, store, table } = setUp();
  table.start();
  await settled();
  assert.deepEqual(
    asked.map(({ route, spec }) => [route, spec.optimizers.length]),
    [["stream", 2]],
  );
  assert.deepEqual(
    store.get().entries.map(({ id }) => store.get().runs[id].length),
    [4, 4],
  );
  assert.deepEqual(
    store.get().entries.map(({ id }) => store.get().runs[id].end?.stop_reason),
    ["max_steps", "max_steps"],
  );
  assert.equal(store.get().problemOnMap?.wholeLandscape, GROUND);
});

test("a control that moves asks for its own run alone, and not again when it rests", async () => {
  const { asked, store, table } = setUp();
  table.start();
  await settled();
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  await settled();
  store.update(act.settle);
  await settled();
  assert.deepEqual(
    asked.slice(1).map(({ route, spec }) => [route, spec.optimizers]),
    [["parameters,loss", [{ name: "gd", learning_rate: 0.2 }]]],
  );
});

test("columns that are drawn once nothing moves come for every run that lacks them", async () => {
  const { asked, store, table } = setUp({}, ({ moving }) => (moving ? [] : ["gradient"]));
  table.start();
  await settled();
  store.update(act.setStart, [0.5, 0.5], true);
  await settled();
  const gradients = () => store.get().entries.map(({ id }) => store.get().runs[id].columns.gradient?.[1][0]);
  assert.deepEqual(gradients(), [undefined, undefined]);
  store.update(act.settle);
  await settled();
  assert.deepEqual(gradients(), [2, 2]);
  assert.deepEqual(
    asked.slice(1).map(({ route, spec }) => [route, spec.optimizers.length]),
    [
      ["parameters,loss", 2],
      ["gradient", 2],
    ],
  );
});

test("columns that are drawn while a control is held come with the run, and are not asked for again", async () => {
  const { asked, store, table } = setUp({}, () => ["batch"]);
  table.start();
  await settled();
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  await settled();
  assert.deepEqual(store.get().runs[id].columns.batch, []);
  store.update(act.settle);
  await settled();
  assert.deepEqual(
    asked.slice(1).map(({ route, spec }) => [route, spec.optimizers.length]),
    [["parameters,loss,batch", 1]],
  );
});

const WEIGHTS = ["w1_1_1", "b1_1", "w2_1_1", "b2_1"];
const NETWORK = { ...PROBLEM, kind: "network", parameters: WEIGHTS, domain: [], network: { label: "XOR" } };
const weights = (columns: string[]) =>
  columns.includes("parameters") ? { parameters: Object.fromEntries(WEIGHTS.map((name) => [name, [0, 1, 2, 3]])) } : {};

test("of networks only the run that is drawn brings its parameters, and another once it is selected", async () => {
  const asked: [string, number][] = [];
  const { store, table } = setUp({
    getLandscape: async () => assert.fail("a network has none but on a plane"),
    streamRuns: async (spec: Spec, { columns, onEvents }: any) => {
      asked.push([columns.join(), spec.optimizers.length]);
      onEvents(
        [{ type: "start", problem: NETWORK, start: [0, 0, 0, 0], runs: spec.optimizers.map((_, run) => ({ run })) }],
        null,
      );
      for (const run of spec.optimizers.keys())
        onEvents(
          [
            { type: "steps", run, from: 0, loss: [4, 3, 2, 1], ...weights(columns) },
            { type: "end", run, stop_reason: "max_steps", n_steps: 3 },
          ],
          `${run}`,
        );
    },
    getRuns: async (spec: Spec, { columns }: any) => {
      asked.push([columns.join(), spec.optimizers.length]);
      return {
        problem: NETWORK,
        start: [0, 0, 0, 0],
        runs: spec.optimizers.map(() => ({
          loss: [4, 3, 2, 1],
          ...weights(columns),
          stop_reason: "max_steps",
          n_steps: 3,
        })),
      };
    },
  });
  store.update(
    act.openAddress,
    readAddress("network=xor&max_steps=3&optimizer=gd&optimizer=adam&optimizer=momentum").address,
  );
  table.start();
  await settled();
  const brought = () => store.get().entries.map(({ id }) => store.get().runs[id].columns.parameters.length);
  assert.deepEqual(
    [asked, brought()],
    [
      [
        ["parameters,loss", 1],
        ["loss", 2],
      ],
      [4, 0, 0],
    ],
  );
  assert.equal(store.get().problemOnMap?.problem.network?.label, "XOR");
  store.update(act.selectRun, store.get().entries[2].id);
  await settled();
  assert.deepEqual([asked.slice(2), brought()], [[["parameters", 1]], [4, 0, 4]]);
});

test("while a control is held a network brings its parameters only where all of them fit", async () => {
  const asked: string[] = [];
  const { store, table } = setUp({
    streamRuns: async (_: Spec, { columns, onEvents }: any) => {
      onEvents(
        [
          { type: "start", problem: NETWORK, start: [0, 0, 0, 0], runs: [{ run: 0 }] },
          { type: "steps", run: 0, from: 0, loss: [4, 3, 2, 1], ...weights(columns) },
          { type: "end", run: 0, stop_reason: "max_steps", n_steps: 3 },
        ],
        "",
      );
    },
    getRuns: async (spec: Spec, { columns }: any) => {
      asked.push(`${columns.join()} of ${spec.stop.max_steps} steps`);
      return {
        problem: NETWORK,
        start: [0, 0, 0, 0],
        runs: [{ loss: [4, 3, 2, 1], ...weights(columns), stop_reason: "min_step_size", n_steps: 3 }],
      };
    },
  });
  store.update(act.openAddress, readAddress("network=xor&max_steps=2000&optimizer=gd").address);
  table.start();
  await settled();
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  await settled();
  store.update(act.settle);
  await settled();
  store.update(act.setStop, { max_steps: 4000 });
  await settled();
  store.update(act.setValue, id, "learning_rate", 0.3, true);
  await settled();
  assert.deepEqual(asked, ["parameters,loss of 2000 steps", "loss of 4000 steps"]);
  store.update(act.settle);
  await settled();
  assert.deepEqual([asked.slice(2), store.get().runs[id].columns.parameters.length], [["parameters of 4000 steps"], 4]);
});

test("a network without runs is described by one of a single step, anew for another seed", async () => {
  const { asked, store, table } = setUp({
    getCatalog: async () => ({
      optimizers: [{ name: "gd", forms: [], params: [] }],
      surfaces: [],
      datasets: [],
      losses: [],
      schedules: [],
      limits: {},
    }),
    getRuns: async (spec: Spec) => {
      asked.push({ route: "runs", spec });
      return { problem: NETWORK, start: [spec.seed, 0, 0, 0], runs: [] };
    },
  });
  store.update(act.openAddress, readAddress("network=xor&seed=5").address);
  table.start();
  await settled();
  assert.deepEqual(store.get().problemOnMap?.start, [5, 0, 0, 0]);
  store.update(act.setSeed, 6);
  await settled();
  assert.deepEqual(store.get().problemOnMap?.start, [6, 0, 0, 0]);
  assert.deepEqual(
    asked.map(({ spec: { optimizers, stop } }) => [optimizers, stop.max_steps]),
    [
      [[{ name: "gd" }], 1],
      [[{ name: "gd" }], 1],
    ],
  );
});

test("while it moves a long run comes cut short, and whole once it rests", async () => {
  const { asked, store, table } = setUp();
  table.start();
  await settled();
  store.update(act.setStop, { max_steps: 100_000 });
  await settled();
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  await settled();
  const quick = asked[asked.length - 1];
  assert.ok(quick.spec.stop.max_steps < 2000, String(quick.spec.stop.max_steps));
  assert.deepEqual([store.get().runs[id].cut, store.get().runs[id].end], [true, null]);
  store.update(act.settle);
  await settled();
  assert.deepEqual([asked[asked.length - 1].route, asked[asked.length - 1].spec.stop.max_steps], ["stream", 100_000]);
});

test("when the server is gone the page says so, waits longer each time, and goes on after the last event", async () => {
  let tries = 0;
  const ids: (string | null)[] = [];
  const streamRuns = async (spec: Spec, { lastId, onEvents }: any) => {
    ids.push(lastId);
    tries += 1;
    if (tries === 1) {
      onEvents(
        [
          { type: "start", problem: PROBLEM, start: [1, 1], runs: spec.optimizers.map((_, run) => ({ run })) },
          { type: "steps", run: 0, from: 0, ...rows(0, 4) },
        ],
        "4-0",
      );
      throw new Gone("no answer");
    }
    if (tries < 4) throw new Gone("no answer");
    onEvents(
      [
        { type: "end", run: 0, stop_reason: "max_steps", n_steps: 3 },
        { type: "steps", run: 1, from: 0, ...rows(0, 4) },
        { type: "end", run: 1, stop_reason: "max_steps", n_steps: 3 },
      ],
      "4-4",
    );
  };
  const { clock, store, table } = setUp({ streamRuns });
  table.start();
  await settled();
  const [first, second] = store.get().entries.map(({ id }) => id);
  assert.equal(store.get().fault?.kind, "gone");
  assert.equal(store.get().runs[first].length, 4);
  await clock.move(999);
  assert.equal(tries, 1);
  await clock.move(1);
  assert.equal(tries, 2);
  await clock.move(2000);
  assert.equal(tries, 3);
  table.retry();
  await settled();
  assert.deepEqual(ids, [null, "4-0", "4-0", "4-0"]);
  assert.equal(store.get().fault, null);
  assert.deepEqual([store.get().runs[first].length, store.get().runs[second].length], [4, 4]);
});

test("what is said of the server stands while it is asked again; asking by hand lengthens no later wait", async () => {
  let answer: ((error: Error) => void) | null = null;
  const streamRuns = () => new Promise((_, reject) => (answer = reject));
  const { clock, store, table } = setUp({ streamRuns });
  const fail = async () => {
    answer?.(new Gone("no answer"));
    await settled();
  };
  table.start();
  await settled();
  await fail();
  for (let press = 0; press < 3; press += 1) {
    table.retry();
    table.retry();
    await settled();
    assert.deepEqual(store.get().fault, { kind: "gone", said: "no answer", retryAt: null });
    await fail();
    assert.deepEqual(store.get().fault, { kind: "gone", said: "no answer", retryAt: clock.now() + 1000 });
  }
});

test("what is said of the server ends with the answer of what failed alone", async () => {
  let tries = 0;
  const getLandscape = async () => {
    tries += 1;
    if (tries === 1) throw new Gone("no answer");
    return GROUND;
  };
  const { clock, store, table } = setUp({ getLandscape });
  table.start();
  await settled();
  assert.equal(store.get().fault?.kind, "gone");
  await clock.move(1000);
  assert.deepEqual([tries, store.get().fault], [2, null]);
});

test("what is said of the server ends where nothing is asked for any more", async () => {
  const { store, table } = setUp({
    streamRuns: async () => {
      throw new Gone("no answer");
    },
  });
  table.start();
  await settled();
  assert.equal(store.get().fault?.kind, "gone");
  for (const { id } of store.get().entries) store.update(act.removeRun, id);
  table.retry();
  await settled();
  assert.equal(store.get().fault, null);
});

test("a server that asks to be left alone is, for as long as it says, and is then asked again", async () => {
  let tries = 0;
  const streamRuns = async (spec: Spec, how: any) => {
    tries += 1;
    if (tries === 1) throw new Gone("The server has too much to do", 7);
    sendRuns(spec, how);
  };
  const { clock, store, table } = setUp({ streamRuns });
  table.start();
  await settled();
  assert.deepEqual(store.get().fault, {
    kind: "gone",
    said: "The server has too much to do",
    retryAt: clock.now() + 7000,
  });
  await clock.move(6999);
  assert.equal(tries, 1);
  await clock.move(1);
  assert.equal(tries, 2);
  assert.equal(store.get().fault, null);
  assert.deepEqual(
    store.get().entries.map(({ id }) => store.get().runs[id].length),
    [4, 4],
  );
});

test("requests that fail together wait together: a second, or as long as the one that asks for most", async () => {
  for (const [asked, seconds] of pairs(0, 1, 5, 5)) {
    let tries = 0;
    const fail = (wants: number) => async () => {
      tries += 1;
      throw new Gone("The server has too much to do", wants);
    };
    const { clock, store, table } = setUp({ streamRuns: fail(0), getLandscape: fail(asked), getCatalog: fail(0) });
    table.start();
    await settled();
    assert.equal(tries, 3);
    assert.equal((store.get().fault as any).retryAt, clock.now() + 1000 * seconds);
    await clock.move(1000 * seconds);
    assert.equal(tries, 6);
  }
});

test("what is refused is not asked twice, and a good wish clears the word", async () => {
  const refusal = () =>
    new Refused(422, [
      {
        loc: ["body", "problem", "expression"],
        msg: "column 3: no",
        type: "formula_syntax",
        ctx: { reason: "breaks_off", line: 1, column: 3 },
      },
    ]);
  const { asked, store, table } = setUp({
    getRuns: async (spec: Spec) => {
      asked.push({ route: "runs", spec });
      if (spec.problem.expression === "x +") throw refusal();
      return {
        problem: PROBLEM,
        start: [1, 1],
        runs: spec.optimizers.map(() => ({ ...rows(0, 4), stop_reason: "max_steps", n_steps: 3 })),
      };
    },
    getLandscape: async (problem: any) => {
      if (problem.expression === "x +") throw refusal();
      return GROUND;
    },
  });
  table.start();
  await settled();
  store.update(setExpression, "x +", true);
  await settled();
  store.update(act.settle);
  await settled();
  assert.equal(asked.filter(({ spec }) => spec.problem.expression === "x +").length, 1);
  assert.equal(store.get().fault?.kind, "refused");
  assert.equal(store.get().problemOnMap?.key, JSON.stringify({ surface: "bowl" }), "the last good map stands");
  store.update(setExpression, "x + y", true);
  await settled();
  assert.equal(store.get().fault, null);
  assert.equal(store.get().problemOnMap?.key, JSON.stringify({ expression: "x + y" }));
});

test("one run that is refused does not keep the others from coming", async () => {
  const streamRuns = async (spec: Spec, how: any) => {
    const bad = spec.optimizers.findIndex(({ noise }) => noise === -1);
    if (bad >= 0)
      throw new Refused(422, [
        { loc: ["body", "optimizers", bad, "noise"], msg: "noise: 0 or more", type: "out_of_range", ctx: {} },
      ]);
    sendRuns(spec, how);
  };
  const { store, table } = setUp({ streamRuns });
  const [first, second] = store.get().entries.map(({ id }) => id);
  store.update(act.setValue, first, "noise", -1, false);
  table.start();
  await settled();
  const { fault, runs } = store.get();
  assert.deepEqual(fault?.kind === "refused" && fault.entry, first);
  assert.equal(runs[second].length, 4);
});

test("runs that differ in their rate alone share one sweep, asked for once they are there", async () => {
  let sweeps = 0;
  const rate = { name: "learning_rate", default: 0.01, min: 1e-5, max: 10, scale: "log", help: "" };
  const { store, table } = setUp({
    getCatalog: async () => ({
      optimizers: [
        { name: "gd", label: "Descent", forms: [], params: [rate] },
        { name: "adam", label: "Adam", forms: [], params: [rate] },
      ],
      surfaces: [],
      datasets: [],
      losses: [],
      schedules: [],
      limits: {},
    }),
    getSweep: async (_: Spec, over: any) => {
      sweeps += 1;
      assert.deepEqual(over, { learning_rate: { from: 1e-5, to: 10, count: 73 } });
      return { values: [1], loss: [2], stop_reason: ["max_steps"] };
    },
  });
  store.update(act.copyRun, store.get().entries[0].id);
  store.update(act.setValue, store.get().entries[1].id, "learning_rate", 0.5, false);
  store.update(act.wantSweeps);
  table.start();
  for (let k = 0; k < 6; k++) await settled();
  assert.equal(sweeps, 2);
  assert.deepEqual(
    store.get().entries.map(({ id }) => store.get().sweeps[id]?.loss),
    [[2], [2], [2]],
  );
});

test("a band is asked for while it is shown, of each run with chance in it; what is refused is told", async () => {
  const asked: string[] = [];
  const { store, table } = setUp({
    getSweep: async (spec: Spec & { curves: boolean }, over: { seed: { count: number } }) => {
      assert.ok(spec.curves);
      asked.push(`${spec.optimizers[0].name} ${over.seed.count}`);
      if (spec.optimizers[0].name === "adam")
        throw new Refused(422, [
          { loc: ["body", "stop", "max_steps"], msg: "too many", type: "work_too_large", ctx: {} },
        ]);
      return { curves: { samples: null, low: [1], median: [2], high: [3] } };
    },
  });
  const [first, second] = store.get().entries.map(({ id }) => id);
  store.update(act.setValue, first, "noise", 1, false);
  table.start();
  for (let k = 0; k < 6; k++) await settled();
  assert.deepEqual(asked, []);
  store.update(act.showSeeds, true);
  for (let k = 0; k < 6; k++) await settled();
  assert.deepEqual(asked, ["gd 20"]);
  assert.deepEqual(
    bandsOf(store.get())?.map((band) => band?.median),
    [Float64Array.of(2), undefined],
  );
  store.update(act.setValue, second, "noise", 1, false);
  for (let k = 0; k < 6; k++) await settled();
  assert.deepEqual(asked, ["gd 20", "adam 20"]);
  const refused = refusalOf(store.get(), "band", bandKey(store.get(), store.get().entries[1]));
  assert.equal(refused?.[0].type, "work_too_large");
});

test("the sheet stays under the hand that drags a point, and then goes where a reload would have it", async () => {
  /** @returns the domain of these points, as a server would choose it */
  const domainOf = (problem: any): [number, number][] => [
    [0, problem.points[0][1]],
    [0, problem.points[0][1]],
  ];
  const grounds: [any, number][] = [];
  const { store, table } = setUp({
    getLandscape: async (problem: any, window: any, resolution: number) => {
      grounds.push([window, resolution]);
      return { ...GROUND, window: window ?? domainOf(problem) };
    },
    getRuns: async (spec: Spec) => ({
      problem: { ...PROBLEM, kind: "line_fit", domain: domainOf(spec.problem) },
      start: [1, 0],
      runs: spec.optimizers.map(() => ({ ...rows(0, 4), stop_reason: "max_steps", n_steps: 3 })),
    }),
  });
  store.update(act.openAddress, readAddress("points=0,1;1,2&max_steps=3&optimizer=gd").address);
  table.start();
  await settled();
  const whole = grounds[0][1];
  store.update(setPoints, pairs(0, 1, 1, 2), true);
  await settled();
  const before = store.get().problemOnMap?.problem.domain;
  store.update(setPoints, pairs(0, 9, 1, 2), true);
  await settled();
  assert.deepEqual(store.get().problemOnMap?.problem.domain, before);
  assert.ok(grounds[grounds.length - 1][1] < whole);
  store.update(act.settle);
  await settled();
  assert.deepEqual(store.get().problemOnMap?.problem.domain, pairs(0, 9, 0, 9));
  assert.deepEqual(store.get().problemOnMap?.wholeLandscape?.window, pairs(0, 9, 0, 9));
  assert.deepEqual(grounds[grounds.length - 1], [null, whole]);
});

test("a formula that is typed brings its own domain, of as many parameters as it has", async () => {
  const sides = (expression: string) => (expression.includes("y") ? 2 : 1);
  const domainOf = ({ expression = "" }) => pairs(-1, 1, -1, 1).slice(0, sides(expression));
  const { store, table } = setUp({
    getLandscape: async (problem: any) => ({ ...GROUND, window: domainOf(problem) }),
    getRuns: async ({ problem, optimizers }: any) => ({
      problem: { ...PROBLEM, parameters: ["x", "y"].slice(0, sides(problem.expression)), domain: domainOf(problem) },
      start: [1, 1],
      runs: optimizers.map(() => ({ ...rows(0, 4), stop_reason: "max_steps", n_steps: 3 })),
    }),
  });
  table.start();
  for (const expression of ["x**2", "x**2 + y**2"]) {
    store.update(setExpression, expression, true);
    await settled();
    const { parameters, domain } = store.get().problemOnMap?.problem ?? PROBLEM;
    assert.deepEqual([parameters.length, domain.length], [sides(expression), sides(expression)]);
  }
});

test("the domain of a formula is chosen once its runs rest, and kept while it is typed or dragged", async () => {
  const windows: string[] = [];
  const side = Float64Array.from({ length: 41 }, (_, k) => -5 + k / 4);
  const getLandscape = async (_: unknown, window: [number, number][] | null) => {
    windows.push(String(window));
    const [[low, high]] = window ?? [[-5, 5]];
    const x = side.map((at) => low + ((at + 5) / 10) * (high - low));
    return { x, y: null, loss: x.map((at) => at * at), window: [[low, high]] };
  };
  const problem = { kind: "expression", parameters: ["x"], domain: [[-5, 5]], minima: [] };
  const end = ({ start, optimizers }: Spec) => ((optimizers[0].learning_rate ?? 0) > 1 ? -2 * (start?.[0] ?? 0) : 0);
  const streamRuns = async (spec: Spec, { onEvents }: any) => {
    const [start] = spec.start as number[];
    onEvents([{ type: "start", problem, start: [start], runs: [{ run: 0 }, { run: 1 }] }], null);
    for (const run of [0, 1])
      onEvents(
        [
          { type: "steps", run, from: 0, parameters: { x: [start, end(spec)] }, loss: [start ** 2, end(spec) ** 2] },
          { type: "end", run, stop_reason: "max_steps", n_steps: 1 },
        ],
        "",
      );
  };
  const getRuns = async ({ start }: Spec) => {
    const [from] = start as number[];
    const runs = [0, 1].map(() => ({
      parameters: { x: [from, 0] },
      loss: [from ** 2, 0],
      stop_reason: "max_steps",
      n_steps: 1,
    }));
    return { problem, start, runs };
  };
  const { store, table } = setUp({ getLandscape, streamRuns, getRuns });
  const shown: string[] = [];
  store.subscribe(
    ({ problemOnMap }) =>
      problemOnMap &&
      String(problemOnMap.problem.domain) !== shown.at(-1) &&
      shown.push(String(problemOnMap.problem.domain)),
  );
  store.update((state) => ({ ...state, problem: { expression: "x**2" }, start: [0.3] }));
  await import("../../../static/page/resources/domain.ts");
  table.start();
  await settled();
  assert.deepEqual(shown, ["-0.05,0.35"], "at once, and not the usual one first");
  store.update(setExpression, "x**2 + 0", true);
  await settled();
  store.update(act.setStart, [0.6], true);
  await settled();
  assert.deepEqual(shown, ["-0.05,0.35"]);
  store.update(act.settle);
  for (let k = 0; k < 100 && shown.length < 2; k++) await settled();
  assert.deepEqual(shown.slice(1), ["-0.1,0.7"]);
  assert.deepEqual([...new Set(windows)], ["null", "-0.05,0.35", "-0.1,0.7"]);
  // A run that goes elsewhere recolours nothing.
  store.update(act.setValue, store.get().entries[0].id, "learning_rate", 2, false);
  for (let k = 0; k < 100; k++) await settled();
  assert.equal(store.get().runs[store.get().entries[0].id].columns.parameters[0][1], -1.2);
  assert.deepEqual(shown.slice(1), ["-0.1,0.7"]);
});

test("a run as it was before its last change comes once nothing moves, and once only", async () => {
  const { asked, store, table } = setUp();
  table.start();
  await settled();
  const { id } = store.get().entries[0];
  store.update(addChange, id, 2);
  await settled();
  store.update(setChanged, id, 2, "learning_rate", 0.01, true);
  await settled();
  store.update(act.settle);
  await settled();
  const ghosts = asked.filter(
    ({ spec }) => spec.optimizers.length === 1 && spec.optimizers[0].name === "gd" && !spec.optimizers[0].changes,
  );
  assert.deepEqual(
    ghosts.map(({ route }) => route),
    ["parameters,loss"],
  );
  assert.equal(store.get().ghosts[id].length, 4);
});

test("an exhaustive search is asked for while it is shown, on the grid in sight; once refused, no more", async () => {
  const grids: unknown[] = [];
  const { store, table } = setUp({
    getLandscape: async (_: unknown, window: unknown, resolution: number) => {
      if (resolution !== 101) return GROUND;
      grids.push(window);
      if (grids.length > 1) throw new Refused(422, []);
      return GROUND;
    },
  });
  table.start();
  await settled();
  assert.deepEqual(grids, []);
  store.update(explain, { explanation: "search" });
  await settled();
  assert.deepEqual(grids, [pairs(-1, 1, -1, 1)]);
  assert.equal(store.get().search?.losses, GROUND);
  store.update(act.setWindow, pairs(0, 1, 0, 1), false);
  await settled();
  store.update(act.setSeed, 5);
  await settled();
  assert.deepEqual(grids.slice(1), [pairs(0, 1, 0, 1)]);
});

test("a control that is let go while its short reply is under way gets the whole run", async () => {
  let answer = () => {};
  const { asked, store, table } = setUp({
    getRuns: (spec: Spec) =>
      new Promise((resolve) => {
        const runs = spec.optimizers.map(() => ({
          ...rows(0, spec.stop.max_steps + 1),
          stop_reason: "max_steps",
          n_steps: spec.stop.max_steps,
        }));
        answer = () => resolve({ problem: PROBLEM, start: [1, 1], runs });
      }),
  });
  table.start();
  await settled();
  store.update(act.setStop, { max_steps: 100_000 });
  await settled();
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  store.update(act.settle);
  answer();
  await settled();
  assert.deepEqual([asked.at(-1)?.route, asked.at(-1)?.spec.optimizers[0].learning_rate], ["stream", 0.2]);
});

test("columns that the server will not have are asked for once", async () => {
  let tries = 0;
  const { store, table } = setUp(
    {
      getRuns: async () => {
        tries += 1;
        throw new Refused(422, []);
      },
    },
    ({ explain: { explanation } }) => (explanation ? ["evaluations"] : []),
  );
  store.update((state) => ({
    ...state,
    catalog: { optimizers: [{ name: "gd", refuses: ["program"] }], surfaces: [] } as any,
  }));
  table.start();
  await settled();
  store.update(explain, { explanation: "steps" });
  await settled();
  store.update(explain, { explanation: "charts" });
  store.update(explain, { explanation: "steps" });
  await settled();
  assert.equal(tries, 1);
});

test("an answer is one change of the state: rows, problem and what was said of the server", async () => {
  const { store, table } = setUp();
  table.start();
  await settled();
  store.update((state) => ({ ...state, fault: { kind: "refused", errors: [], problemKey: "", entry: null } }));
  let changes = 0;
  store.subscribe(() => (changes += 1));
  store.update(act.setValue, store.get().entries[0].id, "learning_rate", 0.2, true);
  await settled();
  assert.deepEqual([changes, store.get().fault], [2, null], "the value, and its answer");
});

test("a kind that few states ask for is fetched with the first, and again where it does not come", async () => {
  let loads = 0;
  const asked: string[] = [];
  const told: Resource = {
    name: "told",
    wishes: ({ seed }) => (asked.includes(`of seed ${seed}`) ? [] : [{ key: `of seed ${seed}` }]),
    async request({ key }) {
      asked.push(key);
      return (state) => ({ ...state });
    },
  };
  const rare = seldom(
    "told",
    ({ seed }) => seed > 0,
    async () => {
      loads += 1;
      if (loads === 1) throw new Unfetched();
      return told;
    },
  );
  const { clock, store, table } = setUp({}, undefined, [rare]);
  table.start();
  await settled();
  assert.equal(loads, 0);
  store.update(act.setSeed, 1);
  await settled();
  assert.deepEqual(store.get().fault, {
    kind: "gone",
    said: "A part of the page did not come; if that goes on, reload the page",
    retryAt: 1000,
  });
  await clock.move(1000);
  assert.deepEqual([loads, asked, store.get().fault], [2, ["of seed 1"], null]);
  store.update(act.setSeed, 2);
  await settled();
  assert.deepEqual([loads, asked], [2, ["of seed 1", "of seed 2"]]);
});

test("an answer that leaves open what was wished for is not asked for again and again", async () => {
  let asked = 0;
  const open: Resource = {
    name: "open",
    wishes: () => [{ key: "always" }],
    async request() {
      asked += 1;
      return (state) => ({ ...state });
    },
  };
  const { table } = setUp({}, undefined, [open]);
  table.start();
  await settled();
  assert.ok(asked < 10, String(asked));
});
