import assert from "node:assert/strict";
import { test } from "node:test";
import type { Problem } from "../../../static/page/state/types.ts";
import { titleWords } from "../../../static/page/words/networkWords.ts";
import { networkOf } from "../networks.ts";
import { partOf } from "../part.ts";

test("two networks that differ in their first weights alone have two names", () => {
  const problem = { label: "XOR", network: networkOf() } as unknown as Problem;
  assert.equal(titleWords(problem, null, null), "XOR, 3 tanh neurons");
  const activations = ["Sigmoid", "ReLU"].map((label) => ({ name: label.toLowerCase(), label }));
  const catalog = partOf<Parameters<typeof titleWords>[1]>({ networks: { activations } });
  const titleOf = (activation: string) =>
    titleWords({ ...problem, network: { ...problem.network, activation } } as typeof problem, catalog, null);
  assert.deepEqual(
    ["sigmoid", "relu"].map(titleOf),
    ["XOR, 3 sigmoid neurons", "XOR, 3 ReLU neurons"],
    "a word is small, a name is not",
  );
  assert.equal(titleWords(problem, null, [0.1, 0.2]), "XOR, 3 tanh neurons, weights set by hand");
});
