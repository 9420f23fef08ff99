import assert from "node:assert/strict";
import { test } from "node:test";
import {
  neighbouringPosition,
  type SubstepPosition,
  substepIndex,
  substepName,
  substepsIn,
} from "../../../static/page/state/networkStep.ts";
import { partOf } from "../part.ts";

const SUBSTEPS = substepsIn(partOf({ sizes: [2, 3, 1] }));

test("a step goes forward neuron by neuron, to the error, back layer by layer, and to the update", () => {
  assert.deepEqual(SUBSTEPS.map(substepName), [
    "forward-1-1",
    "forward-1-2",
    "forward-1-3",
    "forward-2-1",
    "error",
    "backward-2",
    "backward-1",
    "update",
  ]);
  assert.equal(substepsIn(partOf({ sizes: [2, 8, 8, 8, 1] })).length, 25 + 1 + 4 + 1);
});

test("its name in the address leads back to it, and one of another network to none", () => {
  for (const [k, substep] of SUBSTEPS.entries()) assert.equal(substepIndex(SUBSTEPS, substepName(substep)), k);
  assert.deepEqual([substepIndex(SUBSTEPS, "forward-1-4"), substepIndex(SUBSTEPS, null)], [null, null]);
});

test("all substeps of all steps come one after the other, and the same way back", () => {
  const length = 4;
  const way: SubstepPosition[] = [{ row: 0, index: null }];
  for (;;) {
    const next = neighbouringPosition(way[way.length - 1], 1, SUBSTEPS.length, length);
    if (JSON.stringify(next) === JSON.stringify(way[way.length - 1])) break;
    way.push(next);
  }
  // Three steps, between the start and the end, where nothing more is to come.
  assert.equal(way.length, 1 + 3 * SUBSTEPS.length + 1);
  assert.deepEqual(
    [way[SUBSTEPS.length], way[SUBSTEPS.length + 1]],
    [
      { row: 0, index: 7 },
      { row: 1, index: 0 },
    ],
  );
  assert.deepEqual(way[way.length - 1], { row: 3, index: null });
  const back = [way[way.length - 1]];
  while (back.length < way.length) back.push(neighbouringPosition(back[back.length - 1], -1, SUBSTEPS.length, length));
  assert.deepEqual(back.toReversed(), way);
});

test("where a run has no step there is none to go through", () => {
  for (const by of [1, -1] as const)
    assert.deepEqual(neighbouringPosition({ row: 0, index: null }, by, SUBSTEPS.length, 1), { row: 0, index: null });
});
