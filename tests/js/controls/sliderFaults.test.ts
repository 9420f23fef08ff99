import assert from "node:assert/strict";
import { test } from "node:test";
import { faultSpans } from "../../../static/page/controls/sliderMarks.ts";
import type { Sweep } from "../../../static/page/state/types.ts";
import { partOf } from "../part.ts";

test("faults next to each other are one span, from halfway to the values beside them", () => {
  const stop_reason = ["fault", "max_steps", "diverged", "fault", "fault", "max_steps", "fault"];
  const sweep = partOf<Sweep>({ values: [0, 10, 20, 30, 40, 50, 60], stop_reason });
  assert.deepEqual(
    faultSpans(sweep, (value) => value),
    [
      [0, 5],
      [25, 45],
      [55, 60],
    ],
  );
});
