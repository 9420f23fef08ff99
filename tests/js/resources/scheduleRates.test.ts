import assert from "node:assert/strict";
import { test } from "node:test";
import { rates, ratesNeed } from "../../../static/page/resources/scheduleRates.ts";
import { setGlobals } from "../globals.ts";

/** @param learningRates  that the server replies @returns those that are marked */
async function marked(learningRates: number[]): Promise<number[]> {
  const response = Response.json({ runs: [{ learning_rate: learningRates }] });
  const putBack = setGlobals({ fetch: async () => response, document: { querySelector: () => null } });
  try {
    const need = ratesNeed({ name: "cosine" } as any, { stop: { max_steps: 50 } } as any);
    return await rates.request(need, { signal: new AbortController().signal } as any);
  } finally {
    putBack();
  }
}

test("the rates of a schedule are marked where they are few, each once", async () => {
  // 1/(1 - rho cos(pi (2 k + 1)/4)) with rho = 99/101 for k = 0, 1: the zeros of a Chebyshev polynomial of degree 2.
  const two = [3.258, 0.59063];
  assert.deepEqual(await marked([...two, ...two, ...two]), [0.59063, 3.258]);
  assert.deepEqual(await marked([1, 1, 1]), [], "a rate that stays is the slider's own");
  const falling = (count: number) => Array.from({ length: count }, (_, k) => 1 / (k + 1));
  assert.equal((await marked(falling(64))).length, 64);
  assert.deepEqual(await marked(falling(65)), []);
});
