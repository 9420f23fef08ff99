/**
 * Asks the server for all that a figure wants: what follows from its state, and what its parts ask for as they are
 * prepared. The table sends wishes that have no reply, and puts each reply into the state in one change. Once a
 * request has failed none is sent for a while, and then all are sent again.
 */

import { Refused, refusal, type TransientError } from "../service/http.ts";
import { againWords, asTransient, type Clock, goneWords, pauseAfter } from "../service/retry.ts";
import { isOver, knownOf, lastKeyOf, receiveKnown, withDrawnReplies } from "../state/known.ts";
import { receiveCatalog, setFault } from "../state/receiving.ts";
import type { Store } from "../state/store.ts";
import type { Known, State } from "../state/types.ts";
import { RESOURCES } from "./all.ts";
import { createLatestRequest } from "./latestRequest.ts";
import type { Ports, Resource, Wish } from "./resource.ts";

/** Milliseconds a request may take once the next one waits. */
const PATIENCE = 150;

/** @returns when all that failed is asked for again; null: it has not, or it is being asked */
const waitsUntil = ({ fault }: State): number | null => (fault?.kind === "gone" ? fault.retryAt : null);

/** What a part is told of its wish. */
export interface KnownToPart<A> extends Known<A> {
  /** the reply, or until it has come the last one of the same subject */
  last?: A;
  /** why it is not asked for now, in words */
  waits?: string;
}

export function createTable({ store, clock, ...ports }: Ports & { store: Store; clock: Clock }, resources = RESOURCES) {
  let timer = 0;
  /** How often failed requests were sent again since the last reply. */
  let tried = 0;
  /** Resources that are asked for. */
  const followed: { sync: (state: State) => void; drop: () => void }[] = [];
  /** Of those whose last request has failed: what sends its request again. */
  const failed: Set<{ underWay: () => unknown }> = new Set();

  function receive(change: (state: State) => State) {
    tried = 0;
    store.update(change);
  }

  /** All failed requests are sent again together, after the longest pause that one of them needs. */
  function wait(gone: TransientError) {
    const retryAt = clock.now() + 1000 * pauseAfter(gone, tried);
    if ((waitsUntil(store.get()) ?? 0) >= retryAt) return;
    clock.cancel(timer);
    timer = clock.after(() => {
      tried += 1;
      retry();
    }, retryAt - clock.now());
    store.update(setFault, { kind: "gone", reason: goneWords(gone), retryAt });
  }

  /** Sends all failed requests again. The message about the server stays until they have been answered. */
  function retry() {
    const { fault } = store.get();
    if (fault?.kind !== "gone" || fault.retryAt === null) return;
    clock.cancel(timer);
    store.update(setFault, { ...fault, retryAt: null });
  }

  function follow<W extends Wish, A>(resource: Resource<W, A>) {
    const { name, patience = PATIENCE } = resource;
    /** The key that is just being answered: if it is still wished for then, it is not sent again at once. */
    let answered = "";
    /** What was wished for last. */
    let wished: W[] = [];
    const keep = (state: State, wish: W, reply: Known<A>) =>
      withDrawnReplies(
        receiveKnown(state, name, wish.key, reply, resource.capacity),
        name,
        [...wished, wish],
        resource.capacity,
      );

    const latestRequest = createLatestRequest<Wish & { wish: W; state: State }, A>({
      clock,
      patience,
      start({ wish, state }, signal) {
        const tell = (reply: Known<A>) =>
          signal.aborted ||
          store.update((current) => keep(current, wish, { ...knownOf(current, resource, wish.key), ...reply }));
        const part = (change: (state: State) => State) => signal.aborted || receive(change);
        return resource.request(wish, { ...ports, state, signal, tell, receive: part });
      },
      onReply(value, { key, wish }) {
        failed.delete(latestRequest);
        answered = key;
        receive((state) => resource.put?.(state, wish, value) ?? keep(state, wish, { value }));
        answered = "";
      },
      onError(error, { wish }) {
        const gone = asTransient(error);
        if (gone) {
          failed.add(latestRequest);
          return wait(gone);
        }
        failed.delete(latestRequest);
        const refused = error instanceof Refused ? error.errors : [refusal({ msg: "this could not be fetched" })];
        store.update((state) => resource.refuse?.(state, wish, refused) ?? keep(state, wish, { refused }));
      },
      onIdle: settle,
    });

    function sync(state: State) {
      if (waitsUntil(state) !== null) return;
      const wishes = state.moving && resource.atRest ? [] : (resource.wishes?.(state, ports) ?? []);
      const isNew = wishes.length !== wished.length || wishes.some(({ key }, k) => key !== wished[k].key);
      wished = wishes;
      if (isNew) store.update(withDrawnReplies, name, wishes, resource.capacity);
      const wish = wishes.find(({ key }) => !isOver(state, name, key));
      const cancelled = knownOf(state, resource, latestRequest.underWay()?.key ?? "")?.cancelled;
      if (cancelled || (patience === 0 && !wish)) latestRequest.drop();
      const sent = latestRequest.underWay();
      if (!wish || (answered && wish.key === answered) || (sent && resource.serves?.(sent.wish, wish)))
        return latestRequest.rest();
      latestRequest.wish({ key: wish.key, wish, state }, sent && resource.urgent?.(state, sent.state));
    }

    const follower = { sync, drop: latestRequest.drop };
    followed.push(follower);
    return follower;
  }

  for (const resource of resources) follow(resource);

  /** Takes the message about the server away once none of what has failed is being sent again. */
  function settle() {
    const { fault } = store.get();
    if (fault?.kind !== "gone" || fault.retryAt !== null || [...failed].some(({ underWay }) => underWay())) return;
    failed.clear();
    store.update(setFault, null);
  }

  /** Sends the wishes of a state that have no reply. */
  function sync(state: State) {
    for (const resource of followed) resource.sync(state);
    settle();
  }

  /**
   * For a part that knows only as it is prepared what it wants, for instance the working of the step at the playhead.
   * @returns a function that takes the wishes, the most wanted first, and returns what is known of each
   */
  function createRequest<W extends Wish, A>(resource: Resource<W, A>): (state: State, wishes: W[]) => KnownToPart<A>[] {
    let currentWishes: W[] = [];
    const follower = follow({ ...resource, wishes: () => currentWishes });
    return (state, wishes) => {
      currentWishes = wishes.filter(({ later }) => !later);
      follower.sync(store.get());
      const { fault } = state;
      const waits = fault?.kind === "gone" ? againWords(fault.reason) : undefined;
      return wishes.map(({ key, subject = "" }) => {
        const reply = knownOf(state, resource, key);
        const lastKey = reply?.value === undefined ? lastKeyOf(state, resource.name, subject) : key;
        const last = knownOf(state, resource, lastKey ?? "")?.value;
        return { ...reply, last, waits: isOver(state, resource.name, key) ? undefined : waits };
      });
    };
  }

  /** Fetches the whole catalog, with all there is to read, once. */
  async function wholeCatalog() {
    if (!store.get().catalog?.networks) store.update(receiveCatalog, await ports.api.getWholeCatalog());
  }

  let leave = () => {};
  return {
    /** Begins to ask, once the parts that say what they need have been made. */
    start() {
      leave = store.subscribe(sync);
      sync(store.get());
    },
    retry,
    createRequest,
    wholeCatalog,
    /** @returns what is loaded, once the whole catalog is there too */
    withCatalog: async <T>(load: () => Promise<T>): Promise<T> => (await Promise.all([load(), wholeCatalog()]))[0],
    destroy() {
      leave();
      clock.cancel(timer);
      for (const { drop } of followed) drop();
    },
  };
}
