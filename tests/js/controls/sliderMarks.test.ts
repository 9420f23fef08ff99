import assert from "node:assert/strict";
import { test } from "node:test";
import { limitWordsAt, wasWordsAt } from "../../../static/page/controls/sliderMarks.ts";

const WIDTH = 244;
/** Pixels, about, of a letter and of half of a marker. */
const [LETTER, MARKER] = [6, 5.6];

test("the words of a limit lie within the slider and over neither its marker nor their limit", () => {
  for (const text of ["2/λ = 1", "19 · 2/λ = 0.38"])
    for (let at = 7; at <= WIDTH - 7; at += 5)
      for (let marker = 7; marker <= WIDTH - 7; marker += 5) {
        const spot = limitWordsAt(at, text, WIDTH, marker);
        const said = `${text} at ${at}, marker at ${marker}`;
        if (!spot) continue;
        const size = LETTER * text.length;
        const [from, to] = spot.anchor === "end" ? [spot.x - size, spot.x] : [spot.x, spot.x + size];
        assert.ok(from >= 0 && to <= WIDTH, said);
        assert.ok(to <= at || from >= at, said);
        assert.ok(to <= marker - MARKER || from >= marker + MARKER, said);
      }
});

test("they stand beside their limit where they can, and are left out where nowhere is room", () => {
  assert.deepEqual(limitWordsAt(40, "2/λ = 1", WIDTH, 200), { x: 44, anchor: "start", away: 0 });
  assert.deepEqual(limitWordsAt(200, "2/λ = 1", WIDTH, 40), { x: 196, anchor: "end", away: 0 });
  // The words of the value before stand at its other side.
  assert.equal(limitWordsAt(140, "0.0136", WIDTH, 142, 110)?.anchor, "start");
  assert.equal(limitWordsAt(80, "0.0136", WIDTH, 78, 110)?.anchor, "end");
  assert.equal(limitWordsAt(40, "2/λ = 1", 60, 30), null);
});

const wordsOf = (to: number, { target = null as number | null, hasLimit = false } = {}) =>
  wasWordsAt({ from: 120, to, text: "0.0015", target, hasLimit });

test("the words of the value before meet neither the target nor the value now", () => {
  for (const hasLimit of [true, false])
    for (const to of [60, 110, 130, 180])
      for (let target = 7; target <= WIDTH - 7; target += 1) {
        const [left, right] = wordsOf(to, { target, hasLimit });
        const said = `${left} to ${right}, target at ${target}, value at ${to}`;
        assert.ok(right <= target - 5 || left >= target + 5, said);
        assert.ok(to > 120 ? right <= to - 4 : left >= to + 4, said);
      }
});

test("they stand over it where they can, else as near as the value now lets them; beside it with a limit", () => {
  assert.deepEqual(wordsOf(180), [102, 138]);
  assert.deepEqual(wordsOf(130), [90, 126]);
  assert.deepEqual(wordsOf(110), [114, 150]);
  assert.ok(wordsOf(180, { hasLimit: true })[1] < 120);
});
