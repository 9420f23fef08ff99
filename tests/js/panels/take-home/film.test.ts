import assert from "node:assert/strict";
import { test } from "node:test";
import { frameRate, missingFormats } from "../../../../static/page/panels/take-home/film/formats.ts";
import { framesOf, stepAtFrame, usualSpeed } from "../../../../static/page/panels/take-home/film/timing.ts";

const SPEED = { from: 0, to: 150, perSecond: 12, still: 2 };

test("a film has the frames of its steps, and those in which the last one stays", () => {
  assert.equal(framesOf(SPEED, 30), 435); // 12.5 s and 2 s
  assert.equal(framesOf(SPEED, 12.5), 182); // 156.25 frames are 157
  assert.equal(framesOf({ ...SPEED, still: 0 }, 30), 376, "the last step is seen");
});

test("the playhead moves evenly, ends at the last step and stays there", () => {
  assert.equal(stepAtFrame(SPEED, 30, 0), 0);
  assert.equal(stepAtFrame(SPEED, 30, 213), 85.2);
  for (const rate of [30, 12.5]) {
    const steps = Array.from({ length: framesOf(SPEED, rate) }, (_, frame) => stepAtFrame(SPEED, rate, frame));
    assert.ok(steps.every((step, k) => k === 0 || step >= steps[k - 1]));
    assert.equal(steps.at(-1), 150);
    assert.equal(steps.filter((step) => step === 150).length, Math.round(2 * rate));
  }
  assert.equal(stepAtFrame({ ...SPEED, from: 40 }, 30, 0), 40);
});

test("whatever the steps are a film is some ten seconds long at first", () => {
  for (const longest of [1, 7, 40, 150, 1000, 6000]) {
    const speed = usualSpeed(longest);
    const seconds = framesOf(speed, 30) / 30;
    assert.ok(seconds > 2 && seconds <= 16, `${longest} steps: ${seconds} s`);
    assert.deepEqual([speed.from, speed.to], [0, longest]);
  }
});

test("a frame of a GIF lasts whole hundredths of a second, as its file counts them", () => {
  assert.ok(Number.isInteger(100 / frameRate("gif")));
});

test("which format is missing is said, and where no video can be written, why", () => {
  const kinds = (...formats: ("mp4" | "webm" | "gif")[]) => formats.map((format) => ({ format }));
  assert.equal(missingFormats(kinds("mp4", "webm", "gif"), true), "");
  assert.match(missingFormats(kinds("webm", "gif"), true), /writes no MP4\./);
  assert.match(missingFormats(kinds("mp4", "gif"), true), /writes no WebM\./);
  assert.match(missingFormats(kinds("gif"), true), /writes no video\./);
  assert.match(missingFormats(kinds("gif"), false), /only at an address with https, or on the computer that serves/);
});
