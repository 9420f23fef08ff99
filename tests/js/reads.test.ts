import assert from "node:assert/strict";
import { test } from "node:test";
import { memo, shared } from "../../static/page/reads.ts";

const frame = (parts: Record<string, unknown>) => ({
  step: 0,
  time: 0,
  playing: false,
  ...parts,
  state: { stop: "a", seed: 1, ...(parts.state as object) },
  scene: { runs: "r", theme: "day", ...(parts.scene as object) },
});

/** Counts how often a function of a frame is called. */
function counted<R>(read: (lent: any) => R) {
  let calls = 0;
  const made = memo(
    (lent: any) => {
      calls += 1;
      return read(lent);
    },
    "state",
    "scene",
  );
  return { made, calls: () => calls };
}

test("a function is called again where a field that it read is another, and for no other", () => {
  const { made, calls } = counted(({ state, scene, step }) => [state.stop, scene.runs, step]);
  assert.deepEqual(made(frame({})), ["a", "r", 0]);
  made(frame({ time: 16, playing: true, state: { seed: 2 }, scene: { theme: "night" } }));
  assert.equal(calls(), 1);
  for (const other of [{ step: 1 }, { state: { stop: "b" } }, { scene: { runs: "s" } }]) {
    made(frame({}));
    const before = calls();
    made(frame(other));
    assert.equal(calls(), before + 1, JSON.stringify(other));
  }
});

test("what was read for an argument before counts no more", () => {
  const { made, calls } = counted(({ step, state }) => (step ? state.seed : null));
  for (const step of [0, 1, 2]) made(frame({ step }));
  made(frame({ step: 2, state: { stop: "b" } }));
  assert.equal(calls(), 3);
});

test("what it was lent it cannot keep: nothing can be read of it afterwards", () => {
  for (const kept of [
    memo((lent: any) => lent)(frame({})),
    memo((lent: any) => ({ inner: [lent.state] }), "state")(frame({})).inner[0],
  ])
    assert.throws(() => kept.seed, TypeError);
  // What is not opened is a value like any other.
  assert.equal(memo(({ state }: any) => state)(frame({})).seed, 1);
});

test("what a copy of the state takes with it is read", () => {
  const { made, calls } = counted(({ state }) => ({ ...state }));
  assert.deepEqual(made(frame({})), { stop: "a", seed: 1 });
  made(frame({ state: { seed: 2 } }));
  assert.equal(calls(), 2);
});

test("one that throws is called again, and what it made before is not returned in its place", () => {
  let fails = false;
  const made = memo(({ step }: { step: number }) => {
    if (fails) throw new Error("fails");
    return step;
  });
  assert.equal(made({ step: 0 }), 0);
  fails = true;
  for (const _ of [0, 1]) assert.throws(() => made({ step: 1 }), /fails/);
  fails = false;
  assert.equal(made({ step: 1 }), 1);
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
