/** The one rule for whatever is asked for again: how long it is left alone until then, and what is said meanwhile. */
import { Gone, Unfetched } from "./http.ts";

export interface Clock {
  /** milliseconds */
  now: () => number;
  /** @returns with which it can be cancelled */
  after: (act: () => void, ms: number) => number;
  cancel: (timer: number) => void;
}

/** Seconds until each further try; the last one from then on. */
const WAITS = [1, 2, 4, 8, 15];
/** However long a server asks to be left alone. */
const LONGEST = 3600;

const TIMERS: Pick<Clock, "after" | "cancel"> = {
  after: (act, ms) => self.setTimeout(act, ms),
  cancel: (timer) => clearTimeout(timer),
};

/** @param tried  how often before @returns seconds until the next try */
export const pauseAfter = ({ seconds }: Gone, tried: number): number =>
  Math.min(LONGEST, Math.max(seconds, WAITS[Math.min(tried, WAITS.length - 1)]));

/** @returns what another try may mend; null: nothing of the kind */
export function passing(error: unknown): Gone | null {
  if (error instanceof Gone) return error;
  // What browsers say of a script that did not come; each has words of its own.
  return error instanceof TypeError && /import/i.test(error.message) ? new Unfetched() : null;
}

const hint = (gone: Gone) => (gone instanceof Unfetched ? "; if that goes on, reload the page" : "");

/** @returns without a full stop */
export const goneWords = (gone: Gone): string => gone.message + hint(gone);

const waitWords = (gone: Gone) => `${gone.message}. This is tried again by itself${hint(gone)}.`;

function pause(ms: number, { after, cancel }: Pick<Clock, "after" | "cancel">, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      cancel(timer);
      reject(signal?.reason);
    };
    const timer = after(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, ms);
    signal?.addEventListener("abort", end, { once: true });
  });
}

interface How {
  /** of the part that asks: nothing more is asked for it once it is gone */
  signal?: AbortSignal;
  /** told why it waits */
  onWait?: (words: string) => void;
  clock?: Pick<Clock, "after" | "cancel">;
}

/**
 * Ask until there is an answer.
 * @throws what another try would not mend; the reason of the signal
 */
export async function persist<T>(
  ask: () => T | Promise<T>,
  { signal, onWait = () => {}, clock = TIMERS }: How = {},
): Promise<T> {
  for (let tried = 0; ; tried += 1) {
    signal?.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      const gone = passing(error);
      signal?.throwIfAborted();
      if (!gone) throw error;
      onWait(waitWords(gone));
      await pause(1000 * pauseAfter(gone, tried), clock, signal);
    }
  }
}

/** @returns asks once, whoever wants it, and so does not give up with one of them; again only after a failure */
export function once<T>(get: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () =>
    (asked ??= get().catch((error) => {
      asked = null;
      throw error;
    }));
}
