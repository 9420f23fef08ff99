import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutValues } from "../../../static/page/panels/chartView.ts";
import type { Run } from "../../../static/page/state/types.ts";
import { runOf } from "../runs.ts";

test("a chart is without those of the runs in sight that have rows and none of its values", () => {
  const [whole, bare, hidden, empty] = [
    runOf({ loss: [3, 2] }),
    runOf({ loss: [3, 2] }),
    { ...runOf({ loss: [3, 2] }), hidden: true },
    runOf({ loss: [] }),
  ];
  const y = (one: Run) => (one === whole ? Float64Array.of(1, 2) : null);
  assert.deepEqual(withoutValues([whole, bare, hidden, empty], y), [bare]);
});
