import assert from "node:assert/strict";
import { test } from "node:test";
import { endSpans } from "../../../static/page/controls/sliderEnds.ts";

test("values side by side that end in one minimum are one span; what diverges or ends in none is in no span", () => {
  const sweep = {
    values: [1, 2, 3, 4, 5, 6, 7],
    loss: [10, 9, 8, 7, 6, 50, null],
    edge: { rises: null, diverges: null },
    end: [0, 0, 2, -1, 0, 1, -2],
  } as any;
  const spans = endSpans(sweep, (value) => 10 * value, 20);
  assert.deepEqual(
    spans.map(({ end, left, right }) => [end, left, right]),
    [
      [0, 10, 25],
      [2, 25, 35],
      [0, 45, 55],
    ],
    "the value that ends above its start is hatched, whichever minimum is near",
  );
  assert.equal(spans[0].area.match(/M/g)?.length, 2);
  assert.doesNotMatch(endSpans(sweep, (value) => 10 * value, undefined)[0].area, /NaN/, "no row has come yet");
});
