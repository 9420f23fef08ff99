/** What takes the server long: how far it is, and what is known of it so far, comes before the answer. */
import { askLong } from "../service/longWork.ts";
import { receiveKnown } from "../state/known.ts";
import type { State } from "../state/types.ts";
import type { Resource, Sent } from "./resource.ts";

/** The answer to what is sent to a path. */
export const longAnswerOf = <A>(name: string, kept: number, path: string): Resource<Sent, A> => ({
  name,
  kept,
  patience: 0,
  request: ({ body }, { signal, tell }) =>
    askLong<A>({ path, body, signal }, (done, soFar) => tell({ done, ...(soFar && { soFar }) })),
});

/** What has come of it stays; or it is taken up again. */
export const setCancelled = (state: State, name: string, key: string, cancelled: boolean): State =>
  receiveKnown(state, name, key, { ...state.known[name]?.[key], cancelled });
