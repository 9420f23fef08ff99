import assert from "node:assert/strict";
import { test } from "node:test";
import { lastOf, receiveKnown, valueIn, withDrawnReplies } from "../../../static/page/state/known.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { withKnown } from "../known.ts";

test("what stands of each is kept when others make room, and is the one that was wanted last", () => {
  let state = withKnown(emptyState(), "sweep", "start", "first", 1);
  for (let k = 0; k < 40; k++) state = withKnown(state, "sweep", `at ${k}`, k, 2);
  assert.deepEqual([lastOf(state, "sweep", 1), lastOf(state, "sweep", 2)], ["first", 39]);
  assert.deepEqual([valueIn(state, "sweep", "at 39"), valueIn(state, "sweep", "at 3")], [39, undefined]);
  assert.equal(lastOf(withDrawnReplies(state, "sweep", [{ key: "at 38", subject: 2 }]), "sweep", 2), 38);
  assert.equal(withDrawnReplies(state, "sweep", [{ key: "to come", subject: 2 }, { key: "at 38" }]), state);
});

test("of more subjects than are kept those that are wanted stay, whatever their ids", () => {
  let state = withKnown(emptyState(), "sweep", "first", "kept", 1);
  for (let id = 2; id < 40; id++) {
    state = receiveKnown(state, "sweep", `of ${id}`, { value: id });
    const wishes = [
      { key: `of ${id}`, subject: id },
      { key: "first", subject: 1 },
    ];
    state = withDrawnReplies(state, "sweep", wishes, 4);
  }
  assert.deepEqual(Object.keys(state.latestKeys.sweep), ["1", "37", "38", "39"]);
});

test("what is known of an answer so far stands too, once there is some", () => {
  const before = withKnown(emptyState(), "ends", "one", "map", "problem");
  const told = (known: object) =>
    withDrawnReplies(receiveKnown(before, "ends", "two", known), "ends", [{ key: "two", subject: "problem" }]);
  assert.deepEqual(
    [told({ done: 0.1 }), told({ done: 0.2, soFar: "coarse" })].map((state) => lastOf(state, "ends", "problem")),
    ["map", "coarse"],
  );
});

test("a kind of which one reply is kept drops the one before", () => {
  let state = emptyState();
  for (const key of ["one", "two", "three"]) state = receiveKnown(state, "search", key, { value: key }, 1);
  assert.deepEqual(Object.keys(state.replies.search), ["three"]);
});
