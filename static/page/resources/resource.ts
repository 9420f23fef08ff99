/** What a kind of answer is: what of it is wanted, how it is asked for, and where it goes. */
import type * as api from "../service/api.ts";
import { askJson } from "../service/http.ts";
import type { streamRuns } from "../service/stream.ts";
import type { Column, Known, Refusal, State } from "../state/types.ts";

export interface Wish {
  /** all that the answer depends on, as text */
  key: string;
}

/** What a figure asks of. */
export interface Ports {
  api: typeof api & { streamRuns: typeof streamRuns };
  /** columns that are drawn of runs, besides parameters and loss */
  needs: (state: State) => Column[];
}

type Receive = (state: State) => State;

/** How one request is made. */
export interface Asking extends Ports {
  /** aborted once another is asked for in its place */
  signal: AbortSignal;
  /** part of the answer has come */
  receive: (receive: Receive) => void;
}

/** What is asked for because the state says so, with a place of its own in the state. */
export interface Resource<W extends Wish = Wish> {
  name: string;
  /** while a control is held nothing of it is wanted */
  atRest?: boolean;
  /**
   * @returns what is missing, the most wanted first; coarse ones while something is dragged; none while it can wait;
   * null: what is under way is cancelled
   */
  wishes(state: State, ports: Ports): W[] | null;
  /** @param asked  the state as it was then @returns puts the answer into the state */
  request(wish: W, asked: State, how: Asking): Promise<Receive>;
  /** @returns whether what is under way brings it too; by default where the keys are the same */
  serves?(underWay: W, wish: W): boolean;
  /** @returns whether it does not wait for what is under way, which was asked for in another state */
  urgent?(state: State, asked: State): boolean;
  /** The server will not have it; by default it is noted, and not asked for again. */
  refuse?(state: State, wish: W, errors: Refusal[]): State;
}

/** Answers that are kept by their keys (`knownOf`): what draws them asks as it draws, as it follows the playhead. */
export interface Keyed<W extends Wish = Wish, A = unknown> {
  name: string;
  /** how many */
  kept: number;
  /** milliseconds that one may take once another is wished for; without it, as long as it takes */
  patience?: number;
  /** @param tell  how far it is */
  request(wish: W, signal: AbortSignal, tell: (known: Known<A>) => void): Promise<A>;
}

/** Of a wish that is sent as it is. */
export type Sent = Wish & { body: object };

/** The answer to what is sent to a path. @param read  what is kept of it, where that is not all */
export const answerOf = <W, A = W>(
  name: string,
  kept: number,
  path: string,
  read = (wire: W): A => wire as unknown as A,
): Keyed<Sent, A> => ({
  name,
  kept,
  request: async ({ body }, signal) => read(await askJson<W>({ path, body, signal })),
});

/** @returns what there is of it: the answer, a refusal, or why neither has come */
export const knownOf = <W extends Wish, A>(state: State, { name }: Keyed<W, A>, key: string): Known<A> | undefined =>
  state.known[name]?.[key] as Known<A> | undefined;
