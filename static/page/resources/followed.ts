/** Asks for what is wanted of one resource, one wish after the other, and puts what comes of each into the state. */

import { Refused, refusal } from "../service/http.ts";
import { asTransient, type Clock } from "../service/retry.ts";
import { isFinished, receiveReply, replyStatus, withDrawnReplies } from "../state/replies.ts";
import type { Store } from "../state/store.ts";
import type { ReplyStatus, State } from "../state/types.ts";
import { isPaused, type Pause } from "./pause.ts";
import { IDLE, isUnanswered, type RequestState, underWay, withoutWish, withWish } from "./requestState.ts";
import { type Asking, AT_ONCE, type Ports, type Resource, SOON, type Wish } from "./resource.ts";

const keysOf = (wishes: Wish[]) => wishes.map(({ key }) => key).join("\n");

export function followResource<W extends Wish, A>(
  resource: Resource<W, A>,
  ports: Ports & { store: Store; clock: Clock },
  pause: Pause,
) {
  const { store, clock } = ports;
  const { name, capacity, givenUpAfter = SOON, serves = (sent, wish) => sent.key === wish.key } = resource;
  let request: RequestState<W> = IDLE;
  let control = new AbortController();
  let timer = 0;
  /** What was wanted last. */
  let wishes: W[] = [];

  const withStatus = (state: State, wish: W, status: ReplyStatus<A>) =>
    withDrawnReplies(receiveReply(state, name, wish.key, status, capacity), name, [...wishes, wish], capacity);

  function receive(change: (state: State) => State) {
    pause.resetCount();
    store.update(change);
  }

  /** While the reply is put into the state, nothing is sent for the same wish. */
  function answer(wish: W, withAnswer: (state: State) => State) {
    request = { is: "answered", wish };
    try {
      receive(withAnswer);
    } finally {
      if (request.is === "answered") request = IDLE;
    }
  }

  function fail(wish: W, error: unknown) {
    const gone = asTransient(error);
    if (gone) {
      request = { is: "failed" };
      return pause.begin(gone);
    }
    const refused = error instanceof Refused ? error.errors : [refusal({ msg: "this could not be fetched" })];
    answer(wish, (state) => resource.withRefusal?.(state, wish, refused) ?? withStatus(state, wish, { refused }));
  }

  function send(wish: W, state: State) {
    control = new AbortController();
    const { signal } = control;
    const asking: Asking<A> = {
      ...ports,
      state,
      signal,
      onProgress: (reply) =>
        signal.aborted ||
        store.update((current) => withStatus(current, wish, { ...replyStatus(current, resource, wish.key), ...reply })),
      receive: (change) => signal.aborted || receive(change),
    };
    const onReply = (value: A) =>
      answer(wish, (current) => resource.withReply?.(current, wish, value) ?? withStatus(current, wish, { value }));
    resource.request(wish, asking).then(
      (value) => signal.aborted || onReply(value),
      (error) => signal.aborted || fail(wish, error),
    );
  }

  /** Aborts and sends what leads from one state of the request to the next. */
  function enter(next: RequestState<W>, state: State) {
    if (next === request) return;
    const [before, after] = [underWay(request), underWay(next)];
    request = next;
    clock.cancel(timer);
    if (next.is === "asked" && next.until < Infinity)
      timer = clock.after(() => sync(store.get()), next.until - clock.now());
    if (before === after) return;
    if (before) control.abort();
    if (after) send(after, state);
  }

  function nextRequest(wish: W | undefined, state: State): RequestState<W> {
    if (!wish) return withoutWish(request, givenUpAfter === AT_ONCE);
    const allowed = (sent: W) =>
      serves(sent, wish) ? Infinity : resource.isUrgent?.(sent, wish, state) ? AT_ONCE : givenUpAfter;
    return withWish(request, wish, clock.now(), allowed);
  }

  /** Sends what is wanted in a state, and gives up what is under way for it. */
  function sync(state: State) {
    if (isPaused(state)) return;
    const before = wishes;
    wishes = state.moving && resource.atRest ? [] : (resource.wishes?.(state, ports) ?? []);
    if (keysOf(wishes) !== keysOf(before)) store.update(withDrawnReplies, name, wishes, capacity);
    if (replyStatus(state, resource, underWay(request)?.key ?? "")?.cancelled) drop();
    const open = wishes.find(({ key }) => !isFinished(state, name, key));
    enter(nextRequest(open, state), state);
  }

  const drop = () => enter(IDLE, store.get());

  return { sync, isUnanswered: () => isUnanswered(request), drop };
}
