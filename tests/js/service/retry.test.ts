import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, TransientError, Unfetched } from "../../../static/page/service/http.ts";
import { once, retryWhileTransient } from "../../../static/page/service/retry.ts";
import { settled, standingClock } from "../resources/clock.ts";

/** A question that fails so long as there are errors. */
function desk(errors: unknown[]) {
  const clock = standingClock();
  const ending = new AbortController();
  const said: string[] = [];
  const asked = { times: 0 };
  const answer = retryWhileTransient(
    async () => {
      asked.times += 1;
      if (errors.length) throw errors.shift();
      return "here";
    },
    { signal: ending.signal, onWait: (words) => said.push(words), clock },
  );
  const got: { value?: string; error?: any } = {};
  answer.then(
    (value) => (got.value = value),
    (error) => (got.error = error),
  );
  return { clock, ending, said, asked, got };
}

test("it waits 1, 2, 4, 8 and 15 seconds, then 15 each time, and says why", async () => {
  const { clock, said, asked, got } = desk(
    Array.from({ length: 7 }, () => new TransientError("The server does not answer")),
  );
  await settled();
  for (const [k, seconds] of [1, 2, 4, 8, 15, 15, 15].entries()) {
    await clock.move(1000 * seconds - 1);
    assert.equal(asked.times, k + 1);
    await clock.move(1);
    assert.equal(asked.times, k + 2);
  }
  assert.equal(got.value, "here");
  assert.deepEqual([...new Set(said)], ["The server does not answer. This is tried again by itself."]);
});

test("it never comes sooner than the server asks for, and waits an hour at the most", async () => {
  const { clock, asked } = desk([
    new TransientError("The server has too much to do", 7),
    new TransientError("The server has too much to do", 1),
    new TransientError("The server has too much to do", 1e9),
  ]);
  await settled();
  for (const [k, seconds] of [7, 2, 3600].entries()) {
    await clock.move(1000 * seconds - 1);
    assert.equal(asked.times, k + 1);
    await clock.move(1);
    assert.equal(asked.times, k + 2);
  }
});

test("what waits ends with the part that it is for", async () => {
  const { clock, ending, asked, got } = desk([new TransientError("The server does not answer")]);
  await settled();
  ending.abort();
  await clock.move(100_000);
  assert.deepEqual([asked.times, got.error?.name], [1, "AbortError"]);
});

test("what fails once its part is gone is not said", async () => {
  const { ending, said, got } = desk([new TransientError("The server does not answer")]);
  ending.abort();
  await settled();
  assert.deepEqual([said, got.error?.name], [[], "AbortError"]);
});

test("a refusal and a fault of the page are not tried again", async () => {
  const faults = ["x is undefined", "Cannot read properties of undefined (reading 'important')"];
  for (const error of [new Refused(422, []), ...faults.map((words) => new TypeError(words))]) {
    const { clock, asked, got } = desk([error]);
    await clock.move(100_000);
    assert.deepEqual([asked.times, got.error], [1, error]);
  }
});

test("a script that did not come is, in the words of each browser", async () => {
  const theirs = [
    "Failed to fetch dynamically imported module: http://a/b.js",
    "error loading dynamically imported module: http://a/b.js",
    "Importing a module script failed.",
  ];
  for (const error of [...theirs.map((words) => new TypeError(words)), new Unfetched()]) {
    const { clock, said, got } = desk([error]);
    await settled();
    await clock.move(1000);
    assert.deepEqual(said, [
      "A part of the page did not come. This is tried again by itself; if that goes on, reload the page.",
    ]);
    assert.equal(got.value, "here");
  }
});

test("what is wanted once is asked for again only after a failure", async () => {
  let times = 0;
  const get = once(async () => {
    times += 1;
    if (times === 1) throw new TransientError("The server does not answer");
    return times;
  });
  assert.deepEqual(
    (await Promise.allSettled([get(), get()])).map(({ status }) => status),
    ["rejected", "rejected"],
  );
  assert.deepEqual(await Promise.all([get(), get()]), [2, 2]);
});
