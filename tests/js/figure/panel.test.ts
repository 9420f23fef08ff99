import assert from "node:assert/strict";
import { test } from "node:test";
import { createReads } from "../../../static/page/figure/panel.ts";

const frame = (parts: Record<string, unknown>) => ({ step: 0, time: 0, playing: false, ...parts, state: { stop: "a", seed: 1, ...parts.state as object }, scene: { runs: "r", theme: "day", ...parts.scene as object } }) as any;

test("a panel is due again where a field that its template read is another, and for no other", () => {
  const reads = createReads();
  const { state, scene, step } = reads.of(frame({}));
  assert.deepEqual([state.stop, scene.runs, step] as unknown[], ["a", "r", 0]);
  assert.ok(!reads.changed(frame({ time: 16, playing: true, state: { seed: 2 }, scene: { theme: "night" } })));
  for (const other of [{ step: 1 }, { state: { stop: "b" } }, { scene: { runs: "s" } }]) assert.ok(reads.changed(frame(other)), JSON.stringify(other));
});

test("what was read for a frame before counts no more", () => {
  const reads = createReads();
  assert.equal(reads.of(frame({})).step, 0);
  assert.equal(reads.of(frame({ step: 1 })).state.seed, 1);
  assert.ok(!reads.changed(frame({ step: 2 })));
});

test("what a copy of the state takes with it is read", () => {
  const reads = createReads();
  assert.deepEqual({ ...reads.of(frame({})).state }, { stop: "a", seed: 1 });
  assert.ok(reads.changed(frame({ state: { seed: 2 } })));
});
