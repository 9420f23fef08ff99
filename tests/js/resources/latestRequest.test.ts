import assert from "node:assert/strict";
import { test } from "node:test";
import { createLatestRequest } from "../../../static/page/resources/latestRequest.ts";
import { settled, standingClock } from "./clock.ts";

function setUp() {
  const clock = standingClock();
  const log: string[] = [];
  const answers: string[] = [];
  const open: Record<string, { resolve: () => void; reject: (error: Error) => void }> = {};
  const latestRequest = createLatestRequest<{ key: string }, void>({
    clock,
    patience: 150,
    start: ({ key }, signal) =>
      new Promise((resolve, reject) => {
        log.push(key);
        signal.addEventListener("abort", () => {
          log.push(`${key} aborted`);
          reject(new DOMException("", "AbortError"));
        });
        open[key] = { resolve, reject };
      }),
    onReply: (_, { key }) => void answers.push(`${key}, then ${latestRequest.underWay()?.key}`),
    onIdle: () => {},
    onError: (error, { key }) => void log.push(`${key} failed: ${(error as Error).message}`),
  });
  const wish = (key: string, urgent = false) => latestRequest.wish({ key }, urgent);
  return { clock, latestRequest, log, answers, open, wish };
}

test("one request at a time; of the wishes that wait only the last is asked", async () => {
  const { log, open, wish } = setUp();
  wish("a");
  wish("b");
  wish("c");
  assert.deepEqual(log, ["a"]);
  open.a.resolve();
  await settled();
  assert.deepEqual(log, ["a", "c"]);
});

test("a request that takes too long is aborted for the next, however often that changes", async () => {
  const { clock, log, wish } = setUp();
  wish("a");
  await clock.move(100);
  wish("b");
  await clock.move(40);
  wish("c");
  assert.deepEqual(log, ["a"]);
  await clock.move(10);
  assert.deepEqual(log, ["a", "a aborted", "c"]);
});

test("a slow request that nobody wants to replace is left alone", async () => {
  const { clock, latestRequest, log, wish } = setUp();
  wish("a");
  wish("b");
  latestRequest.rest();
  await clock.move(1000);
  assert.deepEqual(log, ["a"]);
});

test("an urgent wish does not wait, and the same wish twice is one", async () => {
  const { log, wish } = setUp();
  wish("a");
  wish("b", true);
  wish("b", true);
  await settled();
  assert.deepEqual(log, ["a", "a aborted", "b"]);
});

test("a failure is told, an abort is not, and the next wish follows", async () => {
  const { log, open, wish } = setUp();
  wish("a");
  wish("b");
  open.a.reject(new Error("gone"));
  await settled();
  assert.deepEqual(log, ["a", "a failed: gone", "b"]);
});

test("an urgent wish outlives the patience with the request it replaced", async () => {
  const { clock, log, open, wish } = setUp();
  wish("a");
  wish("b");
  wish("c", true);
  await clock.move(1000);
  assert.deepEqual(log, ["a", "a aborted", "c"]);
  open.c.resolve();
  await settled();
  wish("d");
  assert.equal(log.at(-1), "d");
});

test("who comes back to what is under way gets it, however long it takes", async () => {
  const { clock, log, wish } = setUp();
  wish("a");
  wish("b");
  wish("a");
  await clock.move(1000);
  assert.deepEqual(log, ["a"]);
});

test("an answer is told once nothing is under way, and none of what was aborted", async () => {
  const { answers, open, wish } = setUp();
  wish("a");
  wish("b", true);
  open.a.resolve();
  open.b.resolve();
  await settled();
  assert.deepEqual(answers, ["b, then undefined"]);
});
