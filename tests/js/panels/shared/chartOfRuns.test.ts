import assert from "node:assert/strict";
import { test } from "node:test";
import type { MovingFrame } from "../../../../static/page/figure/part.ts";
import { chartOfRows, chartOfSteps } from "../../../../static/page/panels/shared/chartOfRuns.ts";
import { partOf } from "../../part.ts";

const frameAt = (step: number) =>
  partOf<MovingFrame>({ step, wordsStep: step, state: { hovered: { run: 1, step: 2 } } });

test("a chart of rows has the playhead at its row, one of steps at the step that follows, up to the last", () => {
  const { at, valuesAt, hit } = chartOfRows.momentAt(frameAt(2.5), 9);
  assert.deepEqual([at, valuesAt, hit], [2.5, 2, { run: 1, step: 2 }]);
  const next = chartOfSteps.momentAt(frameAt(2.5), 9);
  assert.deepEqual([next.at, next.valuesAt, next.hit], [3.5, 3, { run: 1, step: 3 }]);
  assert.equal(chartOfSteps.momentAt(frameAt(9), 9).at, 9);
});

test("a press on a step leads to the row that it begins at", () => {
  const rows: number[] = [];
  for (const chart of [chartOfRows, chartOfSteps]) {
    const { onSeek } = chart.events({ act: () => undefined, seek: (row) => rows.push(row) });
    for (const step of [0, 4]) onSeek(step);
  }
  assert.deepEqual(rows, [0, 4, 0, 3]);
});
