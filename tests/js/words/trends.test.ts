import assert from "node:assert/strict";
import { test } from "node:test";
import { tooLongWords } from "../../../static/page/words/refusal.ts";
import { asWritten, letterOf } from "../../../static/page/words/symbol.ts";
import { noRateWords, trendOf, trendWords } from "../../../static/page/words/trends.ts";

const trend = (...values: number[]) => trendOf({ values: Float64Array.from(values), first: 1 }, [0, values.length]);

test("a line falls, rises, does both or stays, whatever rounding does", () => {
  assert.deepEqual(
    [trend(3, 2, 2, 1), trend(1, 2), trend(2, 1, 2), trend(0.1, 0.1 + 1e-16), trend(NaN, 2, NaN, 3)],
    ["falls", "rises", "turns up", "stays", "rises"],
  );
  assert.deepEqual(
    [trend(1, 2, 1), trend(2, 1, 2, 1), trend(1, 2, 2, 1, 3)],
    ["turns down", "falls first", "rises first"],
  );
  assert.equal(trendOf({ values: Float64Array.of(3, 2, 1, 9), first: 1 }, [0, 3]), "falls");
});

test("all lines are said in one sentence", () => {
  assert.equal(
    trendWords([
      { name: "RMSProp", trend: "turns up" },
      { name: "AdaGrad", trend: "falls" },
      { name: "Adam", trend: "turns up" },
    ]),
    "AdaGrad’s only falls, RMSProp’s and Adam’s first fall, then rise.",
  );
  assert.match(trendWords([{ name: "16 points", trend: "stays" }]), /^16 points’ /);
  assert.equal(trendWords([]), "");
  assert.match(noRateWords(["My Adam"]), /^My Adam has none/);
});

test("names are letters where no formula can be set", () => {
  assert.deepEqual(["m_hat", "v_max", "beta1", "g"].map(letterOf), [
    { stem: "m\u0302", below: "" },
    { stem: "v", below: "max" },
    { stem: "β₁", below: "" },
    { stem: "g", below: "" },
  ]);
});

test("a weight is w with indices wherever it is read", () => {
  assert.equal(asWritten("∂L/∂w1_2_1 and b1_10 of the plane"), "∂L/∂w₁,₂,₁ and b₁,₁₀ of the plane");
  assert.deepEqual(letterOf("w1_2_1"), { stem: "w", below: "1,2,1" });
  assert.deepEqual([asWritten("slope"), asWritten("w"), asWritten("beta1")], ["slope", "w", "beta1"]);
});

test("what is too long to be told is said in the page's words", () => {
  const long = {
    loc: ["body", "stop", "max_steps"],
    msg: "stop.max_steps gives too much",
    type: "too_many_numbers",
    ctx: { limit: 500000, steps: 50000, got: "60000" },
  };
  assert.match(tooLongWords([long]), /^the run is too long .* 50,000 steps at the most\.$/);
  assert.equal(tooLongWords([{ loc: [], msg: "another fault", type: "fault", ctx: {} }]), "another fault");
});
