import assert from "node:assert/strict";
import { test } from "node:test";
import { polynomialSentence } from "../../../static/page/words/curvature.ts";

const EIGHT = [
  { name: "Heavy ball", n: 8, worst: 0.502 },
  { name: "Chebyshev", n: 8, worst: 0.386 },
];

test("who leaves least at worst comes first", () => {
  assert.equal(
    polynomialSentence(EIGHT, [1, 100]),
    "8 steps multiply the distance along each direction by a polynomial of its curvature, 1 at curvature 0: " +
      "at worst, over curvatures from 1 to 100, Chebyshev leaves 0.386 and Heavy ball leaves 0.502.",
  );
});

test("one step, steps of different runs, and a loss of one curvature are said as they are", () => {
  const [one] = EIGHT;
  assert.match(polynomialSentence([{ ...one, n: 1 }], [1, 100]), /^One step multiplies /);
  assert.match(polynomialSentence([one, { ...one, n: 3 }], [1, 100]), /^The steps of each run multiply /);
  assert.match(polynomialSentence([one], [2]), /: here Heavy ball leaves 0.502\.$/);
});
