import assert from "node:assert/strict";
import { test } from "node:test";
import { TransientError } from "../../../static/page/service/http.ts";
import * as act from "../../../static/page/state/actions.ts";
import type { Spec } from "../../../static/page/state/types.ts";
import { pairs } from "../pairs.ts";
import { settled } from "./clock.ts";
import { begun, GROUND, PROBLEM, rows, setUp } from "./server.ts";

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
      throw new TransientError("no answer");
    }
    if (tries < 4) throw new TransientError("no answer");
    onEvents(
      [
        { type: "end", run: 0, stop_reason: "max_steps", n_steps: 3 },
        { type: "steps", run: 1, from: 0, ...rows(0, 4) },
        { type: "end", run: 1, stop_reason: "max_steps", n_steps: 3 },
      ],
      "4-4",
    );
  };
  const { clock, store, table } = await begun({ streamRuns });
  const [first, second] = store.get().entries.map(({ id }) => id);
  assert.equal(store.get().fault?.kind, "unreachable");
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
    answer?.(new TransientError("no answer"));
    await settled();
  };
  table.start();
  await settled();
  await fail();
  for (let press = 0; press < 3; press += 1) {
    table.retry();
    table.retry();
    await settled();
    assert.deepEqual(store.get().fault, { kind: "unreachable", reason: "no answer", retryAt: null });
    await fail();
    assert.deepEqual(store.get().fault, { kind: "unreachable", reason: "no answer", retryAt: clock.now() + 1000 });
  }
});

test("what is said of the server ends with the answer of what failed alone", async () => {
  let tries = 0;
  const getLandscape = async () => {
    tries += 1;
    if (tries === 1) throw new TransientError("no answer");
    return GROUND;
  };
  let answerRuns = () => {};
  const streamRuns = (spec: Spec, { onEvents }: any) =>
    new Promise<void>((resolve) => {
      const runs = spec.optimizers.map((_, run) => ({ run }));
      answerRuns = () => resolve(onEvents([{ type: "start", problem: PROBLEM, start: [1, 1], runs }], "1-0"));
    });
  const { clock, store } = await begun({ getLandscape, streamRuns });
  answerRuns();
  await settled();
  assert.deepEqual(store.get().fault, { kind: "unreachable", reason: "no answer", retryAt: clock.now() + 1000 });
  await clock.move(1000);
  assert.deepEqual([tries, store.get().fault], [2, null]);
});

test("what is said of the server ends where nothing is asked for any more", async () => {
  const { store, table } = await begun({
    streamRuns: async () => {
      throw new TransientError("no answer");
    },
  });
  assert.equal(store.get().fault?.kind, "unreachable");
  for (const { id } of store.get().entries) store.update(act.removeRun, id);
  table.retry();
  await settled();
  assert.equal(store.get().fault, null);
});

test("requests that fail together wait together: a second, or as long as the one that asks for most", async () => {
  for (const [asked, seconds] of pairs(0, 1, 5, 5)) {
    let tries = 0;
    const fail = (wants: number) => async () => {
      tries += 1;
      throw new TransientError("The server has too much to do", wants);
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
