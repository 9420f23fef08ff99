/** Repeats requests that failed: how long to wait, and what to say meanwhile. */
import { TransientError, Unfetched } from "./http.ts";

export interface Clock {
  /** milliseconds */
  now: () => number;
  /** @returns what `cancel` takes */
  after: (act: () => void, ms: number) => number;
  cancel: (timer: number) => void;
}

/** Seconds before each further try; from the last one on they stay the same. */
const WAITS = [1, 2, 4, 8, 15];
/** The longest wait, in seconds, that a server can ask for. */
const LONGEST = 3600;

const TIMERS: Pick<Clock, "after" | "cancel"> = {
  after: (act, ms) => self.setTimeout(act, ms),
  cancel: (timer) => clearTimeout(timer),
};

/** @param tried  how many times before @returns seconds until the next try */
export const pauseAfter = ({ seconds }: TransientError, tried: number): number =>
  Math.min(LONGEST, Math.max(seconds, WAITS[Math.min(tried, WAITS.length - 1)]));

/** Browsers report a script that did not come as a TypeError, each in words of its own. */
const UNFETCHED = /dynamically imported module|^Importing a module script failed/;

/** @returns the failure, if another try may succeed; else null */
export function asTransient(error: unknown): TransientError | null {
  if (error instanceof TransientError) return error;
  return error instanceof TypeError && UNFETCHED.test(error.message) ? new Unfetched() : null;
}

const hint = (gone: TransientError) => (gone instanceof Unfetched ? "; if that goes on, reload the page" : "");

/** @returns the message, without a full stop */
export const unreachableWords = (gone: TransientError): string => gone.message + hint(gone);

/** @param reason  what has happened, without a full stop @param more  what to do meanwhile, from its comma on */
export const againWords = (reason: string, more = ""): string => `${reason}. This is tried again by itself${more}.`;

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
  /** aborted when the part that asks is gone */
  signal?: AbortSignal;
  /** called with the reason for waiting */
  onWait?: (words: string) => void;
  clock?: Pick<Clock, "after" | "cancel">;
}

/**
 * Asks until there is an answer.
 * @throws errors that another try would not mend; the reason of the signal
 */
export async function retryWhileTransient<T>(
  load: () => T | Promise<T>,
  { signal, onWait = () => {}, clock = TIMERS }: How = {},
): Promise<T> {
  for (let tried = 0; ; tried += 1) {
    signal?.throwIfAborted();
    try {
      return await load();
    } catch (error) {
      const gone = asTransient(error);
      signal?.throwIfAborted();
      if (!gone) throw error;
      onWait(againWords(gone.message, hint(gone)));
      await pause(1000 * pauseAfter(gone, tried), clock, signal);
    }
  }
}

/** @returns a function that asks once for all callers, so it cannot be aborted by one; after a failure it asks again */
export function once<T>(get: () => Promise<T>): () => Promise<T> {
  let request: Promise<T> | null = null;
  return () =>
    (request ??= get().catch((error) => {
      request = null;
      throw error;
    }));
}
