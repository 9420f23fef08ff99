import assert from "node:assert/strict";
import { test } from "node:test";
import { frameAtTellingStep, tellingStepRow } from "../../../../static/page/panels/shared/tellingStep.ts";

const preset = { name: "one", telling: { run: 1, step: 6 } };

const frameAt = (
  wordsStep: number,
  { chosen = 1, followsPlayhead = false, outcomeShows = true, presetStatus = "prepared" } = {},
): any => ({
  state: { exercise: { preset, presetStatus }, explain: { followsPlayhead } },
  chosen,
  outcomeShows,
  step: wordsStep,
  wordsStep,
  longest: 217,
});

test("at the end the telling step is explained, of the run that is meant, and only in its scene", () => {
  assert.equal(tellingStepRow(frameAt(217)), 5);
  assert.equal(tellingStepRow(frameAt(217, { chosen: 0 })), null);
  assert.equal(tellingStepRow(frameAt(217, { outcomeShows: false })), null);
  assert.equal(tellingStepRow(frameAt(217, { presetStatus: "varied" })), null);
});

test("what explains a step follows the playhead once that is moved, or where that is wanted", () => {
  for (const frame of [frameAt(216.9), frameAt(0), frameAt(217, { followsPlayhead: true })]) {
    assert.equal(tellingStepRow(frame), null);
    assert.equal(frameAtTellingStep(frame, "before"), frame);
  }
});

test("the playhead itself stays, as other parts of the page see it", () => {
  const frame = frameAt(217);
  const { step, wordsStep } = frameAtTellingStep(frame, "before");
  assert.deepEqual([step, wordsStep, frame.step], [5, 5, 217]);
  assert.equal(frameAtTellingStep(frame, "after").step, 6);
});
