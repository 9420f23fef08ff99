/**
 * A resource is a kind of reply of the server: which of it are wanted, how they are asked for, and where they are put.
 * The state may say which are wanted (`needs`), and so may a part as it is prepared (`createRequest` of the table);
 * both are asked for, and kept, alike.
 */

import type * as api from "../service/api.ts";
import { requestJson } from "../service/http.ts";
import { requestLong, type streamRuns } from "../service/stream.ts";
import { type ReplyValues, receiveReply } from "../state/replies.ts";
import { runKey, specOf } from "../state/state.ts";
import type { Column, Entry, PostPath, Refusal, ReplyStatus, ReplyTo, State } from "../state/types.ts";

export interface Need {
  /** all that the reply depends on, as text */
  key: string;
  /** what it is about, such as a run by its id: the last reply about that is drawn until this one has come */
  subject?: string | number;
  /** it is only read now, and asked for later */
  later?: boolean;
}

/** What a figure asks, and for which columns. */
export interface Ports {
  api: typeof api & { streamRuns: typeof streamRuns };
  /** columns that are drawn of runs, besides parameters and loss */
  viewColumns: (state: State) => Column[];
}

/** How one request is made. */
export interface RequestContext<A = unknown> extends Ports {
  /** the state when the request was made */
  state: State;
  /** aborted once the request is given up */
  signal: AbortSignal;
  /** keeps the progress, and the reply so far */
  onProgress: (reply: ReplyStatus<A>) => void;
  /** puts a part of the reply into the state that has a place of its own there */
  receive: (change: (state: State) => State) => void;
}

/** When a request is given up: SOON, so that replies come while a slider moves. */
export const AT_ONCE = 0;
export const SOON = 150;
export const NEVER = Infinity;

/** A kind of reply. Replies are kept by their keys. */
export interface Resource<N extends Need = Need, A = unknown> {
  name: string;
  /** how many are kept, at least as many as are wanted at a time; by default 16 */
  capacity?: number;
  /**
   * milliseconds after which a request is given up for another need; by default SOON. With AT_ONCE, where it takes the
   * server long, it is, too, once nothing is wanted any more
   */
  givenUpAfter?: number;
  /** nothing of it is wanted while a control is held */
  atRest?: boolean;
  /**
   * What the state wants of it; without it, parts alone ask for it.
   * @returns the needs, the most wanted first, whether or not they have been answered; while something is dragged
   * coarse ones
   */
  needs?(state: State, ports: Ports): N[];
  request(need: N, context: RequestContext<A>): Promise<A>;
  /** puts the reply into a place of its own in the state; `needs` then returns only what is missing there */
  withReply?(state: State, need: N, reply: A): State;
  /** @returns whether the request under way brings it too; by default where the keys are the same */
  serves?(sent: N, need: N): boolean;
  /** @returns whether the request under way is given up for it at once */
  isUrgent?(sent: N, need: N, state: State): boolean;
  /** puts a refusal into the state; by default it is kept by its key, and the need is not sent again */
  withRefusal?(state: State, need: N, errors: Refusal[]): State;
}

/** A kind of reply that is read from the state, where its name says of what type it is. */
export type ResourceInState<Name extends keyof ReplyValues, N extends Need> = Resource<N, ReplyValues[Name]> & {
  name: Name;
};

/** A need whose body is sent as it is. */
export type NeedWithBody = Need & { body: object };

/** @param more  what is asked of a run @returns it depends on that, and on all that the run does */
export const ofRun = (state: State, entry: Entry, more: object = {}): NeedWithBody => ({
  key: `${runKey(state, entry)} ${JSON.stringify(more)}`,
  body: { ...specOf(state, [entry]), ...more },
});

/**
 * The resource whose needs are sent to a path as they are, each with the time that it takes.
 * @param read  makes what is kept of the reply; by default all of it
 */
export const replyOf = <Path extends PostPath, A = ReplyTo<Path>>(
  name: string,
  capacity: number,
  path: Path,
  read = (reply: ReplyTo<Path>): A => reply as unknown as A,
): Resource<NeedWithBody, A> => ({
  name,
  capacity,
  givenUpAfter: NEVER,
  request: async ({ body }, { signal }) => read(await requestJson<ReplyTo<Path>>({ path, body, signal })),
});

/** The same of what takes the server long: its progress, and the reply so far, come before the reply. */
export const longReplyOf = <Path extends PostPath>(
  name: string,
  capacity: number,
  path: Path,
): Resource<NeedWithBody, ReplyTo<Path>> => ({
  name,
  capacity,
  givenUpAfter: AT_ONCE,
  request: ({ body }, { signal, onProgress }) =>
    requestLong<ReplyTo<Path>>({ path, body, signal }, (done, soFar) => onProgress({ done, ...(soFar && { soFar }) })),
});

/** Cancels a reply, of which what has come stays, or asks for it again. */
export const setCancelled = (state: State, name: string, key: string, cancelled: boolean): State =>
  receiveReply(state, name, key, { ...state.replies[name]?.[key], cancelled });
