import assert from "node:assert/strict";
import { test } from "node:test";
import { createLeading } from "../../../static/page/figure/leading.ts";
import { createPlayback } from "../../../static/page/figure/playback.ts";
import { createPlayer } from "../../../static/page/figure/player.ts";
import { setValue } from "../../../static/page/state/actions.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { hover } from "../../../static/page/state/receiving.ts";
import { emptyState, withAddress } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";

const addressOf = (query: string) => readAddress(query).address;
const BOWL = addressOf("surface=bowl&optimizer=gd:learning_rate=0.1");

/** A figure of 200 steps, which take five seconds. */
function setUp(address = BOWL) {
  let now = 1000;
  const store = createStore(withAddress(emptyState(), address));
  const player = createPlayer(() => now);
  const playback = createPlayback({ player, still: () => false });
  const rows = (steps: number, complete = true) => player.setLength(steps, complete);
  rows(200);
  const wait = (seconds: number) => {
    now += 1000 * seconds;
    player.tick();
  };
  return { store, player, rows, wait, ...createLeading({ store, player, follow: playback.lead }) };
}

test("it shows what it is led to, and keeps what it shows already", () => {
  const { store, player, lead } = setUp();
  const before = store.get();
  lead(BOWL, { step: 7, playing: false, speed: 2, at: 0 });
  assert.equal(store.get(), before);
  assert.deepEqual([player.step(), player.playing(), player.speed()], [7, false, 2]);
  lead(addressOf("surface=beale&optimizer=adam"), { step: 0, playing: false, speed: 1, at: 0 });
  assert.deepEqual([store.get().problem, store.get().entries[0].optimizer.name], [{ surface: "beale" }, "adam"]);
});

test("led by one that plays it is where that is by now, also with rows that come late", () => {
  const { player, lead, rows, wait } = setUp();
  rows(10, false);
  // 40 steps a second, since a second ago
  lead(BOWL, { step: 20, playing: true, speed: 1, at: 0 });
  assert.equal(player.step(), 10);
  rows(200);
  wait(1);
  assert.deepEqual([player.step(), player.playing()], [100, true]);
  wait(3);
  assert.deepEqual([player.step(), player.playing()], [200, false]);
});

test("led to a step whose rows are to come it stands there once they have", () => {
  const store = createStore(withAddress(emptyState(), BOWL));
  const player = createPlayer(() => 0);
  const playback = createPlayback({ player, still: () => false });
  playback.lead({ step: 20, playing: false, speed: 1, at: 0 });
  const { entries } = store.get();
  const runs: any = { [entries[0].id]: { key: "", length: 51, end: {}, cut: false } };
  playback.follow({ ...store.get(), runs }, store.get());
  assert.equal(player.step(), 20);
});

test("moved by hand it is led no more", () => {
  const { player, lead, wait } = setUp();
  lead(BOWL, { step: 20, playing: true, speed: 1, at: 0 });
  player.seek(5);
  player.play();
  wait(1);
  assert.equal(player.step(), 45);
});

test("what it shows is told at once and as it changes, once a frame, and nothing while it plays on", () => {
  const { store, player, onShow, tell, wait } = setUp();
  const told: string[] = [];
  const leave = onShow(({ spec: { optimizers } }, { step, playing }) =>
    told.push(`${optimizers[0].learning_rate} ${step} ${playing}`),
  );
  tell();
  store.update(setValue, store.get().entries[0].id, "learning_rate", 0.2, true);
  store.update(setValue, store.get().entries[0].id, "learning_rate", 0.3, false);
  tell();
  store.update(hover, { run: 0, step: 3 });
  tell();
  player.play();
  tell();
  wait(1);
  tell();
  assert.deepEqual(told, ["0.1 0 false", "0.3 0 false", "0.3 0 true"]);
  player.pause();
  tell();
  player.play();
  wait(9);
  tell();
  leave();
  player.seek(3);
  tell();
  assert.deepEqual(told.slice(3), ["0.3 40 false", "0.3 200 false"]);
});

test("what another figure tells leads this one to the same", () => {
  const [wall, seat] = [setUp(), setUp(addressOf("surface=beale&optimizer=adam"))];
  wall.onShow(seat.lead);
  assert.deepEqual(seat.store.get().problem, { surface: "bowl" });
  wall.player.play();
  wall.tell();
  for (const { wait } of [wall, seat]) wait(2);
  assert.deepEqual([seat.player.step(), seat.player.playing()], [wall.player.step(), true]);
});
