/** Every kind of evidence says its numbers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Evidence, EvidenceOf } from "../../../static/page/state/types.ts";
import { evidenceWords } from "../../../static/page/words/evidence.ts";
import { runOf, sceneOf } from "../runs.ts";

/** x passes 0 twice, and is further than 2 from it at step 3; the loss is below 3 from step 2 on, and ends at 1. */
const SCENE = sceneOf([
  runOf({
    loss: [8, 4, 2, 1],
    points: [
      [1, 0],
      [-1, 0],
      [0.5, 0],
      [3, 0],
    ],
    reason: "max_steps",
  }),
]);

/** Of each kind one, and the texts with the numbers that it has the picture show. */
const ONE_OF_EACH: { [K in Evidence["kind"]]: [EvidenceOf<K>, string[]] } = {
  goal: [{ kind: "goal", loss: 3, stays: false, text: "three", runs: null }, ["three", "2", "2"]],
  ends: [{ kind: "ends", least: null }, ["1"]],
  level: [{ kind: "level", run: 0, first: 1, last: 3, loss: 2, least: 1, text: "100 %" }, ["100 %"]],
  moment: [{ kind: "moment", run: 0, step: 1, loss: 4, text: "4.0" }, ["4.0"]],
  away: [{ kind: "away", parameter: 0, distance: 2 }, ["3", "3"]],
  crossings: [{ kind: "crossings", parameter: 0, steps: 9 }, ["2"]],
  line: [{ kind: "line", shape: "plain", run: null, points: [[0, 0]], text: "0.62" }, ["0.62"]],
  read_off: [{ kind: "read_off", run: 0, at: [3, 0], texts: ["3", ""] }, ["3", ""]],
  limit: [{ kind: "limit", run: 0, rate: 0.1, text: "2/20" }, ["2/20"]],
  left: [{ kind: "left", run: null, at: [0, 0], share: 0.1, kept: [0.9], texts: ["9 %"] }, ["9 %"]],
  // Its parts are arrows, named by the terms of its rule.
  step: [{ kind: "step", run: 0, step: 1, at: [1, 0], kept: [0, 0], added: [-2, 0], terms: ["m"] }, []],
  rescaled: [
    {
      kind: "rescaled",
      run: 0,
      step: 1,
      at: [1, 0],
      gradient: [2, 0],
      moved: [-2, 0],
      text: "",
      texts: ["x: 1 · 2 / 1 = 2"],
    },
    ["x: 1 · 2 / 1 = 2"],
  ],
};

for (const [kind, [item, texts]] of Object.entries(ONE_OF_EACH))
  test(`evidence of the kind ${kind} says its numbers`, () => {
    assert.deepEqual(evidenceWords(item.kind).numbers(item, SCENE, null), texts);
  });
