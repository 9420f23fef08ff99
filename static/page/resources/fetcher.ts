/** Asks for what is wanted of one resource, one need after the other, and puts what comes of each into the state. */

import { Refused, refusal } from "../service/http.ts";
import { asTransient, type Clock } from "../service/retry.ts";
import { isFinished, receiveReply, replyStatus, withDrawnReplies } from "../state/replies.ts";
import type { Store } from "../state/store.ts";
import type { ReplyStatus, State } from "../state/types.ts";
import { type Backoff, isPaused } from "./backoff.ts";
import {
  IDLE,
  isUnanswered,
  type RequestState,
  underWay,
  withNeed,
  withoutNeed,
  withPartReceived,
} from "./requestState.ts";
import { AT_ONCE, type Need, type Ports, type RequestContext, type Resource, SOON } from "./resource.ts";

const keysOf = (needs: Need[]) => needs.map(({ key }) => key).join("\n");

export function createFetcher<N extends Need, A>(
  resource: Resource<N, A>,
  ports: Ports & { store: Store; clock: Clock },
  backoff: Backoff,
) {
  const { store, clock } = ports;
  const { name, capacity, givenUpAfter = SOON, serves = (sent, need) => sent.key === need.key } = resource;
  let request: RequestState<N> = IDLE;
  let control = new AbortController();
  let timer = 0;
  /** What was wanted last. */
  let needs: N[] = [];

  const withStatus = (state: State, need: N, status: ReplyStatus<A>) =>
    withDrawnReplies(receiveReply(state, name, need.key, status, capacity), name, [...needs, need], capacity);

  function receive(change: (state: State) => State) {
    backoff.resetCount();
    store.update(change);
  }

  /** While the reply is put into the state, nothing is sent for the same need. */
  function answer(need: N, withAnswer: (state: State) => State) {
    request = { is: "answered", need };
    try {
      receive(withAnswer);
    } finally {
      if (request.is === "answered") request = IDLE;
    }
  }

  function fail(need: N, error: unknown) {
    const unreachable = asTransient(error);
    if (unreachable) {
      request = { is: "failed" };
      return backoff.begin(unreachable);
    }
    const refused = error instanceof Refused ? error.errors : [refusal({ msg: "this could not be fetched" })];
    answer(need, (state) => resource.withRefusal?.(state, need, refused) ?? withStatus(state, need, { refused }));
  }

  function send(need: N, state: State) {
    control = new AbortController();
    const { signal } = control;
    const context: RequestContext<A> = {
      ...ports,
      state,
      signal,
      onProgress: (reply) =>
        signal.aborted ||
        store.update((current) => withStatus(current, need, { ...replyStatus(current, resource, need.key), ...reply })),
      receive(change) {
        if (signal.aborted) return;
        request = withPartReceived(request);
        receive(change);
      },
    };
    const onReply = (value: A) =>
      answer(need, (current) => resource.withReply?.(current, need, value) ?? withStatus(current, need, { value }));
    resource.request(need, context).then(
      (value) => signal.aborted || onReply(value),
      (error) => signal.aborted || fail(need, error),
    );
  }

  /** Aborts and sends what leads from one state of the request to the next. */
  function enter(next: RequestState<N>, state: State) {
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

  function nextRequest(need: N | undefined, state: State): RequestState<N> {
    if (!need) return withoutNeed(request, givenUpAfter === AT_ONCE);
    const allowed = (sent: N) =>
      serves(sent, need) ? Infinity : resource.isUrgent?.(sent, need, state) ? AT_ONCE : givenUpAfter;
    return withNeed(request, need, clock.now(), allowed);
  }

  /** Sends what is wanted in a state, and gives up what is under way for it. */
  function sync(state: State) {
    if (isPaused(state)) return;
    const before = needs;
    needs = state.dragging && resource.atRest ? [] : (resource.needs?.(state, ports) ?? []);
    if (keysOf(needs) !== keysOf(before)) store.update(withDrawnReplies, name, needs, capacity);
    if (replyStatus(state, resource, underWay(request)?.key ?? "")?.cancelled) drop();
    const open = needs.find(({ key }) => !isFinished(state, name, key));
    enter(nextRequest(open, state), state);
  }

  const drop = () => enter(IDLE, store.get());

  return { sync, isUnanswered: () => isUnanswered(request), drop };
}
