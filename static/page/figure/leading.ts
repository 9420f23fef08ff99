/** One figure can lead another: the leader tells what it shows, the led figure shows the same. */
import { openAddress } from "../state/actions.ts";
import { writeAddress } from "../state/address.ts";
import { addressOf } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { PageAddress } from "../state/types.ts";
import type { Movement, Player } from "./player.ts";

type OnShow = (address: PageAddress, playhead: Movement) => void;

/** The address without the playhead, which is told apart from it. */
const textOf = ({ display, ...address }: PageAddress): string =>
  Object.values(writeAddress({ ...address, display: { ...display, step: null } })).join();

/** @param ports.follow  moves the playhead */
export function createLeading({
  store,
  player,
  follow,
}: {
  store: Store;
  player: Player;
  follow: (playhead: Movement) => void;
}) {
  const listeners: Set<OnShow> = new Set();
  const shown = () => addressOf(store.get(), null);
  const now = () => ({ state: store.get(), text: textOf(shown()), playhead: player.movement() });
  let lastSent = now();

  /** Tells the listeners, after each frame, what has changed. */
  function tell() {
    if (!listeners.size || (lastSent.state === store.get() && lastSent.playhead === player.movement())) return;
    const before = lastSent;
    lastSent = now();
    if (lastSent.text === before.text && lastSent.playhead === before.playhead) return;
    for (const listener of [...listeners]) listener(shown(), lastSent.playhead);
  }

  return {
    tell,
    /** @param playhead  by the clock of this figure */
    lead(address: PageAddress, playhead: Movement) {
      if (textOf(address) !== textOf(shown())) store.update(openAddress, address);
      follow(playhead);
    },
    /**
     * @param listener  called at once, and after each frame that shows something else. While a run plays it is not
     * called: where the playhead is follows from when it began to play
     * @returns the way out
     */
    onShow(listener: OnShow): () => void {
      tell();
      if (!listeners.size) lastSent = now();
      listeners.add(listener);
      listener(shown(), lastSent.playhead);
      return () => listeners.delete(listener);
    },
  };
}
