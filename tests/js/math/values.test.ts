import assert from "node:assert/strict";
import { test } from "node:test";
import { sameValue } from "../../../static/page/math/values.ts";

test("values are equal by what is in them, in whatever order, and a field without a value is none", () => {
  assert.ok(sameValue({ a: [1, { b: null }], c: "x" }, { c: "x", a: [1, { b: null }], d: undefined }));
  assert.ok(sameValue([0, NaN], [-0, NaN]) && sameValue(Float64Array.of(1, NaN), Float64Array.of(1, NaN)));
  assert.ok(sameValue([], []) && sameValue(null, null) && sameValue(undefined, undefined));
});

test("values that differ anywhere are not", () => {
  const pairs: [unknown, unknown][] = [
    [1, 2],
    [1, "1"],
    [null, undefined],
    [null, {}],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 1]],
    [{ a: 1 }, { a: 1, b: null }],
    [{ a: { b: [0] } }, { a: { b: [1] } }],
    [{ a: 1 }, { b: 1 }],
  ];
  for (const [a, b] of pairs) assert.deepEqual([sameValue(a, b), sameValue(b, a)], [false, false], `${a}, ${b}`);
});
