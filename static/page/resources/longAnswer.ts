/** What takes the server long: how far it is, and what is known of it so far, comes before the answer. */
import { askLong } from "../service/longWork.ts";
import type { Keyed, Sent } from "./resource.ts";

/** The answer to what is sent to a path. */
export const longAnswerOf = <A>(name: string, kept: number, path: string): Keyed<Sent, A> => ({
  name,
  kept,
  patience: 0,
  request: ({ body }, signal, tell) =>
    askLong<A>({ path, body, signal }, (done, soFar) => tell({ done, ...(soFar && { soFar }) })),
});
