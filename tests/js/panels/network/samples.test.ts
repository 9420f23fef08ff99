import assert from "node:assert/strict";
import { test } from "node:test";
import { categoriesOf } from "../../../../static/page/panels/network/samples.ts";
import { XOR } from "../../networks.ts";

test("inputs of which just one is 1 in each sample are categories, labels that are both 1 are not", () => {
  const homes = [
    [0.3, 1, 0],
    [-1, 0, 1],
  ].map((inputs) => ({ inputs, target: 0 }));
  assert.deepEqual(categoriesOf({ inputs: ["area", "Nice", "Lille"], samples: homes }), [1, 2]);
  assert.deepEqual(categoriesOf({ inputs: ["x1", "x2"], samples: XOR }), []);
});
