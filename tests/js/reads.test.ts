import assert from "node:assert/strict";
import { test } from "node:test";
import { createReads, memo, shared } from "../../static/page/reads.ts";

const frame = (parts: Record<string, unknown>) => ({
  step: 0,
  time: 0,
  playing: false,
  ...parts,
  state: { stop: "a", seed: 1, ...(parts.state as object) },
  scene: { runs: "r", theme: "day", ...(parts.scene as object) },
});

test("a panel is due again where a field that its template read is another, and for no other", () => {
  const reads = createReads<any>("state", "scene");
  const { state, scene, step } = reads.recording(frame({}));
  assert.deepEqual([state.stop, scene.runs, step] as unknown[], ["a", "r", 0]);
  assert.ok(!reads.changed(frame({ time: 16, playing: true, state: { seed: 2 }, scene: { theme: "night" } })));
  for (const other of [{ step: 1 }, { state: { stop: "b" } }, { scene: { runs: "s" } }])
    assert.ok(reads.changed(frame(other)), JSON.stringify(other));
});

test("what was read for a frame before counts no more", () => {
  const reads = createReads<any>("state", "scene");
  assert.equal(reads.recording(frame({})).step, 0);
  assert.equal(reads.recording(frame({ step: 1 })).state.seed, 1);
  assert.ok(!reads.changed(frame({ step: 2 })));
});

test("what is read late of a frame before is nothing that is shown", () => {
  const reads = createReads<any>("state", "scene");
  const before = reads.recording(frame({}));
  assert.equal(reads.recording(frame({ state: { seed: 2 } })).state.seed, 2);
  assert.equal(before.state.seed, 1);
  assert.ok(!reads.changed(frame({ state: { seed: 2 } })));
});

test("what a copy of the state takes with it is read", () => {
  const reads = createReads<any>("state", "scene");
  assert.deepEqual({ ...reads.recording(frame({})).state }, { stop: "a", seed: 1 });
  assert.ok(reads.changed(frame({ state: { seed: 2 } })));
});

test("what a memo made stands until a field that it read is another, of an opened one a field within", () => {
  let made = 0;
  const area = memo(
    ({ width, look: { scale } }: { width: number; height: number; look: { scale: number; theme: string } }) => {
      made += 1;
      return width * scale;
    },
    "look",
  );
  const given = { width: 20, height: 10, look: { scale: 2, theme: "day" } };
  assert.equal(area(given), 40);
  assert.equal(area({ ...given, height: 11, look: { scale: 2, theme: "night" } }), 40);
  assert.equal(made, 1);
  assert.equal(area({ ...given, look: { scale: 3, theme: "day" } }), 60);
  assert.equal(area({ ...given, width: NaN }), NaN);
  assert.equal(area({ ...given, width: NaN }), NaN);
  assert.equal(made, 3);
});

test("a copy shares what is as it was with what was before, and nothing else", () => {
  const column = new Float64Array(2);
  const before = {
    runs: [
      { name: "a", column },
      { name: "b", column },
    ],
    at: [0, NaN],
  };
  assert.equal(shared(before, structuredClone({ ...before, runs: [] })).at, before.at);
  assert.equal(
    shared(before, {
      runs: [
        { name: "a", column },
        { name: "b", column },
      ],
      at: [0, NaN],
    }),
    before,
  );
  const after = shared(before, {
    runs: [
      { name: "a", column },
      { name: "c", column },
    ],
    at: [0],
  });
  assert.deepEqual(after, {
    runs: [
      { name: "a", column },
      { name: "c", column },
    ],
    at: [0],
  });
  assert.equal(after.runs[0], before.runs[0]);
  assert.notEqual(
    shared(before, { runs: [{ name: "a", column: new Float64Array(2) }, before.runs[1]], at: before.at }).runs,
    before.runs,
  );
  assert.deepEqual(shared({ a: 1, b: 2 }, { a: 1 } as object), { a: 1 });
});
