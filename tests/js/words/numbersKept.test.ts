import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersKeptWords, numbersReadWords } from "../../../static/page/words/numbersKept.ts";

const memory = {
  rowsRead: 1,
  available: 4,
  later: 0,
  width: 2,
  parameters: ["slope", "intercept"],
  values: [0.5, -0.25],
  states: [],
};

test("what a step reads is counted in rows and numbers", () => {
  assert.equal(numbersReadWords(memory), "1 row of 4, 2 numbers");
  assert.equal(numbersReadWords({ ...memory, rowsRead: 4 }), "all 4 rows, 8 numbers");
  assert.equal(
    numbersReadWords({ ...memory, rowsRead: 2, available: 2, later: 2 }),
    "all 2 rows, 4 numbers; 2 more to come",
  );
  assert.equal(numbersReadWords({ ...memory, rowsRead: 1, available: 1 }), "the one row there is, 2 numbers");
});

test("what is kept is every parameter, and every state of the rule for each", () => {
  assert.equal(numbersKeptWords(memory), "2 numbers: slope 0.500 and intercept −0.250");
  assert.equal(
    numbersKeptWords({ ...memory, states: ["m", "v"] }),
    "6 numbers: slope 0.500, intercept −0.250, m of each and v of each",
  );
  assert.equal(
    numbersKeptWords({ ...memory, parameters: Array(337).fill("w"), states: ["m"] }),
    "674 numbers: 337 parameters and m of each",
  );
  assert.equal(
    numbersKeptWords({ ...memory, method: true }),
    "slope 0.500 and intercept −0.250; what else it keeps stands in its working",
  );
});
