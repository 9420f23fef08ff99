import assert from "node:assert/strict";
import { test } from "node:test";
import { unbroken } from "../../../static/page/math/text.ts";
import type { Scene } from "../../../static/page/state/types.ts";
import { markedParts } from "../../../static/page/words/markedNumbers.ts";
import { runOf, sceneOf } from "../runs.ts";

test("a fraction, a value with its name and a share with its unit stay on one line", () => {
  assert.equal(
    unbroken("below 2/λ = 1, or 1/2, by 3 % of it"),
    "below 2/\u2060λ\u00a0=\u00a01, or 1/\u20602, by 3\u00a0% of it",
  );
});

test("a number is marked where the picture has it", () => {
  const scene: Scene = sceneOf([runOf({})], { shownEvidence: [{ kind: "line", text: "0.62" }] });
  assert.deepEqual(markedParts("It overshoots, to x = 0.62, by 24 % of the way.", scene, null), [
    { text: "It overshoots, to x\u00a0=\u00a0", marked: false },
    { text: "0.62", marked: true },
    { text: ", by 24\u00a0% of the way.", marked: false },
  ]);
});

test("the 2 of 2/λ is no number of the picture", () => {
  const scene: Scene = sceneOf([runOf({})], { shownEvidence: [{ kind: "line", text: "2/λ = 0.02, after 2 steps" }] });
  const marked = markedParts("At 2/λ, 0.02, it bounces.", scene, null).filter((part) => part.marked);
  assert.deepEqual(marked, [{ text: "0.02", marked: true }]);
});
