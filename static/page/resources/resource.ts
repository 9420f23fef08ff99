/** What a kind of answer is: what of it is wanted, how it is asked for, and where it goes. */
import type * as api from "../service/api.ts";
import { askJson } from "../service/http.ts";
import type { streamRuns } from "../service/stream.ts";
import { runKey, specOf } from "../state/state.ts";
import type { Column, Entry, Known, Refusal, State } from "../state/types.ts";

export interface Wish {
  /** all that the answer depends on, as text */
  key: string;
  /** what it is of, where several are asked for: the last answer of the same stands until this one has come */
  subject?: string | number;
  /** it is read, and asked for another time */
  later?: boolean;
}

/** What a figure asks of. */
export interface Ports {
  api: typeof api & { streamRuns: typeof streamRuns };
  /** columns that are drawn of runs, besides parameters and loss */
  needs: (state: State) => Column[];
}

/** How one request is made. */
export interface Asking<A = unknown> extends Ports {
  /** the state as it was then */
  state: State;
  /** aborted once another is asked for in its place */
  signal: AbortSignal;
  /** says how far it is, and what is known of the answer so far */
  tell: (known: Known<A>) => void;
  /** part of the answer has come that has a place of its own */
  receive: (change: (state: State) => State) => void;
}

/** A kind of answer. Those that have come are kept by their keys (`knownOf`). */
export interface Resource<W extends Wish = Wish, A = unknown> {
  name: string;
  /** how many, at least as many as are wanted at a time; by default of as many runs as a page can have, twice */
  kept?: number;
  /**
   * milliseconds that one may take once another is wished for; by default a moment, or, without `wishes`, any time;
   * 0: it takes the server long, and is let go once it is not wanted
   */
  patience?: number;
  /** while a control is held nothing of it is wanted */
  atRest?: boolean;
  /**
   * What follows from the state alone; without it, what draws the answer says what is wanted (`figure.ask`).
   * @returns the most wanted first, whether or not they are there; coarse ones while something is dragged; none while
   * it can wait
   */
  wishes?(state: State, ports: Ports): W[];
  request(wish: W, how: Asking<A>): Promise<A>;
  /** puts an answer into the state that has a place of its own there: its wishes are what is missing */
  put?(state: State, wish: W, answer: A): State;
  /** @returns whether what is under way brings it too; by default where the keys are the same */
  serves?(underWay: W, wish: W): boolean;
  /** @returns whether it does not wait for what is under way, which was asked for in another state */
  urgent?(state: State, sent: State): boolean;
  /** The server will not have it; by default it is noted, and not asked for again. */
  refuse?(state: State, wish: W, errors: Refusal[]): State;
}

/** Of a wish that is sent as it is. */
export type Sent = Wish & { body: object };

/** @param more  what is asked of a run @returns it depends on that, and on all that the run does */
export const ofRun = (state: State, entry: Entry, more: object = {}): Sent => ({
  key: `${runKey(state, entry)} ${JSON.stringify(more)}`,
  body: { ...specOf(state, [entry]), ...more },
});

/** The answer to what is sent to a path. @param read  what is kept of it, where that is not all */
export const answerOf = <W, A = W>(
  name: string,
  kept: number,
  path: string,
  read = (wire: W): A => wire as unknown as A,
): Resource<Sent, A> => ({
  name,
  kept,
  request: async ({ body }, { signal }) => read(await askJson<W>({ path, body, signal })),
});
