import assert from "node:assert/strict";
import { test } from "node:test";
import {
  IDLE,
  isUnanswered,
  type RequestState,
  withNeed,
  withoutNeed,
} from "../../../static/page/resources/requestState.ts";
import type { Need } from "../../../static/page/resources/resource.ts";

const [A, B] = [{ key: "a" }, { key: "b" }];
const asked = (need: Need, since: number, until = Infinity, again = false): RequestState<Need> => ({
  is: "asked",
  need,
  since,
  until,
  again,
});
const answered: RequestState<Need> = { is: "answered", need: A };
const failed: RequestState<Need> = { is: "failed" };
const after = (ms: number) => () => ms;

test("what is wanted is asked for at once where nothing is under way", () => {
  assert.deepEqual(withNeed<Need>(IDLE, A, 7, after(150)), asked(A, 7));
});

test("a request under way may go on for a while from when it was sent, however often the next need changes", () => {
  const waiting = withNeed(asked(A, 0), B, 100, after(150));
  assert.deepEqual(waiting, asked(A, 0, 150));
  assert.deepEqual(withNeed(waiting, { key: "c" }, 149, after(150)), asked(A, 0, 150));
  assert.deepEqual(withNeed(waiting, B, 150, after(150)), asked(B, 150));
});

test("an urgent need replaces it at once; where every reply is kept, or brings the need, it goes on to its end", () => {
  assert.deepEqual(withNeed(asked(A, 5), B, 5, after(0)), asked(B, 5));
  assert.deepEqual(withNeed(asked(A, 0, 150), B, 1000, after(Infinity)), asked(A, 0));
});

test("wanted no more, it goes on, unless it takes the server long", () => {
  assert.deepEqual(withoutNeed(asked(A, 0, 150), false), asked(A, 0, 150));
  assert.deepEqual(withoutNeed(asked(A, 0), true), IDLE);
});

test("while it is answered another need is sent, but not the same", () => {
  assert.equal(withNeed(answered, A, 9, after(0)), answered);
  assert.equal(withoutNeed(answered, true), answered);
  assert.deepEqual(withNeed(answered, B, 9, after(0)), asked(B, 9));
});

test("a failure counts until what is asked for after it is answered, or until nothing is wanted", () => {
  const again = withNeed(failed, A, 9, after(150));
  assert.deepEqual(again, asked(A, 9, Infinity, true));
  const replaced = withNeed(again, B, 9, after(0));
  assert.deepEqual([failed, again, replaced].map(isUnanswered), [true, true, true]);
  const ends = [answered, asked(A, 0), withoutNeed(failed, false)];
  assert.deepEqual(ends.map(isUnanswered), [false, false, false]);
});
