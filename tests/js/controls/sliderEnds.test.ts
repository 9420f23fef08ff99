import assert from "node:assert/strict";
import { test } from "node:test";
import { endsInWords, letterAt } from "../../../static/page/controls/sliderEnds.ts";
import type { Sweep } from "../../../static/page/state/types.ts";
import { pairs } from "../pairs.ts";
import { partOf } from "../part.ts";

test("values side by side that end in one minimum are one span; what diverges or ends in none is in no span", () => {
  const sweep = partOf<Sweep>({
    values: [1, 2, 3, 4, 5, 6, 7],
    loss: [10, 9, 8, 7, 6, 50, null],
    edge: { rises: null, diverges: null },
    end: [0, 0, 2, -1, 0, 1, -2],
    minima: pairs(3, 2, 1, 1, 0, 5).map((place) => [...place, 0]),
  });
  const spans = "1 to 2: A: the minimum at (3, 2). 3: C: the minimum at (0, 5). 5: A: the minimum at (3, 2).";
  assert.equal(endsInWords(sweep, 20, 4), spans, "nor what ends above its start, whichever minimum is near");
  assert.equal(endsInWords(sweep, undefined, 4), `${spans} 6: B: the minimum at (1, 1).`, "no row has come yet");
});

test("who listens is told where the value at hand ends, and where the others do", () => {
  const sweep = {
    values: [0.01, 0.02, 0.04, 0.08],
    loss: [1, 1, 1, 1],
    edge: { rises: null, diverges: null },
    minima: [
      [3, 2, 0],
      [-2.81, 3.13, 0],
    ],
  };
  const wordsOf = (end: number[], value: number) => endsInWords(partOf({ ...sweep, end }), 20, value);
  assert.equal(
    wordsOf([0, 0, 1, -1], 0.021),
    "With 0.02 it ends in A: the minimum at (3, 2). 0.01 to 0.02: A: the minimum at (3, 2). " +
      "0.04: B: the minimum at (−2.81, 3.13).",
  );
  assert.match(wordsOf([0, 0, 1, -1], 0.09), /^0.01 to/, "in none: nothing is said of it");
});

test("the letter of a span is clear of the hair of the slider's marker, on the side with more room", () => {
  assert.equal(letterAt([0, 100], 200), 50);
  assert.equal(letterAt([0, 100], 55), 26.5);
  assert.equal(letterAt([0, 100], 45), 73.5);
  assert.equal(letterAt([30, 62], 46), 37, "a span that its marker stands in has one, too");
  assert.equal(letterAt([40, 60], 50), null, "on either side of the hair");
  assert.equal(letterAt([40, 48], 200), null, "too narrow");
  assert.equal(letterAt([0, 100], 200, [30, 70]), 15, "off the words of the value before");
  assert.equal(letterAt([40, 60], 200, [30, 70]), null);
});
