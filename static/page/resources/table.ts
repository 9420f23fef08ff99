/**
 * Asks the server for all that a figure wants: what follows from its state, and what its parts ask for as they are
 * prepared. Needs without a reply are sent, and each reply is put into the state in one change (`fetcher.ts`). Once a
 * request has failed none is sent for a while, and then all are sent again (`backoff.ts`).
 */

import { againWords, type Clock } from "../service/retry.ts";
import { receiveCatalog } from "../state/receiving.ts";
import { drawnKey, isFinished, replyStatus } from "../state/replies.ts";
import type { Store } from "../state/store.ts";
import type { ReplyStatus, State } from "../state/types.ts";
import { createBackoff } from "./backoff.ts";
import { createFetcher } from "./fetcher.ts";
import type { Need, Ports, Resource } from "./resource.ts";
import { RESOURCES } from "./stateResources.ts";

/** What a part knows of its need. */
export interface ReplyForPart<A> extends ReplyStatus<A> {
  /** the reply, or until it has come the last one of the same subject */
  last?: A;
  /** why it is not asked for now, in words */
  waits?: string;
}

/** @param ports.clock  its timers end with the figure */
export function createTable(ports: Ports & { store: Store; clock: Clock }, resources = RESOURCES) {
  const { store, api } = ports;
  const backoff = createBackoff(ports);
  const fetchers = resources.map((resource) => createFetcher(resource, ports, backoff));

  /** Sends the needs of a state that have no reply. */
  function sync(state: State) {
    for (const fetcher of fetchers) fetcher.sync(state);
    if (!fetchers.some(({ isUnanswered }) => isUnanswered())) backoff.clear();
  }

  /**
   * For a part that knows only as it is prepared what it wants, for instance the working of the step at the playhead.
   * @returns a function that takes the needs, the most wanted first, and returns what is known of each
   */
  function createRequest<N extends Need, A>(resource: Resource<N, A>): (state: State, needs: N[]) => ReplyForPart<A>[] {
    let currentNeeds: N[] = [];
    const fetcher = createFetcher({ ...resource, needs: () => currentNeeds }, ports, backoff);
    fetchers.push(fetcher);
    return (state, needs) => {
      currentNeeds = needs.filter(({ later }) => !later);
      fetcher.sync(store.get());
      const { fault } = state;
      const waits = fault?.kind === "unreachable" ? againWords(fault.reason) : undefined;
      return needs.map(({ key, subject = "" }) => {
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
    retry: backoff.end,
    createRequest,
    wholeCatalog,
    /** @returns what is loaded, once the whole catalog is there too */
    withCatalog: async <T>(load: () => Promise<T>): Promise<T> => (await Promise.all([load(), wholeCatalog()]))[0],
    destroy() {
      unsubscribe();
      for (const { drop } of fetchers) drop();
    },
  };
}
