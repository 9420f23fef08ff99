import assert from "node:assert/strict";
import { test } from "node:test";
import { type Label, labelWidth, type MarkedValues, sliderLabels } from "../../../static/page/controls/sliderLabels.ts";

const WIDTH = 244;
const half = { marker: 5.6, target: 5 };
/** Values are pixels here. */
const labelsOf = (marked: MarkedValues) => sliderLabels(marked, (value) => value, WIDTH);
const limitTo = (rate: number, text = "19 · 2/λ = 0.38") => ({ rate, text });
const PLACES = Array.from({ length: 24 }, (_, k) => 7 + 10 * k);

const clearOf = ({ span: [from, to] }: Label, at: number, size: number) => to <= at - size || from >= at + size;

test("the words of a limit stand to its right, and to its left where they would run off", () => {
  assert.deepEqual(labelsOf({ value: 200, limit: limitTo(40, "2/λ = 1") }).limitWords, {
    at: 40,
    span: [44, 44 + labelWidth("2/λ = 1")],
    line: 0,
  });
  const { span } = labelsOf({ value: 40, limit: limitTo(220) }).limitWords as Label;
  assert.equal(span[1], 216);
  // As in "A long, narrow ravine": the target and the marker stand to the left of the limit.
  assert.equal(labelsOf({ value: 146, target: 133, limit: limitTo(160) }).limitWords?.span[0], 164);
});

test("they cover no marker, no target and not the value before, and are at their limit or on a line above", () => {
  for (const rate of PLACES)
    for (const value of PLACES)
      for (const target of PLACES)
        for (const was of [60, 120]) {
          const { limitWords: words } = labelsOf({ value, target, was, limit: limitTo(rate) });
          const said = `limit ${rate}, value ${value}, target ${target}, was ${was}`;
          if (!words) continue;
          assert.ok(words.span[0] >= 0 && words.span[1] <= WIDTH, said);
          assert.ok(Math.min(...words.span.map((end) => Math.abs(end - rate))) < 10, said);
          if (words.line) continue;
          assert.ok(clearOf(words, value, half.marker), said);
          assert.ok(target === value || clearOf(words, target, half.target), said);
          assert.ok(was === value || clearOf(words, was, half.marker), said);
        }
});

test("with a mark on both sides they stand on a line above", () => {
  assert.equal(labelsOf({ value: 150, was: 90, limit: limitTo(120) }).limitWords?.line, 1);
  assert.equal(labelsOf({ value: 120, limit: limitTo(120, "2/λ = 1") }).limitWords?.line, 0, "beside a mark on it");
});

const wasWordsOf = (value: number, others: Partial<MarkedValues> = {}) =>
  labelsOf({ value, was: 120, ...others }).wasWords as Label;

test("the words of the value before stand over it where they can, else as near as other marks let them", () => {
  const size = labelWidth("120");
  assert.deepEqual(wasWordsOf(180).span, [120 - size / 2, 120 + size / 2]);
  assert.ok(wasWordsOf(130).span[1] <= 130 - half.marker);
  assert.ok(wasWordsOf(110).span[0] >= 110 + half.marker);
  assert.ok(wasWordsOf(180, { limit: limitTo(121, "2/λ = 1") }).span[1] < 120);
  // The target stood between the value before and its words.
  assert.ok(wasWordsOf(160, { target: 105 }).span[0] > 110);
});

test("they meet neither the target nor the value now, and are at their mark", () => {
  for (const value of PLACES)
    for (const target of PLACES) {
      const words = wasWordsOf(value, { target });
      const said = `value ${value}, target ${target}`;
      const [from, to] = words.span;
      assert.ok(from - 10 <= 120 && to + 10 >= 120, said);
      if (words.line) continue;
      assert.ok(target === value || clearOf(words, target, half.target), said);
      assert.ok(clearOf(words, value, half.marker), said);
    }
});
