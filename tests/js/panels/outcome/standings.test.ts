/** What the standings count beside the loss. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { shareAbove } from "../../../../static/page/panels/outcome/report.ts";
import { runOf } from "../../runs.ts";

test("how far a run stays above the least loss is its mean over the steps of its level", () => {
  const [run] = [runOf({ loss: [9, 2, 1.1, 1.3], length: 4, end: { stop_reason: "max_steps" } } as any)];
  const level = { kind: "level", run: 0, first: 2, last: 3, loss: 1.2, least: 1, text: "20 %" } as const;
  assert.ok(Math.abs(shareAbove([level], run, 0) - 20) < 1e-9);
  assert.ok(Number.isNaN(shareAbove([level], run, 1)));
  assert.ok(Number.isNaN(shareAbove([level], { ...run, end: null } as any, 0)));
});
