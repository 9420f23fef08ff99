import assert from "node:assert/strict";
import { test } from "node:test";
import {
  missingAt,
  movingAverage,
  rememberedSteps,
  temperatures,
  weightOf,
} from "../../../static/page/math/movingAverage.ts";
import { averagesIn } from "../../../static/page/words/averages.ts";
import {
  calmWords,
  memoryFormula,
  memoryNumbers,
  weightSumWords,
  windowWords,
} from "../../../static/page/words/memory.ts";

test("averages are found however the line is written, and nothing else is", () => {
  const found = averagesIn(
    "m = beta1*m + (1 - beta1)*g\nv=(1-beta2)*g^2 + v*beta2\nu = beta*u + g\nq = a*q + (1 - b)*g\nw = w - lr*m",
  );
  assert.deepEqual(
    found.map(({ name, decay, input, squared, sum }) => [name, decay, input, squared, sum]),
    [
      ["m", "beta1", "g", false, false],
      ["v", "beta2", "g", true, false],
      ["u", "beta", "g", false, true],
    ],
  );
});

test("numbers stand for names, and a pull towards the newest value is an average too", () => {
  const found = averagesIn(
    "m = 0.9*m + 0.1*g  # by hand\nv = v + (1 - rho)*(g**2 - v)\nu = u*0.8 + g\n" +
      "q = 0.9*q + 0.2*g\ns = v + g**2\nz = m + z*0.5",
  );
  assert.deepEqual(
    found.map(({ name, decay, input, squared, sum }) => [name, decay, input, squared, sum]),
    [
      ["m", "0.9", "g", false, false],
      ["v", "rho", "g", true, false],
      ["u", "0.8", "g", false, true],
      ["z", "0.5", "m", false, true],
    ],
  );
});

test("an average is the sum of the past by its weights", () => {
  const values = [3, -1, 4, 1, -5, 9];
  const beta = 0.7;
  const last = movingAverage(values, beta).at(-1) ?? NaN;
  const sum = values.reduce((total, value, k) => total + weightOf(beta, values.length - 1 - k, 1 - beta) * value, 0);
  assert.ok(Math.abs(last - sum) < 1e-12);
  const weights = values.reduce((total, _, k) => total + weightOf(beta, k), 0);
  assert.ok(Math.abs(weights - (1 - missingAt(beta, values.length))) < 1e-12);
  assert.ok(Math.abs(rememberedSteps(0.9) - 10) < 1e-9);
});

test("the classic weights stand in the classic form", () => {
  const memory = {
    name: "V",
    input: "\\theta_{#}",
    beta: 0.9,
    first: 1 - 0.9,
    corrected: false,
    t: 100,
    values: new Array(100).fill(2),
    averages: movingAverage(new Array(100).fill(2), 0.9),
  };
  assert.equal(
    memoryFormula(memory),
    "V_{100} = 0.1\\,\\theta_{100} + 0.09\\,\\theta_{99} + 0.081\\,\\theta_{98}" +
      " + 0.0729\\,\\theta_{97} + 0.6561\\,V_{96}",
  );
  assert.match(
    memoryNumbers(memory),
    /^= 0\.1 \\cdot 2 \+ 0\.09 \\cdot 2 \+ 0\.081 \\cdot 2 \+ 0\.0729 \\cdot 2 \+ 0\.6561 \\cdot 2\.000 = 2\.000$/,
  );
  assert.match(windowWords(memory), /10 steps are remembered: they carry 65 % of the weight/);
});

test("at the first step nine tenths are missing, and a sum is no average", () => {
  const memory = {
    name: "m",
    input: "g_{#}",
    beta: 0.9,
    first: 1 - 0.9,
    corrected: false,
    t: 1,
    values: [5],
    averages: movingAverage([5], 0.9),
  };
  assert.equal(memoryFormula(memory), "m_{1} = 0.1\\,g_{1} + 0.9\\,m_{0}");
  assert.equal(memoryNumbers(memory), "= 0.1 \\cdot 5 + 0.9 \\cdot 0 = 0.5");
  assert.match(
    weightSumWords({ ...memory, corrected: true }),
    /divided by 1 − βᵗ = 0\.1000, and so they add up to 1.* 0\.900 of it/,
  );
  assert.match(weightSumWords(memory), /Nothing makes up for it/);
  assert.match(
    weightSumWords({ ...memory, first: 1, t: 2 }),
    /A sum, not an average: the weights add up to 1\.90, and to 10\.0/,
  );
});

test("a corrected average has weights that add up to 1, and says what was divided by what", () => {
  const values = [2.1, 0.4, 3.6, 1.2, 2.1];
  const memory = {
    name: "V",
    input: "\\theta_{#}",
    beta: 0.98,
    first: 1 - 0.98,
    corrected: true,
    t: 5,
    values,
    averages: movingAverage(values, 0.98),
  };
  const weights = [...memoryFormula(memory).matchAll(/[=+] ([\d.]+)\\,/g)].map(([, weight]) => Number(weight));
  assert.equal(weights.length, 5);
  assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight) - 1) < 1e-3);
  assert.match(memoryFormula(memory), /^\\hat\{V\}_\{5\} = 0\.208.*\\hat\{V\}_\{1\}$/);
  assert.match(memoryNumbers(memory), / = 0\.1809 \/ \(1 - 0\.98\^\{5\}\) = 1\.883$/);
  assert.equal(memoryFormula({ ...memory, t: 1 }), "\\hat{V}_{1} = 1\\,\\theta_{1}");
});

test("the year is the same every time, cold in winter and warm in summer", () => {
  const [one, other] = [temperatures(), temperatures()];
  assert.deepEqual(one, other);
  const mean = (from: number, to: number) => one.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  assert.ok(mean(0, 40) < 6 && mean(175, 215) > 18);
});

test("why an average is calm is said in its numbers, and only where it is", () => {
  // Of 1, -1, 1, ... with beta 0.5 the last averages are near 1/3 and -1/3: they move by 2/3, the values by 2.
  const values = Array.from({ length: 40 }, (_, k) => (k % 2 ? -1 : 1));
  const memory = {
    name: "m",
    input: "g_{#}",
    beta: 0.5,
    first: 0.5,
    corrected: false,
    t: 40,
    values,
    averages: movingAverage(values, 0.5),
  };
  assert.equal(
    calmWords(memory, "step"),
    "Over the last 3 steps the values changed by 2.00 a step, the average by 0.667: " +
      "a new value moves it only 0.5 of the way to itself. Of these values 1 pulled it up and 2 down, which cancels.",
  );
  const rising = Array.from({ length: 40 }, (_, k) => k);
  assert.doesNotMatch(
    calmWords({ ...memory, values: rising, averages: movingAverage(rising, 0.5) }, "step"),
    /cancels/,
  );
  assert.equal(calmWords({ ...memory, t: 3 }, "step"), "");
  assert.equal(calmWords({ ...memory, beta: 0, first: 1, averages: movingAverage(values, 0) }, "step"), "");
  const sum = { ...memory, first: 1, averages: movingAverage(values, 0.5, 1) };
  assert.equal(calmWords(sum, "step"), "Of the last 3 values 1 pull one way and 2 the other: these cancel in the sum.");
  assert.equal(calmWords({ ...sum, values: rising }, "step"), "The last 3 values all pull one way, and add up.");
});
