/** Requests that take long: the server reports progress as events. Aborting the request cancels the work. */

import { ask } from "./http.ts";
import { readEvents } from "./stream.ts";

/** `so_far`: the result so far, where it is of use */
type LongEvent<T> = { type: "progress"; done: number; so_far: T | null } | ({ type: "done" } & T);

/** @param onProgress  called with the share that is done @returns the complete result */
export async function askLong<T>(
  { path, body, signal }: { path: string; body: object; signal: AbortSignal },
  onProgress: (done: number, soFar: T | null) => void,
): Promise<T> {
  const response = await ask({ path, body, signal, headers: { Accept: "text/event-stream" } });
  let result: T | null = null;
  await readEvents<LongEvent<T>>(response, null, (events) => {
    for (const event of events) {
      if (event.type === "done") result = event;
      else onProgress(event.done, event.so_far);
    }
  });
  return result as T;
}
