import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/page/service/http.ts";
import * as act from "../../../static/page/state/actions.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { addChange, setChangeValue } from "../../../static/page/state/changes.ts";
import { drawnReply } from "../../../static/page/state/replies.ts";
import type { Spec } from "../../../static/page/state/types.ts";
import { settled } from "./clock.ts";
import { begun, GROUND, PROBLEM, replyOf, rows, type Streamed, sendReply, sendRuns, setUp } from "./server.ts";

test("at first everything is streamed in one request", async () => {
  const { asked, store } = await begun();
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
  const { asked, store } = await begun();
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  await settled();
  store.update(act.endDrag);
  await settled();
  assert.deepEqual(
    asked.slice(1).map(({ route, spec }) => [route, spec.optimizers]),
    [["parameters,loss", [{ name: "gd", learning_rate: 0.2 }]]],
  );
});

test("columns that are drawn once nothing moves come for every run that lacks them", async () => {
  const { asked, store } = await begun({}, ({ dragging }) => (dragging ? [] : ["gradient"]));
  store.update(act.setStart, [0.5, 0.5], true);
  await settled();
  const gradients = () => store.get().entries.map(({ id }) => store.get().runs[id].columns.gradient?.[1][0]);
  assert.deepEqual(gradients(), [undefined, undefined]);
  store.update(act.endDrag);
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
  const { asked, store } = await begun({}, () => ["batch"]);
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  await settled();
  assert.deepEqual(store.get().runs[id].columns.batch, []);
  store.update(act.endDrag);
  await settled();
  assert.deepEqual(
    asked.slice(1).map(({ route, spec }) => [route, spec.optimizers.length]),
    [["parameters,loss,batch", 1]],
  );
});

const WEIGHTS = ["w1_1_1", "b1_1", "w2_1_1", "b2_1"];
const NETWORK = { ...PROBLEM, kind: "network", parameters: WEIGHTS, domain: [], network: { label: "XOR" } };
/** @param columns  asked for */
const networkReply = (spec: Spec, columns: string[]) =>
  replyOf(
    spec,
    { problem: NETWORK, start: [0, 0, 0, 0] },
    {
      loss: [4, 3, 2, 1],
      ...(columns.includes("parameters") && {
        parameters: Object.fromEntries(WEIGHTS.map((name) => [name, [0, 1, 2, 3]])),
      }),
    },
  );

test("of networks only the run that is drawn brings its parameters, and another once it is selected", async () => {
  const asked: [string, number][] = [];
  const getRuns = async (spec: Spec, { columns }: any) => {
    asked.push([columns.join(), spec.optimizers.length]);
    return networkReply(spec, columns);
  };
  const { store, table } = setUp({
    getLandscape: async () => assert.fail("a network has none but on a plane"),
    streamRuns: async (spec: Spec, how: Streamed) => sendReply(await getRuns(spec, how), how),
    getRuns,
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
    streamRuns: async (spec: Spec, how: Streamed) => sendReply(networkReply(spec, how.columns), how),
    getRuns: async (spec: Spec, { columns }: any) => {
      asked.push(`${columns.join()} of ${spec.stop.max_steps} steps`);
      const { runs, ...reply } = networkReply(spec, columns);
      return { ...reply, runs: runs.map((run) => ({ ...run, stop_reason: "min_step_size" })) };
    },
  });
  store.update(act.openAddress, readAddress("network=xor&max_steps=2000&optimizer=gd").address);
  table.start();
  await settled();
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  await settled();
  store.update(act.endDrag);
  await settled();
  store.update(act.setStop, { max_steps: 4000 });
  await settled();
  store.update(act.setValue, id, "learning_rate", 0.3, true);
  await settled();
  assert.deepEqual(asked, ["parameters,loss of 2000 steps", "loss of 4000 steps"]);
  store.update(act.endDrag);
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
  const { asked, store } = await begun();
  store.update(act.setStop, { max_steps: 100_000 });
  await settled();
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  await settled();
  const quick = asked[asked.length - 1];
  assert.ok(quick.spec.stop.max_steps < 2000, String(quick.spec.stop.max_steps));
  assert.deepEqual([store.get().runs[id].cut, store.get().runs[id].end], [true, null]);
  store.update(act.endDrag);
  await settled();
  assert.deepEqual([asked[asked.length - 1].route, asked[asked.length - 1].spec.stop.max_steps], ["stream", 100_000]);
});

test("what views need shortens no run that is drawn while it moves", async () => {
  const steps: number[] = [];
  for (const needed of [[], ["gradient", "evaluations"]] as const) {
    const { asked, store } = await begun({}, () => [...needed]);
    store.update(act.setStop, { max_steps: 100_000 });
    store.update(act.setValue, store.get().entries[0].id, "learning_rate", 0.2, true);
    await settled();
    steps.push(asked[asked.length - 1].spec.stop.max_steps);
  }
  assert.equal(steps[0], steps[1]);
});

test("one run that is refused does not keep the others from coming", async () => {
  const streamRuns = async (spec: Spec, how: Streamed) => {
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

test("a run as it was before its last change comes once nothing moves, and once only", async () => {
  const { asked, store } = await begun();
  const { id } = store.get().entries[0];
  store.update(addChange, id, 2);
  await settled();
  store.update(setChangeValue, id, 2, "learning_rate", 0.01, true);
  await settled();
  store.update(act.endDrag);
  await settled();
  const ghosts = asked.filter(
    ({ spec }) => spec.optimizers.length === 1 && spec.optimizers[0].name === "gd" && !spec.optimizers[0].changes,
  );
  assert.deepEqual(
    ghosts.map(({ route }) => route),
    ["parameters,loss"],
  );
  assert.equal(drawnReply(store.get(), "ghosts", id)?.length, 4);
});

test("a control that is let go while its short reply is under way gets the whole run", async () => {
  let answer = () => {};
  const { asked, store } = await begun({
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
  store.update(act.setStop, { max_steps: 100_000 });
  await settled();
  const { id } = store.get().entries[0];
  store.update(act.setValue, id, "learning_rate", 0.2, true);
  store.update(act.endDrag);
  answer();
  await settled();
  assert.deepEqual([asked.at(-1)?.route, asked.at(-1)?.spec.optimizers[0].learning_rate], ["stream", 0.2]);
});
