import assert from "node:assert/strict";
import { test } from "node:test";
import type { Wire } from "../../../static/page/state/types.ts";
import { firstStepsWords } from "../../../static/page/words/firstSteps.ts";
import { partOf } from "../part.ts";

/** Adam's corrected averages of some gradients, worked out from its definition in Kingma and Ba 2015, Algorithm 1. */
function adamStep(gradients: Record<string, number[]>, { rate = 0.1, decay = 0 } = {}): Wire["Step"] {
  const of = (values: number[], beta: number) =>
    values.reduce((sum, value, k) => sum + (1 - beta) * beta ** (values.length - 1 - k) * value, 0) /
    (1 - beta ** values.length);
  const names = Object.keys(gradients);
  const each = <T>(make: (values: number[], name: string) => T) =>
    Object.fromEntries(names.map((name) => [name, make(gradients[name], name)]));
  const m = each((values) => of(values, 0.9));
  const v = each((values) =>
    of(
      values.map((value) => value ** 2),
      0.999,
    ),
  );
  const values = (all: Record<string, number>) => each((_, name) => ({ value: all[name], latex: null }));
  return partOf({
    t: gradients[names[0]].length,
    rate: { value: rate },
    before: each(() => 1),
    after: each((_, name) => 1 - (rate * m[name]) / (Math.sqrt(v[name]) + 1e-8) - decay),
    gradient: each((all) => ({ value: all.at(-1) })),
    lines: [
      { name: "m_hat", values: values(m) },
      { name: "v_hat", values: values(v) },
    ],
  });
}

const [M, V] = ["m\u0302", "v\u0302"];

test("at the first step every parameter moves by the rate, however large its gradient", () => {
  assert.equal(
    firstStepsWords(adamStep({ x: [-44], y: [0.02] })),
    `Here ${M} is g and ${V} is g², so ${M}/√${V} is −1 in x and 1 in y, however large g is: ` +
      "every parameter moves by the rate, 0.1.",
  );
  assert.match(firstStepsWords(adamStep({ x: [-44] })), /is −1, however large g is: it moves by the rate, 0\.1\.$/);
});

test("that they move by the rate is said only where they do", () => {
  assert.match(firstStepsWords(adamStep({ x: [3], y: [2] }, { decay: 0.01 })), /however large g is\.$/);
  assert.equal(firstStepsWords(adamStep({ x: [3], y: [0] })), "", "0/0 is no number");
  assert.equal(firstStepsWords({ ...adamStep({ x: [3] }), lines: [] }), "", "a rule of another kind");
});

test("then it holds as long as the gradients are much the same, and no longer", () => {
  assert.match(
    firstStepsWords(adamStep({ x: [-44, -43], y: [2, 1.98] })),
    /^m̂\/√v̂ is −0\.999 in x and 1 in y: each gradient is still near .* moves by nearly the rate, 0\.1\.$/,
  );
  assert.equal(
    firstStepsWords(adamStep({ x: [-44, -43], y: [2, 1.98] }, { decay: 0.05 })),
    "",
    "the gradients are not why",
  );
  assert.match(firstStepsWords(adamStep({ x: [-44, 20], y: [2, 1.98] })), /the gradients have changed/);
  assert.equal(firstStepsWords(adamStep({ x: [1, 1, 1, 1] })), "", "a later step");
});
