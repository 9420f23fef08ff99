import assert from "node:assert/strict";
import { test } from "node:test";
import { keepEqual, memo } from "../../static/page/memo.ts";

test("a memo is called again where an argument, or a field of one, is another, and for no other", () => {
  const calls: unknown[] = [];
  const made = memo((...args: unknown[]) => calls.push(args));
  const column = new Float64Array(2);
  const look = { scale: 2 };
  made({ width: 20, look }, [column, NaN], "day");
  assert.equal(made({ width: 20, look }, [column, NaN], "day"), 1);
  for (const others of [
    [{ width: 21, look }, [column, NaN], "day"],
    [{ width: 20, look: { ...look } }, [column, NaN], "day"],
    [{ width: 20, look }, [column], "day"],
    [{ width: 20, look }, [new Float64Array(2), NaN], "day"],
    [{ width: 20, look }, [column, NaN], "night"],
  ]) {
    const before = calls.length;
    made(...others);
    assert.equal(calls.length, before + 1);
  }
});

test("one that throws is called again, and what it made before is not returned in its place", () => {
  let fails = false;
  const made = memo((step: number) => {
    if (fails) throw new Error("fails");
    return step;
  });
  assert.equal(made(0), 0);
  fails = true;
  for (const _ of [0, 1]) assert.throws(() => made(1), /fails/);
  fails = false;
  assert.equal(made(1), 1);
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
  assert.equal(keepEqual(before, structuredClone({ ...before, runs: [] })).at, before.at);
  assert.equal(
    keepEqual(before, {
      runs: [
        { name: "a", column },
        { name: "b", column },
      ],
      at: [0, NaN],
    }),
    before,
  );
  const after = keepEqual(before, {
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
    keepEqual(before, { runs: [{ name: "a", column: new Float64Array(2) }, before.runs[1]], at: before.at }).runs,
    before.runs,
  );
  assert.deepEqual(keepEqual({ a: 1, b: 2 }, { a: 1 } as object), { a: 1 });
});
