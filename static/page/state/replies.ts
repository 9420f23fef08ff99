/**
 * Replies of the server in the state, stored by the table of resources, which requests them.
 *
 * `state.replies` holds them by kind and by a key made of all that the reply depends on: `replyFor` reads the one for a
 * key. `state.latestKeys` holds the key of the reply that is drawn for a subject, such as a run: `drawnReply` reads it,
 * also after settings have changed, until the next is received. The oldest of each kind are dropped, but none that is
 * drawn.
 */
import type {
  Band,
  Ends,
  Landscape,
  PlaneOnMap,
  PreparedRuns,
  ReceivedRun,
  Refusal,
  ReplyStatus,
  RunSweep,
  State,
  Window,
} from "./types.ts";

/** The type of the reply of each kind that is read from the state; the kinds are declared in `resources`. */
export interface ReplyValues {
  sweep: RunSweep;
  band: Band;
  ghosts: ReceivedRun;
  prepared: PreparedRuns;
  search: Landscape;
  ends: Ends;
  /** over a window; of a formula first over the usual domain, then over the one chosen for it */
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

/** @returns the reply, a refusal, or the progress of a request; undefined: it was not made */
export const replyStatus = <A>(state: Replies, { name }: ReplyKind<A>, key: string): ReplyStatus<A> | undefined =>
  state.replies[name]?.[key] as ReplyStatus<A> | undefined;

/** @returns the reply for a key; undefined until it is received */
export const replyFor = <N extends keyof ReplyValues>(
  state: Replies,
  name: N,
  key: string,
): ReplyValues[N] | undefined => state.replies[name]?.[key]?.value as ReplyValues[N] | undefined;

/** @returns the key of the reply that is drawn for a subject, until the next is received */
export const drawnKey = (state: Replies, name: string, subject: string | number): string | undefined =>
  state.latestKeys[name]?.[subject];

/** @returns the reply that is drawn for a subject, until the next is received, or its result so far */
export function drawnReply<N extends keyof ReplyValues>(
  state: Replies,
  name: N,
  subject: string | number,
): ReplyValues[N] | undefined {
  const key = drawnKey(state, name, subject);
  const reply = key === undefined ? undefined : state.replies[name]?.[key];
  return (reply?.value ?? reply?.soFar) as ReplyValues[N] | undefined;
}

/** @returns whether a request is over: answered, refused or cancelled */
export function isFinished({ replies }: Replies, name: string, key: string): boolean {
  const { value, refused, cancelled } = replies[name]?.[key] ?? {};
  return value !== undefined || refused !== undefined || cancelled === true;
}

/** @returns why the server has refused a request; undefined: it has not */
export const refusalOf = ({ replies }: Replies, name: string, key: string): Refusal[] | undefined =>
  replies[name]?.[key]?.refused;

/** The default number of replies kept of a kind: twice as many as a page can have runs. */
const DEFAULT_CAPACITY = 16;

/** Stores a reply. @param capacity  of replies of its kind that are not drawn, beyond which the oldest are dropped */
export function receiveReply(
  state: State,
  name: string,
  key: string,
  reply: ReplyStatus<unknown>,
  capacity = DEFAULT_CAPACITY,
): State {
  const { [key]: _, ...others } = state.replies[name] ?? {};
  const standing = Object.values(state.latestKeys[name] ?? {});
  const droppable = Object.keys(others).filter((other) => !standing.includes(other));
  for (const other of droppable.slice(0, Math.max(0, droppable.length + 1 - capacity))) delete others[other];
  return { ...state, replies: { ...state.replies, [name]: { ...others, [key]: reply } } };
}

/** Stores that the server refuses the requests with these keys. */
export const receiveRefusals = (state: State, name: string, keys: string[], refused: Refusal[]): State =>
  keys.reduce((noted, key) => receiveReply(noted, name, key, { refused }), state);

/**
 * Makes the reply of each need that has one the reply that is drawn for its subject, until the next is received.
 * @param needs  by falling priority
 * @param capacity  number of subjects that keep a drawn reply; those of the needs always do
 */
export function withDrawnReplies(
  state: State,
  name: string,
  needs: { key: string; subject?: string | number }[],
  capacity = DEFAULT_CAPACITY,
): State {
  const { [name]: before = {} } = state.latestKeys;
  const received = needs.flatMap(({ key, subject = "" }) => {
    const { value, soFar } = state.replies[name]?.[key] ?? {};
    return subject === "" || (value ?? soFar) === undefined ? [] : [[String(subject), key] as const];
  });
  const first = Object.fromEntries(received.toReversed());
  if (Object.entries(first).every(([subject, key]) => before[subject] === key)) return state;
  const unwanted = Object.entries(before).filter(([subject]) => !(subject in first));
  const room = Math.max(0, capacity - Object.keys(first).length);
  const latest = { ...Object.fromEntries(room ? unwanted.slice(-room) : []), ...first };
  return { ...state, latestKeys: { ...state.latestKeys, [name]: latest } };
}
