import assert from "node:assert/strict";
import { test } from "node:test";
import { drawnReply, receiveReply, replyFor, withDrawnReplies } from "../../../static/page/state/replies.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { withKnown } from "../known.ts";

test("what stands of each is kept when others make room, and is the one that was wanted last", () => {
  let state = withKnown(emptyState(), "sweep", "start", "first", 1);
  for (let k = 0; k < 40; k++) state = withKnown(state, "sweep", `at ${k}`, k, 2);
  assert.deepEqual([drawnReply(state, "sweep", 1), drawnReply(state, "sweep", 2)], ["first", 39]);
  assert.deepEqual([replyFor(state, "sweep", "at 39"), replyFor(state, "sweep", "at 3")], [39, undefined]);
  assert.equal(drawnReply(withDrawnReplies(state, "sweep", [{ key: "at 38", subject: 2 }]), "sweep", 2), 38);
  assert.equal(withDrawnReplies(state, "sweep", [{ key: "to come", subject: 2 }, { key: "at 38" }]), state);
});

test("of more subjects than are kept those that are wanted stay, whatever their ids", () => {
  let state = withKnown(emptyState(), "sweep", "first", "kept", 1);
  for (let id = 2; id < 40; id++) {
    state = receiveReply(state, "sweep", `of ${id}`, { value: id });
    const needs = [
      { key: `of ${id}`, subject: id },
      { key: "first", subject: 1 },
    ];
    state = withDrawnReplies(state, "sweep", needs, 4);
  }
  assert.deepEqual(Object.keys(state.latestKeys.sweep), ["1", "37", "38", "39"]);
});

test("what is known of an answer so far stands too, once there is some", () => {
  const before = withKnown(emptyState(), "ends", "one", "map", "problem");
  const told = (known: object) =>
    withDrawnReplies(receiveReply(before, "ends", "two", known), "ends", [{ key: "two", subject: "problem" }]);
  assert.deepEqual(
    [told({ done: 0.1 }), told({ done: 0.2, soFar: "coarse" })].map((state) => drawnReply(state, "ends", "problem")),
    ["map", "coarse"],
  );
});

test("a kind of which one reply is kept drops the one before", () => {
  let state = emptyState();
  for (const key of ["one", "two", "three"]) state = receiveReply(state, "search", key, { value: key }, 1);
  assert.deepEqual(Object.keys(state.replies.search), ["three"]);
});
