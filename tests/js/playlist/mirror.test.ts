/** What a wall shows, as another figure that follows it has it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { show, shownIn } from "../../../static/page/playlist/mirror.ts";
import { setTilted } from "../../../static/page/state/actions.ts";
import { readAddress } from "../../../static/page/state/address.ts";
import { addressOf, emptyState, withAddress } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";

/** A window whose clock began then, and the figure on it, which stands at its start. */
function windowWith(timeOrigin: number) {
  const store = createStore(withAddress(emptyState(), readAddress("surface=bowl&optimizer=gd").address));
  const figure = {
    store,
    act: store.update,
    address: () => addressOf(store.get(), 0),
    player: { movement: () => ({ step: 0, playing: false, speed: 1, at: 0 }) },
    lead() {},
  };
  return { store, page: { performance: { timeOrigin } } as any, figure: figure as any };
}

test("ground that is raised on the wall is raised in a window that follows it, and laid flat with it", () => {
  const [wall, follower] = [windowWith(1000), windowWith(3000)];
  const follow = () => show(follower.page, follower.figure, shownIn(wall.page, wall.figure));
  wall.store.update(setTilted, true);
  follow();
  assert.equal(follower.store.get().tilted, true);
  wall.store.update(setTilted, false);
  follow();
  assert.equal(follower.store.get().tilted, false);
});
