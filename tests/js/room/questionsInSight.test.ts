/** Which questions are in sight on a wall, and which of them are open. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { LedPage } from "../../../static/page/playlist/iframe.ts";
import { questionsIn } from "../../../static/page/room/questionsInSight.ts";
import { partOf } from "../part.ts";

/** A check with three options, of which the second is right. */
const checkOf = (id: string, inSight = true) => ({
  id,
  matches: (selector: string) => selector === ".check",
  getClientRects: () => (inSight ? [{}] : []),
  querySelectorAll: () =>
    [0, 1, 2].map((k) => ({ matches: (selector: string) => k === 1 && selector === "[data-right]" })),
});

test("a check in sight is open until its lesson says that it was answered rightly", () => {
  const checks = [checkOf("check-1"), checkOf("check-2"), checkOf("check-3", false)];
  const page: any = {
    document: { querySelector: () => ({ dataset: { lesson: "momentum" } }), querySelectorAll: () => checks },
  };
  const lesson = partOf<LedPage>({ figures: {}, isSolved: (check: object) => check === checks[0] });
  assert.deepEqual(
    questionsIn(page, lesson).map(({ name, kind, choices, truth, open }) => [name, kind, choices, truth, open]),
    [
      ["momentum/check-1", "choice", 3, 1, false],
      ["momentum/check-2", "choice", 3, 1, true],
    ],
  );
});
