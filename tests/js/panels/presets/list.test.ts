import assert from "node:assert/strict";
import { test } from "node:test";
import { searchPresets } from "../../../../static/page/panels/presets/list.ts";
import type { Preset } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";

const PRESETS = partOf<Preset[]>([
  {
    group: "First look",
    title: "Four ways",
    question: "Where does it end?",
    query: "optimizer=gd&optimizer=heavy_ball:beta=0.9",
  },
  {
    group: "Momentum",
    title: "A round trip",
    question: "Which rate is lowest?",
    query: "optimizer=adam:learning_rate=0.1",
    lesson_title: "Condition",
    words: ["zigzag", "step size"],
  },
]);
const found = (words: string) => searchPresets(PRESETS, words).map(({ title }) => title);

test("a scene is found by parts of words of its chapter, title, question, lesson and optimizers, all of them", () => {
  assert.deepEqual(found("  "), ["Four ways", "A round trip"]);
  assert.deepEqual(found("MOM"), ["A round trip"]);
  assert.deepEqual(found("heavy ball"), ["Four ways"]);
  assert.deepEqual(found("adam rate"), ["A round trip"]);
  assert.deepEqual(found("learning_rate"), [], "not by what its address says besides");
  assert.deepEqual(found("adam four"), []);
  assert.deepEqual(found("condition"), ["A round trip"]);
  assert.deepEqual(found("step size"), ["A round trip"]);
});

test("a scene is found by its number", () => {
  assert.deepEqual(found("2"), ["A round trip"]);
  assert.deepEqual(found(" 1 "), ["Four ways"]);
  for (const none of ["0", "3", "1.5", "-1"]) assert.deepEqual(found(none), []);
});
