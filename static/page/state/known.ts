/** What is known of what was asked for: by the kind of answer, and the key of all that it depends on. */
import type {
  Band,
  Ends,
  Known,
  Landscape,
  PlaneOnMap,
  Prepared,
  Received,
  Refusal,
  State,
  Sweep,
  Window,
} from "./types.ts";

/** The kinds of answers that a state itself is read for. */
interface Kinds {
  sweep: Sweep;
  band: Band;
  ghosts: Received;
  prepared: Prepared;
  search: Landscape;
  ends: Ends;
  /** over a window; of a formula, which names no domain, over its usual one first, and then over the one chosen */
  landscape: Landscape;
  domain: Window;
  "in sight": Landscape;
  plane: PlaneOnMap;
  "plane in sight": Landscape;
}

type Answers = Pick<State, "known" | "shown">;

/** @returns what there is of it: the answer, a refusal, or why neither has come */
export const knownOf = <A>(
  state: Answers,
  { name }: { name: string; request: (...given: never[]) => Promise<A> },
  key: string,
): Known<A> | undefined => state.known[name]?.[key] as Known<A> | undefined;

/** @returns undefined until it has come */
export const valueIn = <N extends keyof Kinds>(state: Answers, name: N, key: string): Kinds[N] | undefined =>
  state.known[name]?.[key]?.value as Kinds[N] | undefined;

/** @returns the key of the answer that stands until the next has come */
export const lastKeyOf = (state: Answers, name: keyof Kinds, subject: string | number): string | undefined =>
  state.shown[name]?.[subject];

/** @returns the answer that stands until the next has come, as far as it is known */
export function lastOf<N extends keyof Kinds>(state: Answers, name: N, subject: string | number): Kinds[N] | undefined {
  const key = lastKeyOf(state, name, subject);
  const known = key === undefined ? undefined : state.known[name]?.[key];
  return (known?.value ?? known?.soFar) as Kinds[N] | undefined;
}

/** @returns whether it is not to be asked for: there is an answer, the server will not have it, or it is cancelled */
export function isOver({ known }: Answers, name: string, key: string): boolean {
  const { value, refused, cancelled } = known[name]?.[key] ?? {};
  return value !== undefined || refused !== undefined || cancelled === true;
}

/** @returns why the server will not have it, if that is so */
export const refusalOf = ({ known }: Answers, name: string, key: string): Refusal[] | undefined =>
  known[name]?.[key]?.refused;

/** How much is kept of a kind, where that does not say so: of as many runs as a page can have, twice. */
const KEPT = 16;

/** @param kept  how much of the kind, besides what stands: the oldest makes room */
export function receiveKnown(state: State, name: string, key: string, known: Known<unknown>, kept = KEPT): State {
  const { [key]: _, ...others } = state.known[name] ?? {};
  const standing = Object.values(state.shown[name] ?? {});
  const spare = Object.keys(others).filter((other) => !standing.includes(other));
  for (const other of spare.slice(0, 1 - kept)) delete others[other];
  return { ...state, known: { ...state.known, [name]: { ...others, [key]: known } } };
}

/** @param keys  of what the server will not have of it */
export const refuse = (state: State, name: string, keys: string[], refused: Refusal[]): State =>
  keys.reduce((noted, key) => receiveKnown(noted, name, key, { refused }), state);

/** What is there of these comes to stand. @param kept  for how many at the most one does */
export function receiveShown(
  state: State,
  name: string,
  wishes: { key: string; subject?: string | number }[],
  kept = KEPT,
): State {
  const { [name]: before = {} } = state.shown;
  const come = wishes.flatMap(({ key, subject = "" }): [string, string][] => {
    const { value, soFar } = state.known[name]?.[key] ?? {};
    return subject === "" || before[subject] === key || (value ?? soFar) === undefined ? [] : [[String(subject), key]];
  });
  if (!come.length) return state;
  const now = Object.entries({ ...before, ...Object.fromEntries(come) }).slice(-kept);
  return { ...state, shown: { ...state.shown, [name]: Object.fromEntries(now) } };
}
