import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/page/service/http.ts";
import * as act from "../../../static/page/state/actions.ts";
import { showSeeds } from "../../../static/page/state/lossChartActions.ts";
import { drawnReply, refusalOf } from "../../../static/page/state/replies.ts";
import { bandKey, bandsOf } from "../../../static/page/state/seeds.ts";
import { isSweepOutdated } from "../../../static/page/state/sweep.ts";
import type { Run, Spec } from "../../../static/page/state/types.ts";
import { settled } from "./clock.ts";
import { setUp } from "./server.ts";

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
    getSweep: async (_: Spec, over: Run) => {
      sweeps += 1;
      assert.deepEqual(over, { learning_rate: { from: 1e-5, to: 10, count: 73 } });
      return { values: [1], loss: [2], stop_reason: ["max_steps"] };
    },
  });
  store.update(act.copyRun, store.get().entries[0].id);
  store.update(act.setValue, store.get().entries[1].id, "learning_rate", 0.5, false);
  store.update(act.showSweeps);
  table.start();
  for (let k = 0; k < 6; k++) await settled();
  assert.equal(sweeps, 2);
  assert.deepEqual(
    store.get().entries.map(({ id }) => drawnReply(store.get(), "sweep", id)?.loss),
    [[2], [2], [2]],
  );
  store.update(act.setStart, [0.5, 0.5], true);
  await settled();
  const [first, copy] = store.get().entries;
  for (const entry of [first, copy])
    assert.ok(isSweepOutdated(store.get(), entry), "it stands until the next has come");
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
  store.update(showSeeds, true);
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
