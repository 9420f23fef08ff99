import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "../../../static/page/state/types.ts";
import { titleWords } from "../../../static/page/words/networkWords.ts";
import { networkOf } from "../networks.ts";

test("two networks that differ in their first weights alone have two names", () => {
  const problem = { label: "XOR", network: networkOf() } as unknown as Problem;
  assert.equal(titleWords(problem, null, null), "XOR, 3 tanh neurons");
  assert.equal(titleWords(problem, null, [0.1, 0.2]), "XOR, 3 tanh neurons, weights set by hand");
});
