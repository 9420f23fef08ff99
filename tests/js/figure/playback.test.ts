import assert from "node:assert/strict";
import { test } from "node:test";
import { createPlayback } from "../../../static/page/figure/playback.ts";
import { createPlayer } from "../../../static/page/figure/player.ts";
import { NO_EXERCISE } from "../../../static/page/state/exercise.ts";
import { runKey } from "../../../static/page/state/state.ts";
import type { State } from "../../../static/page/state/types.ts";
import { partOf } from "../part.ts";

function setUp(still: boolean = false) {
  let now = 0;
  const player = createPlayer(() => now);
  const playback = createPlayback({ player, still: () => still });
  let state = partOf<State>({
    entries: [{ id: 1, hidden: false, optimizer: {} }],
    runs: {},
    exercise: NO_EXERCISE,
    edit: { kind: "open" },
    problem: { surface: "bowl" },
    fault: null,
  });
  const change = (next: any) => {
    const before = state;
    state = { ...state, ...next };
    playback.follow(state, before, next.edit ?? null);
  };
  const rows = (steps: number, end = true) =>
    change({ runs: { 1: { key: keyOf(), length: steps + 1, end: end ? {} : null, cut: false } } });
  const keyOf = () => runKey(state, state.entries[0]);
  const wait = (seconds: number) => {
    now += 1000 * seconds;
    player.tick();
  };
  const open = (step: number | null) => playback.open(partOf({ display: { step }, spec: { optimizers: [{}] } }));
  return { player, playback, change, rows, open, wait };
}

test("a page opens playing; with a step in its address it stands there once the rows are in", () => {
  const playing = setUp();
  playing.open(null);
  playing.rows(50);
  assert.deepEqual([playing.player.playing(), playing.player.step()], [true, 0]);
  const standing = setUp();
  standing.open(20);
  standing.rows(7, false);
  standing.rows(50, false);
  assert.deepEqual([standing.player.playing(), standing.player.step()], [false, 20]);
  standing.player.seek(3);
  standing.rows(60);
  assert.equal(standing.player.step(), 3, "no longer awaited");
});

test("runs that are held stay at their start, and go on from there once they are not", () => {
  const { player, playback, change, rows, open, wait } = setUp();
  change({ exercise: { ...NO_EXERCISE, ahead: "startOnly" } });
  open(0);
  rows(50);
  playback.seek(7);
  assert.equal(player.step(), 0);
  player.play();
  wait(1);
  assert.deepEqual([player.playing(), player.step()], [false, 0]);
  change({ exercise: NO_EXERCISE, edit: { kind: "hides" } });
  assert.equal(player.step(), 0);
  playback.seek(7);
  assert.equal(player.step(), 7);
});

test("who asks for the end while rows still come is at the end of all of them", () => {
  const { player, playback, rows } = setUp();
  playback.seek(Infinity);
  rows(7, false);
  rows(50);
  assert.deepEqual([player.step(), player.atEnd()], [50, true]);
  playback.seek(Infinity);
  player.seek(0);
  rows(60);
  assert.equal(player.step(), 0, "it was there already, and nothing is awaited");
});

test("who plays on awaits nothing any more", () => {
  const { player, playback, rows } = setUp();
  playback.seek(Infinity);
  rows(7, false);
  player.seek(0);
  player.play();
  rows(50);
  assert.deepEqual([player.playing(), player.step()], [true, 0]);
});

test("with less motion the whole picture is there at once", () => {
  const { player, rows, open } = setUp(true);
  open(null);
  rows(7, false);
  rows(50);
  assert.deepEqual([player.playing(), player.step()], [false, 50]);
});

test("at the end it stays at the end of runs that come anew a part at a time", () => {
  const { player, rows } = setUp();
  rows(600);
  player.seek(600);
  rows(7, false);
  rows(28, false);
  rows(170);
  assert.deepEqual([player.step(), player.atEnd()], [170, true]);
});

test("at the end it stays at the end of whatever comes; elsewhere it stays where it is", () => {
  const { player, rows } = setUp();
  rows(50);
  player.seek(50);
  rows(30);
  assert.equal(player.step(), 30);
  rows(80);
  assert.equal(player.step(), 80);
  player.seek(10);
  rows(90);
  assert.equal(player.step(), 10);
});

test("while a run comes again, few rows at first, the playhead stays where it stood", () => {
  const { player, rows } = setUp();
  rows(50);
  player.seek(20);
  rows(7, false);
  rows(40, false);
  assert.equal(player.step(), 20);
  rows(12);
  assert.equal(player.step(), 12, "it is over before");
});

test("another landscape that is long on its way begins at its start, not where what was there is played to", () => {
  const { player, change, rows, wait } = setUp();
  rows(50);
  player.seek(20);
  const runs = { 1: { key: "before", length: 51, end: {}, cut: false } };
  change({ problem: { dataset: "shoe_size" }, edit: { kind: "problem" } });
  for (const _ of Array(3)) {
    wait(2);
    change({ runs: { ...runs } });
  }
  assert.equal(player.step(), 0, "what is drawn meanwhile is not its own");
  rows(40, false);
  assert.deepEqual([player.playing(), player.step()], [true, 0]);
  rows(60);
  wait(1);
  assert.ok(player.step() > 0);
});

test("another landscape plays from the start; a formula being typed does not", () => {
  const { player, change, rows } = setUp();
  rows(50);
  player.seek(20);
  change({ problem: { expression: "x" }, edit: { kind: "expression" } });
  assert.deepEqual([player.playing(), player.step()], [false, 20]);
  change({ problem: { surface: "levy" }, edit: { kind: "problem" } });
  assert.deepEqual([player.playing(), player.step()], [true, 0]);
});

test("led to a step whose rows are to come it stands there once they have", () => {
  const { player, playback, rows } = setUp();
  playback.lead({ step: 20, playing: false, speed: 2, at: 0 });
  rows(50);
  assert.deepEqual([player.step(), player.playing(), player.speed()], [20, false, 2]);
});
