/** Replies that take the server long: its progress, and the reply so far, come before the reply. */
import { askLong } from "../service/longWork.ts";
import { receiveKnown } from "../state/known.ts";
import type { State } from "../state/types.ts";
import type { Resource, Sent } from "./resource.ts";

/** The resource whose wishes are sent to a path as they are. */
export const longReplyOf = <A>(name: string, capacity: number, path: string): Resource<Sent, A> => ({
  name,
  capacity,
  patience: 0,
  request: ({ body }, { signal, tell }) =>
    askLong<A>({ path, body, signal }, (done, soFar) => tell({ done, ...(soFar && { soFar }) })),
});

/** Cancels a reply, of which what has come stays, or asks for it again. */
export const setCancelled = (state: State, name: string, key: string, cancelled: boolean): State =>
  receiveKnown(state, name, key, { ...state.replies[name]?.[key], cancelled });
