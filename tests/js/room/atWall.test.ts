/** The wall of a room: who leads it, what it asks, and when a contest stands in its place. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { contestOnWall, EMPTY_WALL, type WallEvent, wallAfter } from "../../../static/page/room/atWall.ts";
import type { RoomEvent } from "../../../static/page/room/events.ts";
import { Refused } from "../../../static/page/service/http.ts";

/** @param contest  its question, and whether it is open */
const room = (contest: [string, boolean] | null, events: RoomEvent[] = []): WallEvent => ({
  ...{ type: "room", events },
  room: { seats: 2, contest: contest && { question: contest[0], open: contest[1] } } as any,
});
const after = (...events: WallEvent[]) => events.reduce((wall, event) => wallAfter(wall, event, "mine"), EMPTY_WALL);
const lead = (window: string): RoomEvent => ({ type: "lead", window });

test("another window leads once the server says so, or refuses this one, until this one takes the lead", () => {
  assert.equal(after(room(null, [lead("other")])).isLed, true);
  assert.equal(after(room(null, [lead("other"), lead("mine")])).isLed, false);
  const refused = (status: number, type: string): WallEvent => ({
    ...{ type: "refused", error: new Refused(status, [{ type, msg: "", loc: [], ctx: {} }]) },
  });
  assert.equal(after(refused(409, "not_leading")).isLed, true);
  assert.equal(after(refused(409, "closed")).isLed, false);
  assert.equal(after(refused(409, "not_leading"), refused(429, "busy")).isLed, true);
  assert.equal(after(refused(409, "not_leading"), { type: "take" }).isLed, false);
});

test("a contest shows once it is open, stays when it is over, and does not come back once it was left", () => {
  assert.equal(after(room(["c/1", false])).showsContest, false);
  const over = after(room(["c/1", true]), room(["c/1", false]));
  assert.equal(over.showsContest, true);
  const left = wallAfter(over, { type: "leaveContest" }, "mine");
  assert.deepEqual([left.showsContest, contestOnWall(left)], [false, null]);
  assert.equal(wallAfter(left, room(["c/1", true]), "mine").showsContest, false);
  const next = wallAfter(left, room(["c/2", true]), "mine");
  assert.deepEqual([next.showsContest, contestOnWall(next)?.question], [true, "c/2"]);
});

test("seeds are given, and taken back", () => {
  assert.deepEqual([after({ type: "seeds" }).seeds, after({ type: "seeds" }, { type: "seeds" }).seeds], [true, false]);
});
