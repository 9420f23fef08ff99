/**
 * Replies of the server, put here by the table of resources, which asks for them.
 *
 * `replies` has what is known by its kind and by a key, made of all that the reply depends on: `valueIn` reads what is
 * exactly that. `latestKeys` has the key of the reply that is drawn of a subject, such as a run, whatever has changed
 * since: `lastOf` reads it until the next has come. Of each kind the oldest are dropped, but none that is drawn.
 */
import type {
  Band,
  Ends,
  Known,
  Landscape,
  PlaneOnMap,
  PreparedRuns,
  ReceivedRun,
  Refusal,
  State,
  Sweep,
  Window,
} from "./types.ts";

/** The kinds of replies that are read from the state, by their names; each is declared in `resources`. */
export interface Kinds {
  sweep: Sweep;
  band: Band;
  ghosts: ReceivedRun;
  prepared: PreparedRuns;
  search: Landscape;
  ends: Ends;
  /** over a window; of a formula over the usual domain first, and then over the one that is chosen for it */
  landscape: Landscape;
  domain: Window;
  "in sight": Landscape;
  plane: PlaneOnMap;
  "plane in sight": Landscape;
}

type Replies = Pick<State, "replies" | "latestKeys">;

/** A kind of reply, by its declaration. */
interface ReplyKind<A> {
  name: string;
  request: (...args: never[]) => Promise<A>;
}

/** @returns what is known of it: the reply, a refusal, or how far it has come */
export const knownOf = <A>(state: Replies, { name }: ReplyKind<A>, key: string): Known<A> | undefined =>
  state.replies[name]?.[key] as Known<A> | undefined;

/** @returns undefined until it has come */
export const valueIn = <N extends keyof Kinds>(state: Replies, name: N, key: string): Kinds[N] | undefined =>
  state.replies[name]?.[key]?.value as Kinds[N] | undefined;

/** @returns the key of the reply that is drawn until the next has come */
export const lastKeyOf = (state: Replies, name: string, subject: string | number): string | undefined =>
  state.latestKeys[name]?.[subject];

/** @returns the reply that is drawn until the next has come, or what is known of it so far */
export function lastOf<N extends keyof Kinds>(state: Replies, name: N, subject: string | number): Kinds[N] | undefined {
  const key = lastKeyOf(state, name, subject);
  const reply = key === undefined ? undefined : state.replies[name]?.[key];
  return (reply?.value ?? reply?.soFar) as Kinds[N] | undefined;
}

/** @returns whether nothing more is to be asked: it is answered, refused or cancelled */
export function isOver({ replies }: Replies, name: string, key: string): boolean {
  const { value, refused, cancelled } = replies[name]?.[key] ?? {};
  return value !== undefined || refused !== undefined || cancelled === true;
}

/** @returns why the server has refused it; undefined: it has not */
export const refusalOf = ({ replies }: Replies, name: string, key: string): Refusal[] | undefined =>
  replies[name]?.[key]?.refused;

/** How many replies of a kind are kept by default: twice as many as a page can have runs. */
const KEPT = 16;

/** @param capacity  how many replies of the kind are kept besides those that are drawn; the oldest are dropped */
export function receiveKnown(state: State, name: string, key: string, reply: Known<unknown>, capacity = KEPT): State {
  const { [key]: _, ...others } = state.replies[name] ?? {};
  const standing = Object.values(state.latestKeys[name] ?? {});
  const droppable = Object.keys(others).filter((other) => !standing.includes(other));
  for (const other of droppable.slice(0, Math.max(0, droppable.length + 1 - capacity))) delete others[other];
  return { ...state, replies: { ...state.replies, [name]: { ...others, [key]: reply } } };
}

/** @param keys  of what the server refuses */
export const receiveRefusals = (state: State, name: string, keys: string[], refused: Refusal[]): State =>
  keys.reduce((noted, key) => receiveKnown(noted, name, key, { refused }), state);

/**
 * Of the wishes that have a reply, the reply becomes the one that is drawn for its subject, until the next has come.
 * @param wishes  the most wanted first
 * @param capacity  how many subjects have such a reply at the most; those that are wanted keep theirs
 */
export function withDrawnReplies(
  state: State,
  name: string,
  wishes: { key: string; subject?: string | number }[],
  capacity = KEPT,
): State {
  const { [name]: before = {} } = state.latestKeys;
  const come = wishes.flatMap(({ key, subject = "" }) => {
    const { value, soFar } = state.replies[name]?.[key] ?? {};
    return subject === "" || (value ?? soFar) === undefined ? [] : [[String(subject), key] as const];
  });
  const first = Object.fromEntries(come.toReversed());
  if (Object.entries(first).every(([subject, key]) => before[subject] === key)) return state;
  const unwanted = Object.entries(before).filter(([subject]) => !(subject in first));
  const room = Math.max(0, capacity - Object.keys(first).length);
  const latest = { ...Object.fromEntries(room ? unwanted.slice(-room) : []), ...first };
  return { ...state, latestKeys: { ...state.latestKeys, [name]: latest } };
}
