import assert from "node:assert/strict";
import { test } from "node:test";
import {
  IDLE,
  isUnanswered,
  type RequestState,
  withoutWish,
  withWish,
} from "../../../static/page/resources/requestState.ts";
import type { Wish } from "../../../static/page/resources/resource.ts";

const [A, B] = [{ key: "a" }, { key: "b" }];
const asked = (wish: Wish, since: number, until = Infinity, again = false): RequestState<Wish> => ({
  is: "asked",
  wish,
  since,
  until,
  again,
});
const answered: RequestState<Wish> = { is: "answered", wish: A };
const failed: RequestState<Wish> = { is: "failed" };
const after = (ms: number) => () => ms;

test("what is wanted is asked for at once where nothing is under way", () => {
  assert.deepEqual(withWish<Wish>(IDLE, A, 7, after(150)), asked(A, 7));
});

test("a request under way may go on for a while from when it was sent, however often the next wish changes", () => {
  const waiting = withWish(asked(A, 0), B, 100, after(150));
  assert.deepEqual(waiting, asked(A, 0, 150));
  assert.deepEqual(withWish(waiting, { key: "c" }, 149, after(150)), asked(A, 0, 150));
  assert.deepEqual(withWish(waiting, B, 150, after(150)), asked(B, 150));
});

test("an urgent wish replaces it at once; where every reply is kept, or brings the wish, it goes on to its end", () => {
  assert.deepEqual(withWish(asked(A, 5), B, 5, after(0)), asked(B, 5));
  assert.deepEqual(withWish(asked(A, 0, 150), B, 1000, after(Infinity)), asked(A, 0));
});

test("wanted no more, it goes on, unless it takes the server long", () => {
  assert.deepEqual(withoutWish(asked(A, 0, 150), false), asked(A, 0, 150));
  assert.deepEqual(withoutWish(asked(A, 0), true), IDLE);
});

test("while it is answered another wish is sent, but not the same", () => {
  assert.equal(withWish(answered, A, 9, after(0)), answered);
  assert.equal(withoutWish(answered, true), answered);
  assert.deepEqual(withWish(answered, B, 9, after(0)), asked(B, 9));
});

test("a failure counts until what is asked for after it is answered, or until nothing is wanted", () => {
  const again = withWish(failed, A, 9, after(150));
  assert.deepEqual(again, asked(A, 9, Infinity, true));
  const replaced = withWish(again, B, 9, after(0));
  assert.deepEqual([failed, again, replaced].map(isUnanswered), [true, true, true]);
  const ends = [answered, asked(A, 0), withoutWish(failed, false)];
  assert.deepEqual(ends.map(isUnanswered), [false, false, false]);
});
