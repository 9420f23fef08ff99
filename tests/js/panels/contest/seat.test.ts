import assert from "node:assert/strict";
import { test } from "node:test";
import { listedTries, withTry } from "../../../../static/page/panels/contest/contestSeat.ts";

test("the latest five values tried are listed, one that was tried again as a late one", () => {
  const values = ["1", "2", "3", "4", "5", "6", "7", "1", "8"];
  const tries = values.reduce((before: ReturnType<typeof withTry>, value) => withTry(before, [value, 9]), []);
  assert.deepEqual(
    listedTries(tries, "8").map(([value]) => value),
    ["4", "5", "6", "7", "1"],
  );
});
