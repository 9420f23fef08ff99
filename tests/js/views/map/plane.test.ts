import assert from "node:assert/strict";
import { test } from "node:test";
import { toldMinima } from "../../../../static/page/views/map/plane.ts";

test("while a question is open the minimum of a fit, which is its answer, is not told; that of a surface is its ground", () => {
  const minima = [{ at: [2, 1], loss: 0 }];
  const told = (kind: string, hidesAhead: boolean) => toldMinima({ problem: { kind, minima }, hidesAhead } as any);
  assert.deepEqual([told("line_fit", true), told("line_fit", false), told("surface", true)], [[], minima, minima]);
});
