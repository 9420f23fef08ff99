import assert from "node:assert/strict";
import { test } from "node:test";
import { onEnd } from "../../../static/page/figure/lifetime.ts";

test("what is to end with a figure ends once with it, and at once if that has ended", () => {
  const ending = new AbortController();
  const log: string[] = [];
  onEnd(ending.signal, () => void log.push("before"));
  assert.equal(log.length, 0);
  ending.abort();
  onEnd(ending.signal, () => log.push("after"));
  assert.deepEqual(log, ["before", "after"]);
});
