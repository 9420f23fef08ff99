import assert from "node:assert/strict";
import { test } from "node:test";
import { lazy } from "../../../static/page/service/lazy.ts";
import { settled } from "../resources/clock.ts";

function setUp() {
  const ending = new AbortController();
  const log: string[] = [];
  const get = lazy(
    async () => {
      log.push("asked");
      return "here";
    },
    { ended: ending.signal, redraw: () => log.push("changed") },
    (loaded) => {
      log.push("made");
      return loaded;
    },
  );
  return { ending, get, log };
}

test("it is asked for once, with the first that wants it, and tells that it has come", async () => {
  const { get, log } = setUp();
  assert.equal(get.loaded(), null);
  await settled();
  assert.deepEqual(log, [], "who only looks asks for nothing");
  assert.equal(get(), null);
  get();
  await settled();
  assert.deepEqual([log, get(), get.loaded()], [["asked", "made", "changed"], "here", "here"]);
});

test("once what it is for has ended nothing is asked for any more, and nothing told", async () => {
  const { ending, get, log } = setUp();
  ending.abort();
  assert.equal(get(), null);
  await settled();
  assert.deepEqual(log, []);
});

test("what comes once that has ended is made into no part, and nothing told", async () => {
  const { ending, get, log } = setUp();
  get();
  ending.abort();
  await settled();
  assert.deepEqual([log, get()], [["asked"], null]);
});
