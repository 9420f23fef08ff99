import assert from "node:assert/strict";
import { test } from "node:test";
import { chosenRun } from "../../../static/page/panels/shared/chosenRun.ts";
import type { Scene } from "../../../static/page/state/types.ts";

const RUNS = [{ hidden: true }, { hidden: false }, { hidden: false }];

function chosen(selected: number | null, tried: number | null, runs: { hidden: boolean }[] = RUNS) {
  return chosenRun({ runs, selected, tried } as Scene);
}

test("what is explained is the selected run, else the one that is tried, else the first in sight", () => {
  assert.deepEqual(
    [chosen(0, 2), chosen(null, 2), chosen(null, 0), chosen(null, null), chosen(null, null, [])],
    [0, 2, 1, 1, null],
  );
});
