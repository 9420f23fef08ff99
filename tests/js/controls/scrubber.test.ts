import assert from "node:assert/strict";
import { test } from "node:test";
import { heightOf, scrubberMarks } from "../../../static/page/controls/scrubber.ts";
import { PIXELS } from "../../../static/page/marks/scales.ts";
import { svgOf } from "../../../static/page/marks/svgFile.ts";
import { assertPicture, LOOK as look } from "../pictures.ts";

const SIZE = { width: 218, height: 46 };
const runOf = (slot: number, length: number, stop_reason: string | null, changes: number[] = []): any => ({
  slot,
  length,
  end: stop_reason && { stop_reason },
  phases: [0, ...changes].map((from) => ({ from })),
});

test("a line a run, heavy as far as it has been played, with its changes and how it ended", () => {
  const runs = [
    runOf(0, 101, "max_steps", [40]),
    runOf(1, 51, "converged"),
    runOf(2, 21, "diverged"),
    runOf(3, 31, null),
  ];
  const marks = scrubberMarks(runs, 25, 100, SIZE, 1);
  assertPicture("scrubber", svgOf("Steps", { size: SIZE, scales: PIXELS, look, marks }));
});

test("without a run there is a line to move along", () => {
  const marks = scrubberMarks([], 0, 1, SIZE, 1);
  assertPicture("scrubber-empty", svgOf("Steps", { size: SIZE, scales: PIXELS, look, marks }));
});

test("on a narrow screen it is no higher with more runs, and their lines are closer", () => {
  assert.equal(heightOf(6, { scale: 1 }, true), heightOf(4, { scale: 1 }, true));
  assert.ok(heightOf(6, { scale: 1 }) > heightOf(4, { scale: 1 }));
  const runs = Array.from({ length: 6 }, (_, slot) => runOf(slot, 101, "max_steps"));
  const svg = svgOf("Steps", { size: SIZE, scales: PIXELS, look, marks: scrubberMarks(runs, 100, 100, SIZE, 1) });
  const lines = [...svg.matchAll(/M9 ([\d.]+)L/g)].map(([, y]) => Number(y)).filter((y) => y < 9 + 28);
  assert.equal(lines.length, 6);
});
