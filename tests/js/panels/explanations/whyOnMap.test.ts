import assert from "node:assert/strict";
import { test } from "node:test";
import { averageNote } from "../../../../static/page/panels/explanations/why/onMap.ts";
import type { Wire } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";
import { runOf } from "../../runs.ts";

// Around the minimum at (1, 1): the rows from the second on average to it, and the third is 5 away.
const RUN = runOf({
  points: [
    [9, 9],
    [-2, -3],
    [4, 5],
  ],
});
const reply = (t: number, center: number[] | null = [1, 1]): Wire["CurvatureAtRow"] => partOf({ center, t });

test("how far the average and the run are from the minimum is said where noise keeps the run around it", () => {
  assert.match(averageNote(1, RUN, reply(2)), /^At step 2 the average is 0 from the minimum, the run 5/);
  assert.match(averageNote(1, RUN, reply(1)), /^At step 1 the average is 5.* from the minimum, the run 5/);
  assert.equal(averageNote(1, RUN, reply(2, null)), "");
  assert.equal(averageNote(null, RUN, reply(2)), "");
  assert.equal(averageNote(2, RUN, reply(1)), "", "before the first row that is averaged");
});
