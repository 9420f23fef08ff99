import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../../../static/page/service/http.ts";
import * as act from "../../../static/page/state/actions.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { setExplain } from "../../../static/page/state/explain.ts";
import { setExpression } from "../../../static/page/state/expression.ts";
import { setPoints } from "../../../static/page/state/lineFit.ts";
import { drawnReply } from "../../../static/page/state/replies.ts";
import { problemKey } from "../../../static/page/state/state.ts";
import type { Problem, Spec } from "../../../static/page/state/types.ts";
import { pairs } from "../pairs.ts";
import { settled } from "./clock.ts";
import { begun, GROUND, PROBLEM, replyOf, type Streamed, sendReply, setUp } from "./server.ts";

test("the sheet stays under the hand that drags a point, and then goes where a reload would have it", async () => {
  /** @returns the domain of these points, as a server would choose it */
  const domainOf = (problem: any): [number, number][] => [
    [0, problem.points[0][1]],
    [0, problem.points[0][1]],
  ];
  const grounds: [any, number][] = [];
  const { store, table } = setUp({
    getLandscape: async (problem: Problem, window: unknown, resolution: number) => {
      grounds.push([window, resolution]);
      return { ...GROUND, window: window ?? domainOf(problem) };
    },
    getRuns: async (spec: Spec) =>
      replyOf(spec, { problem: { ...PROBLEM, kind: "line_fit", domain: domainOf(spec.problem) }, start: [1, 0] }),
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
  store.update(act.endDrag);
  await settled();
  assert.deepEqual(store.get().problemOnMap?.problem.domain, pairs(0, 9, 0, 9));
  assert.deepEqual(store.get().problemOnMap?.wholeLandscape?.window, pairs(0, 9, 0, 9));
  assert.deepEqual(grounds[grounds.length - 1], [null, whole]);
});

test("the same ground is not asked for twice: not as a rate is dragged, nor as the start moves", async () => {
  let asked = 0;
  const getLandscape = async () => {
    asked += 1;
    return GROUND;
  };
  const { store } = await begun({ getLandscape });
  assert.equal(asked, 1);
  for (const rate of [0.2, 0.3]) store.update(act.setValue, store.get().entries[0].id, "learning_rate", rate, true);
  store.update(act.endDrag);
  store.update(act.setStart, [0.5, 0.5], false);
  await settled();
  assert.equal(asked, 1);
  store.update(setExpression, "x*y", true);
  await settled();
  assert.equal(asked, 2);
});

test("a formula that is typed brings its own domain, of as many parameters as it has", async () => {
  const sides = (expression: string) => (expression.includes("y") ? 2 : 1);
  const domainOf = ({ expression = "" }) => pairs(-1, 1, -1, 1).slice(0, sides(expression));
  const { store, table } = setUp({
    getLandscape: async (problem: Parameters<typeof domainOf>[0]) => ({ ...GROUND, window: domainOf(problem) }),
    getRuns: async (spec: any) => {
      const { problem } = spec;
      const parameters = ["x", "y"].slice(0, sides(problem.expression));
      return replyOf(spec, { problem: { ...PROBLEM, parameters, domain: domainOf(problem) } });
    },
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
  const reply = (spec: Spec, last: number) => {
    const [start] = spec.start as number[];
    return replyOf(
      spec,
      { problem, start: [start] },
      { parameters: { x: [start, last] }, loss: [start ** 2, last ** 2] },
    );
  };
  const streamRuns = async (spec: Spec, how: Streamed) => sendReply(reply(spec, end(spec)), how);
  const getRuns = async (spec: Spec) => reply(spec, 0);
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
  store.update(act.endDrag);
  for (let k = 0; k < 100 && shown.length < 2; k++) await settled();
  assert.deepEqual(shown.slice(1), ["-0.1,0.7"]);
  assert.deepEqual([...new Set(windows)], ["null", "-0.05,0.35", "-0.1,0.7"]);
  // A run that goes elsewhere recolours nothing.
  store.update(act.setValue, store.get().entries[0].id, "learning_rate", 2, false);
  for (let k = 0; k < 100; k++) await settled();
  assert.equal(store.get().runs[store.get().entries[0].id].columns.parameters[0][1], -1.2);
  assert.deepEqual(shown.slice(1), ["-0.1,0.7"]);
});

test("an exhaustive search is asked for while it is shown, on the grid in sight; once refused, no more", async () => {
  const grids: unknown[] = [];
  const { store } = await begun({
    getLandscape: async (_: unknown, window: unknown, resolution: number) => {
      if (resolution !== 101) return GROUND;
      grids.push(window);
      if (grids.length > 1) throw new Refused(422, []);
      return GROUND;
    },
  });
  assert.deepEqual(grids, []);
  store.update(setExplain, { explanation: "search" });
  await settled();
  assert.deepEqual(grids, [pairs(-1, 1, -1, 1)]);
  assert.equal(drawnReply(store.get(), "search", problemKey(store.get())), GROUND);
  store.update(act.setWindow, pairs(0, 1, 0, 1), false);
  await settled();
  store.update(act.setSeed, 5);
  await settled();
  assert.deepEqual(grids.slice(1), [pairs(0, 1, 0, 1)]);
});

test("that there is no such surface stays said when the catalog comes after it", async () => {
  const no = { type: "unknown", msg: "There is no surface called hill", loc: ["surface"], ctx: {} };
  let sendCatalog: (catalog: object) => void = () => {};
  const { store, table } = setUp({
    getLandscape: async () => {
      throw new Refused(422, [no as any]);
    },
    getCatalog: () =>
      new Promise<any>((resolve) => {
        sendCatalog = resolve;
      }),
  });
  store.update(act.openAddress, readAddress("surface=hill").address);
  store.update((state) => ({ ...state, catalog: null }));
  table.start();
  await settled();
  assert.equal(store.get().fault?.kind, "refused");
  sendCatalog({ optimizers: [], surfaces: [] });
  await settled();
  assert.ok(store.get().catalog);
  assert.equal(store.get().fault?.kind, "refused");
});
