import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scene, State, Window } from "../../../static/page/state/types.ts";
import { zoomRemedy } from "../../../static/page/words/remedies.ts";

const DOMAIN: Window = [
  [-2, 2],
  [-2, 2],
];

/** x² + 3y² at the rate 0.82 from (1, 1): a step multiplies x by 1 - 2 · 0.82 and y by 1 - 6 · 0.82. */
const zigzag = [0, 1, 2, 3, 4, 5].map((step) => [(-0.64) ** step, (-3.92) ** step]);

function offered(places: number[][], stop_reason: string, window: Window | null = null, hidden = false) {
  const columns = { parameters: [0, 1].map((k) => Float64Array.from(places, (place) => place[k])) };
  const run = { name: "Descent", hidden, columns, length: places.length, end: { stop_reason } };
  return zoomRemedy(
    { window, dragging: false } as State,
    { shownRuns: [run], problem: { domain: DOMAIN } } as unknown as Scene,
  );
}

test("a run that swings off the map at once is offered with its first steps in sight", () => {
  const offer = offered(zigzag, "diverged");
  assert.equal(offer?.words, "", "the map says at its edge where it went");
  assert.equal(offer?.label, "Zoom out to see Descent");
  const [x, y] = offer?.window ?? [];
  // Across, as wide as the map was; along y two steps, from -3.92 to 15.37, and a tenth of that on each side.
  assert.ok(Math.abs(x[1] - x[0] - 4) < 1e-9);
  assert.deepEqual(
    y.map((value) => Number(value.toFixed(1))),
    [-5.8, 17.3],
  );
  assert.equal(offered(zigzag, "diverged", offer?.window as Window), null, "they are in sight");
});

test("a run that ends, goes slowly or is hidden is not", () => {
  assert.equal(offered(zigzag, "max_steps"), null);
  assert.equal(offered(zigzag, "diverged", null, true), null);
  const slow = [0, 1, 2, 3, 4].map((step) => [1, (-1.2) ** step]);
  assert.equal(offered(slow, "diverged"), null);
});
