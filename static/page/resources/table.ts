/**
 * Asks the server for all that a figure wants. The wishes follow from the state; the table sends those that have no
 * answer, and sends them again when the server cannot be reached. An answer is one change of the state.
 */

import { Refused, refusal } from "../service/http.ts";
import { type Clock, goneWords, passing, pauseAfter, persist } from "../service/persist.ts";
import { isOver, knownOf, receiveKnown, receiveShown } from "../state/known.ts";
import { receiveCatalog, setFault } from "../state/receiving.ts";
import type { Store } from "../state/store.ts";
import type { Known, State } from "../state/types.ts";
import { RESOURCES } from "./all.ts";
import { createLane } from "./lane.ts";
import type { FetchedResource, Ports, Resource, Wish } from "./resource.ts";

/** Milliseconds a request may take once the next one waits. */
const PATIENCE = 150;

/** @returns when all that failed is asked for again; null: it has not, or it is being asked */
const waitsUntil = ({ fault }: State): number | null => (fault?.kind === "gone" ? fault.retryAt : null);

/** What there is of a wish. last: the answer, or until it has come the one before of the same */
type KnownOrLast<A> = Known<A> & { last?: A };

export function createTable(
  { store, clock, ...ports }: Ports & { store: Store; clock: Clock },
  resources: (Resource | FetchedResource)[] = RESOURCES,
) {
  let timer = 0;
  /** How often failed requests were sent again since the last answer. */
  let tried = 0;
  const followed: { sync: (state: State) => void; drop: () => void; busy: () => boolean }[] = [];

  function receive(change: (state: State) => State) {
    tried = 0;
    store.update(change);
  }

  /**
   * Notes that a request has failed. All failed requests are sent again together, after the longest pause that one of
   * them needs.
   */
  function wait(error: unknown) {
    const gone = passing(error);
    if (!gone) throw error;
    const retryAt = clock.now() + 1000 * pauseAfter(gone, tried);
    if ((waitsUntil(store.get()) ?? 0) >= retryAt) return;
    clock.cancel(timer);
    timer = clock.after(() => {
      tried += 1;
      retry();
    }, retryAt - clock.now());
    store.update(setFault, { kind: "gone", said: goneWords(gone), retryAt });
  }

  /** Sends all failed requests again. The message about the server stays until it has answered. */
  function retry() {
    const { fault } = store.get();
    if (fault?.kind !== "gone" || fault.retryAt === null) return;
    clock.cancel(timer);
    store.update(setFault, { ...fault, retryAt: null });
  }

  /**
   * @param come  given by `ask`: called with each answer. Such requests are sent again one by one, and their wishes
   * tell why they wait
   */
  function follow<W extends Wish, A>(resource: Resource<W, A>, come?: (wish: W, answer: A) => void) {
    const alone = come !== undefined;
    const { name } = resource;
    /** The key that is just being answered: if it is still wished for then, it is not sent again at once. */
    let answered = "";
    const keep = (state: State, wish: W, known: Known<A>) =>
      receiveShown(receiveKnown(state, name, wish.key, known, resource.kept), name, [wish], resource.kept);

    function send(wish: W, state: State, signal: AbortSignal): Promise<A> {
      const tell = (known: Known<A>) =>
        signal.aborted ||
        store.update((now) => keep(now, wish, { ...knownOf(now, resource, wish.key), waits: "", ...known }));
      const part = (change: (state: State) => State) => signal.aborted || receive(change);
      const request = () => resource.request(wish, { ...ports, state, signal, tell, receive: part });
      return alone ? persist(request, { signal, onWait: (waits) => tell({ waits }), clock }) : request();
    }

    const lane = createLane<Wish & { wish: W; state: State }, A>({
      clock,
      patience: resource.patience ?? (alone ? undefined : PATIENCE),
      start: ({ wish, state }, signal) => send(wish, state, signal),
      onAnswer(value, { key, wish }) {
        answered = key;
        come?.(wish, value);
        receive((state) => resource.put?.(state, wish, value) ?? keep(state, wish, { value }));
        answered = "";
      },
      onError(error, { wish }) {
        if (!alone && !(error instanceof Refused)) return wait(error);
        const refused = error instanceof Refused ? error.errors : [refusal({ msg: "this could not be fetched" })];
        store.update((state) => resource.refuse?.(state, wish, refused) ?? keep(state, wish, { refused }));
      },
      onIdle: settle,
    });

    function sync(state: State) {
      if (!alone && waitsUntil(state) !== null) return;
      const wishes = state.moving && resource.atRest ? [] : (resource.wishes?.(state, ports) ?? []);
      if (!alone) store.update(receiveShown, name, wishes, resource.kept);
      const wish = wishes.find(({ key }) => !isOver(state, name, key));
      const known = knownOf(state, resource, lane.underWay()?.key ?? "");
      if (known?.cancelled || (resource.patience === 0 && !wish)) lane.drop();
      const now = lane.underWay();
      if (!wish || (answered && wish.key === answered) || (now && resource.serves?.(now.wish, wish)))
        return lane.rest();
      // A request that fails again and again gives way at once to another wish.
      const urgent = known?.waits || (now && resource.urgent?.(state, now.state));
      lane.wish({ key: wish.key, wish, state }, urgent);
    }

    /** busy: whether a request of it is under way, and the message about the server has to wait for it */
    const one = { sync, drop: lane.drop, busy: () => !alone && lane.underWay() !== null };
    followed.push(one);
    return one;
  }

  /** Asks for the code of a resource once it is wanted, and follows the resource from then on. */
  function followFetched({ name, isWanted, load }: FetchedResource) {
    let has = false;
    follow({
      name: `code of ${name}`,
      wishes: (state) => (!has && isWanted(state) ? [{ key: name }] : []),
      async request() {
        const { wishes, ...resource } = await load();
        has = true;
        follow({ ...resource, wishes: (state, asked) => (isWanted(state) ? (wishes?.(state, asked) ?? []) : []) });
      },
      // A new state, for which the table reads the wishes of the resource, too.
      put: (state) => ({ ...state }),
    });
  }

  for (const resource of resources) "load" in resource ? followFetched(resource) : follow(resource);

  /** Takes the message about the server away once no request is under way. */
  function settle() {
    const { fault } = store.get();
    if (fault?.kind === "gone" && fault.retryAt === null && !followed.some(({ busy }) => busy()))
      store.update(setFault, null);
  }

  /** Sends the wishes of a state that have no answer. */
  function sync(state: State) {
    for (const one of followed) one.sync(state);
    if (waitsUntil(state) === null) settle();
  }

  /**
   * For a part that knows only as it is prepared what it wants, for instance the working of the step at the playhead.
   * @returns a function that takes the wishes, the most wanted first, and returns what is known of each
   */
  function ask<W extends Wish, A>(resource: Resource<W, A>): (state: State, wishes: W[]) => KnownOrLast<A>[] {
    let wanted: W[] = [];
    const last = new Map<Wish["subject"], A>();
    const asker = follow({ ...resource, wishes: () => wanted }, ({ subject }, answer) => last.set(subject, answer));
    return (state, wishes) => {
      wanted = wishes.filter(({ later }) => !later);
      asker.sync(store.get());
      return wishes.map(({ key, subject }) => {
        const known = knownOf(state, resource, key);
        if (known?.value !== undefined) last.set(subject, known.value);
        return { ...known, last: last.get(subject) };
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
    ask,
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
