/** What a wall tells of its questions, and what a seat shows of a wall's picture. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { pageAt } from "../../../static/page/room/atSeat.ts";
import { questionOn, type Room, roomAfter } from "../../../static/page/room/events.ts";
import { atSeat, withClock } from "../../../static/page/room/mirroredPicture.ts";
import { readAddress } from "../../../static/page/state/address.ts";

test("the room knows all questions that have run, whichever wall has asked them", () => {
  const ran = { kind: "choice", of: 3, answers: [], truth: 1, again: null };
  const shown = { shown: null, question: null, entries: 0, entry: null, ran: null, contest: null };
  const begun = roomAfter(null, { type: "state", seats: 1, seat: null, ...shown, past: ["hill/1"], closed: false });
  assert.deepEqual(roomAfter(begun, { type: "ran", question: "hill/2", ...ran })?.past, ["hill/1", "hill/2"]);
});

test("a seat opens the playground or a lesson, and nothing else, whatever it is told", () => {
  assert.equal(pageAt("/?surface=bowl#projector=true")?.address, "/?surface=bowl#reveal=true");
  assert.deepEqual(pageAt("/lessons/momentum?present=1,2#end"), {
    ...{ address: "/lessons/momentum?led=1,2", lesson: "momentum", key: "/lessons/momentum?led=1,2" },
  });
  for (const other of [
    "https://elsewhere/",
    "//elsewhere",
    "/docs",
    "javascript:1",
    "/lessons/../x",
    "/lessons/a?present=x",
  ])
    assert.equal(pageAt(other), null);
});

test("a seat shows the wall's picture in its own size, at the same moment, with its own answer and seed", () => {
  const { address } = readAddress("surface=bowl&optimizer=gd", "projector=true&reveal=true&seeds=true");
  const playhead = { step: 3, playing: true, speed: 2, at: 1000 };
  const beside = { answer: [9, 9], proposes: true, panel: "loss", tilted: true, theme: "night" as const };
  const wall = { figures: { "": { address, playhead, beside } }, place: null, pressed: [] };
  const seen = atSeat(
    withClock(wall, (at) => at + 250),
    () => [1, 2],
    7,
  ).figures[""];
  assert.deepEqual([seen.address.display.projector, seen.address.display.hides], [false, true]);
  assert.deepEqual([seen.address.spec.seed, address.spec.seed], [7, 0]);
  assert.deepEqual(seen.playhead, { ...playhead, at: 1250 });
  assert.deepEqual(seen.beside, { proposes: true, tilted: true, leader: { seed: 0 }, answer: [1, 2] });
  const { address: same, beside: besideWall } = atSeat(wall, () => null, null).figures[""];
  assert.deepEqual([same.spec.seed, same.display.seeds, besideWall.leader], [0, true, { seed: null }]);
  assert.equal(seen.address.display.seeds, false);
});

test("what a scene asks is what the wall says, be its question not open yet, and another one have run last", () => {
  const check = { id: "momentum/check-2/1", kind: "choice" as const, of: 3 };
  const ran = { question: check.id, kind: check.kind, of: 3, answers: [], truth: 1, again: null };
  const state: Room = {
    ...{ seats: 1, seat: 1, shown: null, question: null, entries: 0, entry: null },
    ...{ ran, contest: null, lead: null, past: [], closed: false },
  };
  const picture = { figures: {}, place: null, pressed: [], title: "One hill", asks: "hill" };
  const shown = { address: "/", step: 0, playing: false, pace: 1, since: 0, question: null, seeds: false, picture };
  const onPreset = (asks: string | null) => {
    const room = roomAfter(state, { type: "shown", ...shown, picture: { ...picture, asks } });
    return room && questionOn(room, "", "");
  };
  assert.deepEqual([onPreset("hill"), onPreset(null)], ["hill", ""]);
  assert.equal(questionOn(state, "momentum", "check-2"), "momentum/check-2");
});
