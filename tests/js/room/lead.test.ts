/** What a wall posts: the question while it is open, what is right as soon as it runs, then what shows. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OnWall } from "../../../static/page/playlist/channel.ts";
import type { PlaylistOffer } from "../../../static/page/playlist/items.ts";
import { createLead } from "../../../static/page/room/lead.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { withPreset } from "../../../static/page/state/preset.ts";
import { addressOf, emptyState, withAddress } from "../../../static/page/state/state.ts";
import type { Preset } from "../../../static/page/state/types.ts";
import { exercised } from "../exercised.ts";

const QUERY = "surface=bowl&optimizer=gd:learning_rate=0.1";
const preset: Preset = {
  ...{ name: "hill", group: "", title: "One hill", query: QUERY, question: "Where?", ask: "" },
  guess: { kind: "place", run: 0, answer: [1, 2] },
};
const PART = { kind: "preset" as const, number: 1, sections: [], skipped: false };
const OFFERED = { presets: [{ title: "One hill", query: QUERY, flags: "" }], lessons: [] } as unknown as PlaylistOffer;

function setUp() {
  const posted: { path: string; body: any }[] = [];
  const opened = withAddress(emptyState(), readAddress(QUERY, "reveal=true").address);
  let state = withPreset(exercised(opened, { preset, isOwn: true }));
  const movement = { step: 0, playing: false, speed: 1, at: 100 };
  const led: any = {
    store: { get: () => state },
    player: { step: () => movement.step, playing: () => movement.playing, movement: () => ({ ...movement }) },
    address: () => addressOf(state, null),
  };
  const lead = createLead({
    connection: {
      serverTime: (at) => at + 1000,
      send(_, path, body, _refused, sent = () => {}) {
        posted.push({ path, body });
        sent();
      },
    },
    offered: OFFERED,
    name: "w".repeat(32),
    seeds: () => false,
    refused: assert.fail,
  });
  const tell = (past: string[] = []) => {
    const figures = { "": { address: led.address(), playhead: { ...movement }, beside: {} } };
    lead.report({ shown: { figures, place: null, pressed: [] } } as unknown as OnWall, PART, {} as Window, led, past);
  };
  return {
    posted,
    lead,
    tell,
    ask: (next: Preset) => {
      state = withPreset(exercised(state, { preset: next }));
    },
    move: (next: Partial<typeof movement>) => Object.assign(movement, next),
  };
}

test("it tells what shows when that changes, by the server's clock, and takes the lead with the first alone", () => {
  const { posted, tell, move } = setUp();
  tell();
  tell();
  assert.equal(posted.length, 1);
  const { take, since, step, question, picture, address } = posted[0].body;
  assert.deepEqual([take, since, step, address], [true, 1100, 0, `/?${QUERY}`]);
  assert.deepEqual(question, { id: "hill/1", kind: "point", of: null });
  assert.deepEqual([picture.title, picture.asks, picture.figures[""].playhead.at], ["One hill", "hill", 1100]);
  move({ at: 200 });
  tell();
  assert.equal(posted.length, 1, "at rest no time is told anew");
  move({ playing: true });
  tell();
  assert.deepEqual([posted.at(-1)?.body.since, posted.at(-1)?.body.take], [1200, undefined]);
});

test("as it runs what is right goes before what shows, once; asked again it is another question", () => {
  const { posted, tell, move } = setUp();
  tell();
  move({ playing: true, at: 300 });
  tell();
  tell();
  assert.deepEqual(
    posted.map(({ path }) => path),
    ["/shown", "/ran", "/shown"],
  );
  assert.deepEqual([posted[1].body.question, posted[1].body.truth], ["hill/1", [1, 2]]);
  assert.equal(posted[2].body.question, null);
  move({ playing: false, step: 0, at: 400 });
  tell();
  assert.equal(posted.at(-1)?.body.question.id, "hill/2");
});

test("a question that is left without a run is not told, and is the same when it is come back to", () => {
  const { posted, tell, ask, lead } = setUp();
  tell();
  ask({ ...preset, guess: undefined });
  tell();
  assert.equal(posted.at(-1)?.body.question, null);
  ask(preset);
  tell();
  assert.equal(posted.at(-1)?.body.question.id, "hill/1");
  assert.ok(posted.every(({ path }) => path === "/shown"));
  lead.take();
  tell();
  assert.equal(posted.at(-1)?.body.take, true);
});

test("a question that has run on another wall is asked as another one, at once", () => {
  const { posted, tell } = setUp();
  const idNow = () => posted.at(-1)?.body.question.id;
  tell(["hill/1", "hill/2", "up/hill/7"]);
  assert.equal(idNow(), "hill/3");
  tell(["hill/1", "hill/2", "hill/3"]);
  assert.equal(idNow(), "hill/4");
});
