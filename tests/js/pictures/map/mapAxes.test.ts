import assert from "node:assert/strict";
import { test } from "node:test";
import { shownMinima } from "../../../../static/page/pictures/map/mapAxes.ts";
import { partOf } from "../../part.ts";

test("the minimum of a fit is not told while a question is open, as it is the answer; that of a surface is", () => {
  const minima = [{ at: [2, 1], loss: 0 }];
  const told = (kind: string, hasHiddenRows: boolean) =>
    shownMinima(partOf({ problem: { kind }, minima, hasHiddenRows }));
  assert.deepEqual([told("line_fit", true), told("line_fit", false), told("surface", true)], [[], minima, minima]);
});
