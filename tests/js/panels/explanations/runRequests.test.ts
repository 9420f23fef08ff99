import assert from "node:assert/strict";
import { test } from "node:test";
import { createRunRequests } from "../../../../static/page/panels/explanations/runRequests.ts";
import { readAddress } from "../../../../static/page/state/address.ts";
import { emptyState, withAddress } from "../../../../static/page/state/state.ts";
import type { State } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";
import { runOf, sceneOf } from "../../runs.ts";

const STATE = withAddress(
  emptyState(),
  readAddress("surface=bowl&optimizer=gd&optimizer=adam&optimizer=rmsprop").address,
);
const RUNS = ["Descent", "Adam", "RMSProp"].map((name) => runOf({ name, loss: [3, 2] }));

/** @param progress  of the request of each run that is asked for @returns what was asked for, and what is followed */
function followed(progress: unknown[], { runs = RUNS, playing = false } = {}) {
  const asked = partOf<State[]>([]);
  const createRequest = () => (_: unknown, needs: any[]) => {
    asked.push(...needs);
    return needs.map((_, k) => progress[k] ?? {});
  };
  const { follow } = createRunRequests(partOf({ createRequest }), {} as any, "There is no run.");
  const { replies, note } = follow(partOf({ state: STATE, scene: sceneOf(runs), playing }), ({ name }) => ({
    key: name,
  }));
  return { asked, note, replies: replies.map(({ run, entry, reply }) => [run.name, entry.optimizer.name, reply]) };
}

test("each run in sight is asked for, and those that have come are there while others wait", () => {
  const runs = [RUNS[0], { ...RUNS[1], hidden: true }, RUNS[2]];
  const { asked, note, replies } = followed([{}, { last: "reply" }], { runs, playing: true });
  const [first, , third] = STATE.entries;
  assert.deepEqual(asked, [
    { key: "Descent", subject: first.id, later: true },
    { key: "RMSProp", subject: third.id, later: true },
  ]);
  assert.deepEqual(replies, [["RMSProp", "rmsprop", "reply"]]);
  assert.equal(note, "");
});

test("while none has come it is said why, and where there is no run, that", () => {
  assert.equal(followed([]).note, "Working it out.");
  assert.equal(followed([{}, { waits: "The server has too much to do." }]).note, "The server has too much to do.");
  const none = [
    { ...RUNS[0], hidden: true },
    { ...RUNS[1], length: 0 },
  ];
  assert.equal(followed([], { runs: none }).note, "There is no run.");
});

test("what is refused is said once, and what was there of it before is gone", () => {
  const refused = [{ loc: ["body"], msg: "too many starts", type: "too_many", ctx: {} }];
  const { note, replies } = followed([{ last: "old", refused }, { refused }, { last: "reply" }]);
  assert.deepEqual(replies, [["RMSProp", "rmsprop", "reply"]]);
  assert.equal(note, "Too many starts.");
});
