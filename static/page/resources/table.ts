/**
 * All that is asked of the server for a figure. Controls only say what they want in the state; the table looks at what
 * is there, asks for the rest, and asks again when the server is gone. An answer is one change of the state.
 */

import { Refused, refusal } from "../service/http.ts";
import { type Clock, goneWords, passing, pauseAfter, persist } from "../service/persist.ts";
import { isOver, receiveCatalog, receiveKnown, refuse, setFault } from "../state/receiving.ts";
import type { Store } from "../state/store.ts";
import type { Known, State } from "../state/types.ts";
import { RESOURCES } from "./all.ts";
import { createLane } from "./lane.ts";
import { type Asking, type Keyed, knownOf, type Ports, type Resource, type Wish } from "./resource.ts";

/** Milliseconds a request may take once the next one waits. */
const PATIENCE = 150;

/** @returns when all that failed is asked for again; null: it has not, or it is being asked */
const waitsUntil = ({ fault }: State): number | null => (fault?.kind === "gone" ? fault.retryAt : null);

export function createTable(
  { store, clock, ...ports }: Ports & { store: Store; clock: Clock },
  resources: Resource[] = RESOURCES,
) {
  let timer = 0;
  /** How often all that fails was asked for again, since something was answered. */
  let tried = 0;
  const lanes: Pick<ReturnType<typeof createLane>, "drop">[] = [];

  function receive(action: (state: State) => State) {
    tried = 0;
    store.update(action);
  }

  /** Requests that fail together wait together, as long as the longest of them. */
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

  /** Ask again now; what is said of the server stands until it has answered. */
  function retry() {
    const { fault } = store.get();
    if (fault?.kind !== "gone" || fault.retryAt === null) return;
    clock.cancel(timer);
    store.update(setFault, { ...fault, retryAt: null });
  }

  function follow(resource: Resource) {
    /** What has just been answered: where that leaves it wished for, it is not asked for again at once. */
    let answered = "";
    const lane = createLane<Wish & { wish: Wish; asked: State }, Awaited<ReturnType<Resource["request"]>>>({
      clock,
      patience: PATIENCE,
      start: ({ wish, asked }, signal) => {
        const part: Asking["receive"] = (action) => signal.aborted || receive(action);
        return resource.request(wish, asked, { ...ports, signal, receive: part });
      },
      onAnswer(action, { key }) {
        answered = key;
        receive(action);
        answered = "";
      },
      onError(error, { wish }) {
        if (!(error instanceof Refused)) return wait(error);
        store.update(
          (state) =>
            resource.refuse?.(state, wish, error.errors) ?? refuse(state, resource.name, [wish.key], error.errors),
        );
      },
      onIdle: settle,
    });
    lanes.push(lane);
    return {
      busy: () => lane.underWay() !== null,
      sync(state: State) {
        const wishes = state.moving && resource.atRest ? [] : resource.wishes(state, ports);
        if (!wishes) return lane.drop();
        const wish = wishes.find(({ key }) => !isOver(state, resource.name, key));
        const now = lane.underWay();
        if (!wish || (answered && wish.key === answered) || (now && resource.serves?.(now.wish, wish)))
          return lane.rest();
        lane.wish({ key: wish.key, wish, asked: state }, now !== null && resource.urgent?.(state, now.asked));
      },
    };
  }

  const followed = resources.map(follow);

  /** All that was asked again has been answered, or is wanted no more. */
  function settle() {
    const { fault } = store.get();
    if (fault?.kind === "gone" && fault.retryAt === null && !followed.some(({ busy }) => busy()))
      store.update(setFault, null);
  }

  /** Ask for whatever is missing. */
  function sync(state: State) {
    if (waitsUntil(state) !== null) return;
    for (const one of followed) one.sync(state);
    settle();
  }

  /** @returns says what is wanted of it, the most wanted first, null to cancel; answers are in the state (`knownOf`) */
  function ask<W extends Wish, A>(resource: Keyed<W, A>): (wishes: W[] | null) => void {
    const { name, kept, patience } = resource;
    let wanted: W[] = [];
    const keep = (key: string, known: Known<A>) => store.update(receiveKnown, name, key, known, kept);
    /** Each is asked for once, however few are kept. */
    function over(key: string, known: Known<A>) {
      wanted = wanted.filter((wish) => wish.key !== key);
      keep(key, known);
      next();
    }
    const lane = createLane<W, A>({
      clock,
      patience,
      start: (wish, signal) => {
        const tell = (known: Known<A>) =>
          signal.aborted || keep(wish.key, { ...knownOf(store.get(), resource, wish.key), waits: "", ...known });
        const onWait = (waits: string) => tell({ waits });
        return persist(() => resource.request(wish, signal, tell), { signal, onWait, clock });
      },
      onAnswer: (value, { key }) => over(key, { value }),
      onError: (error, { key }) =>
        over(key, {
          refused: error instanceof Refused ? error.errors : [refusal({ msg: "this could not be fetched" })],
        }),
    });
    lanes.push(lane);

    function next() {
      const wish = wanted.find(({ key }) => !isOver(store.get(), name, key));
      const now = lane.underWay();
      // What is tried again and again after a refusal stands in the way of none that is wanted by now.
      if (wish) lane.wish(wish, now !== null && Boolean(knownOf(store.get(), resource, now.key)?.waits));
      else lane.rest();
    }

    return (wishes) => {
      wanted = wishes ?? [];
      if (wishes) next();
      else lane.drop();
    };
  }

  /** All there is to read about what the catalog names. */
  async function wholeCatalog() {
    if (!store.get().catalog?.networks) store.update(receiveCatalog, await ports.api.getWholeCatalog());
  }

  let leave = () => {};
  return {
    /** The parts that say what they need are there. */
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
      for (const lane of lanes) lane.drop();
    },
  };
}
