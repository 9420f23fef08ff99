/**
 * Asks the server for all that a figure wants: what follows from its state, and what its parts ask for as they are
 * prepared. Wishes without a reply are sent, and each reply is put into the state in one change (`followed.ts`). Once a
 * request has failed none is sent for a while, and then all are sent again (`pause.ts`).
 */

import { againWords, type Clock } from "../service/retry.ts";
import { receiveCatalog } from "../state/receiving.ts";
import { drawnKey, isFinished, replyStatus } from "../state/replies.ts";
import type { Store } from "../state/store.ts";
import type { ReplyStatus, State } from "../state/types.ts";
import { RESOURCES } from "./all.ts";
import { followResource } from "./followed.ts";
import { createPause } from "./pause.ts";
import type { Ports, Resource, Wish } from "./resource.ts";

/** What a part knows of its wish. */
export interface KnownToPart<A> extends ReplyStatus<A> {
  /** the reply, or until it has come the last one of the same subject */
  last?: A;
  /** why it is not asked for now, in words */
  waits?: string;
}

/** @param ports.clock  its timers end with the figure */
export function createTable(ports: Ports & { store: Store; clock: Clock }, resources = RESOURCES) {
  const { store, api } = ports;
  const pause = createPause(ports);
  const followed = resources.map((resource) => followResource(resource, ports, pause));

  /** Sends the wishes of a state that have no reply. */
  function sync(state: State) {
    for (const resource of followed) resource.sync(state);
    if (!followed.some(({ isUnanswered }) => isUnanswered())) pause.clear();
  }

  /**
   * For a part that knows only as it is prepared what it wants, for instance the working of the step at the playhead.
   * @returns a function that takes the wishes, the most wanted first, and returns what is known of each
   */
  function createRequest<W extends Wish, A>(resource: Resource<W, A>): (state: State, wishes: W[]) => KnownToPart<A>[] {
    let currentWishes: W[] = [];
    const follower = followResource({ ...resource, wishes: () => currentWishes }, ports, pause);
    followed.push(follower);
    return (state, wishes) => {
      currentWishes = wishes.filter(({ later }) => !later);
      follower.sync(store.get());
      const { fault } = state;
      const waits = fault?.kind === "gone" ? againWords(fault.reason) : undefined;
      return wishes.map(({ key, subject = "" }) => {
        const reply = replyStatus(state, resource, key);
        const lastKey = reply?.value === undefined ? drawnKey(state, resource.name, subject) : key;
        const last = replyStatus(state, resource, lastKey ?? "")?.value;
        return { ...reply, last, waits: isFinished(state, resource.name, key) ? undefined : waits };
      });
    };
  }

  /** Fetches the whole catalog, with all there is to read, once. */
  async function wholeCatalog() {
    if (!store.get().catalog?.networks) store.update(receiveCatalog, await api.getWholeCatalog());
  }

  let unsubscribe = () => {};
  return {
    /** Begins to ask, once the parts that say what they need have been made. */
    start() {
      unsubscribe = store.subscribe(sync);
      sync(store.get());
    },
    /** Asks at once for what has failed. */
    retry: pause.end,
    createRequest,
    wholeCatalog,
    /** @returns what is loaded, once the whole catalog is there too */
    withCatalog: async <T>(load: () => Promise<T>): Promise<T> => (await Promise.all([load(), wholeCatalog()]))[0],
    destroy() {
      unsubscribe();
      for (const { drop } of followed) drop();
    },
  };
}
