/** What a wall shows, as another figure that follows it has it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { FigureHandle } from "../../../static/page/figure/figure.ts";
import { createPlayback } from "../../../static/page/figure/playback.ts";
import { createPlayer } from "../../../static/page/figure/player.ts";
import { show, shownIn } from "../../../static/page/playlist/mirror.ts";
import { setTilted, setValue } from "../../../static/page/state/actions.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { addressOf, emptyState, withAddress } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import { partOf } from "../part.ts";

/** Windows at the same moment, whose clocks began at different times, each with a figure of 200 steps at its start. */
function windows(...begun: number[]) {
  let now = 10_000;
  const made = begun.map((timeOrigin) => {
    const store = createStore(withAddress(emptyState(), readAddress("surface=bowl&optimizer=gd").address));
    const player = createPlayer(() => now - timeOrigin);
    const { lead } = createPlayback({ player, still: () => false });
    const rows = (steps: number, complete: boolean) => player.setLength(steps, complete);
    rows(200, true);
    const figure = partOf<FigureHandle>({
      store,
      act: store.update,
      address: () => addressOf(store.get(), player.pausedStep()),
      player,
      lead,
    });
    return { store, player, rows, figure, page: { performance: { timeOrigin } } as any };
  });
  const [wall, follower] = made;
  return {
    wall,
    follower,
    follow: () => show({ page: () => follower.page, ledPage: () => follower.figure }, shownIn(wall.page, wall.figure)),
    wait(seconds: number) {
      now += 1000 * seconds;
      for (const { player } of made) player.tick();
    },
  };
}

test("ground that is raised on the wall is raised in a window that follows it, and laid flat with it", () => {
  const { wall, follower, follow } = windows(1000, 3000);
  wall.store.update(setTilted, true);
  follow();
  assert.equal(follower.store.get().tilted, true);
  wall.store.update(setTilted, false);
  follow();
  assert.equal(follower.store.get().tilted, false);
});

test("runs set otherwise on the wall are set so in a window that follows it, and what it shows already is kept", () => {
  const { wall, follower, follow } = windows(1000, 3000);
  const before = follower.store.get();
  follow();
  assert.equal(follower.store.get(), before);
  wall.store.update(setValue, wall.store.get().entries[0].id, "learning_rate", 0.3, false);
  follow();
  assert.equal(follower.store.get().entries[0].optimizer.learning_rate, 0.3);
});

test("while it plays the playhead of a follower is where that of the wall is, also with rows that come late", () => {
  const { wall, follower, follow, wait } = windows(1000, 3000);
  follower.rows(10, false);
  wall.player.seek(20);
  wall.player.play();
  wait(1);
  follow();
  assert.deepEqual([wall.player.step(), follower.player.step()], [60, 10]);
  follower.rows(200, true);
  wait(1);
  assert.deepEqual([wall.player.step(), follower.player.step(), follower.player.playing()], [100, 100, true]);
  wait(3);
  assert.deepEqual([follower.player.step(), follower.player.playing()], [200, false]);
});

test("a follower whose playhead is moved by hand is led no more", () => {
  const { wall, follower, follow, wait } = windows(1000, 3000);
  wall.player.play();
  follow();
  follower.player.seek(5);
  follower.player.play();
  wait(1);
  assert.equal(follower.player.step(), 45);
});
