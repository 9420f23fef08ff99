/** Reads runs while they are computed: Server-Sent Events over fetch, as EventSource can send no body. */
import { createParser } from "eventsource-parser";
import type { WireColumns } from "../state/columns.ts";
import type { Column, Spec, Wire } from "../state/types.ts";
import { failed, Refused, refusal, request } from "./http.ts";

export type StreamEvent =
  | ({ type: "start" } & Wire["StartEvent"])
  | ({ type: "steps" } & Wire["StepsEvent"] & WireColumns)
  | ({ type: "end" } & Wire["EndEvent"])
  | { type: "done" };

/**
 * Reads a stream to its end.
 * @param how.columns  columns of each row; streams are not compressed
 * @param how.lastId  continue after this event
 * @param how.onEvents  called with the events of each chunk
 * @returns once `done` has come
 */
export async function streamRuns(
  spec: Spec,
  {
    columns,
    signal,
    lastId,
    onEvents,
  }: {
    columns: Column[];
    signal: AbortSignal;
    lastId: string | null;
    onEvents: (events: StreamEvent[], lastId: string | null) => void;
  },
): Promise<void> {
  const headers = { Accept: "text/event-stream", ...(lastId ? { "Last-Event-ID": lastId } : {}) };
  const response = await request({
    path: "/trajectories/stream",
    query: `fields=${columns.join()}`,
    body: spec,
    headers,
    signal,
  });
  await readEvents<StreamEvent>(response, lastId, onEvents);
}

/**
 * @param onEvents  called with the events of each chunk
 * @param onHeard  called on any data, including a keep-alive
 * @returns once `done` has come
 */
export async function readEvents<E>(
  response: Response,
  lastId: string | null,
  onEvents: (events: E[], lastId: string | null) => void,
  onHeard: () => void = () => {},
): Promise<void> {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decode = new TextDecoder();
  const chunk = createCollector<E>(lastId);
  for (;;) {
    const { done, value } = await reader.read().catch(failed);
    if (done) return chunk.finish();
    onHeard();
    chunk.feed(decode.decode(value, { stream: true }));
    if (chunk.events.length) onEvents(chunk.take(), chunk.lastId());
    // Reads on to the end of the reply, as a reply that is cut off counts as a failure.
    if (chunk.isDone()) return void reader.read().catch(() => {});
  }
}

/** Parses text into events. */
function createCollector<E = StreamEvent>(firstId: string | null) {
  let events: E[] = [];
  let lastId = firstId;
  let done = false;
  const parser = createParser({
    onEvent({ id, event, data }) {
      if (event === "error") throw refusalOf(data);
      if (id) lastId = id;
      done ||= event === "done";
      events.push({ type: event, ...JSON.parse(data || "{}") });
    },
  });
  return {
    get events() {
      return events;
    },
    feed: (text: string) => parser.feed(text),
    take() {
      const taken = events;
      events = [];
      return taken;
    },
    lastId: () => lastId,
    isDone: () => done,
    finish: () => (done ? undefined : failed(null)),
  };
}

function refusalOf(data: string) {
  return new Refused(500, JSON.parse(data).detail.map(refusal));
}

/** Of work that takes long. `so_far`: the result so far, where it is of use */
type LongEvent<T> = { type: "progress"; done: number; so_far: T | null } | ({ type: "done" } & T);

/**
 * Aborting the request cancels the work.
 * @param onProgress  called with the share that is done
 * @returns the complete result
 */
export async function requestLong<T>(
  { path, body, signal }: { path: string; body: object; signal: AbortSignal },
  onProgress: (done: number, soFar: T | null) => void,
): Promise<T> {
  const response = await request({ path, body, signal, headers: { Accept: "text/event-stream" } });
  let result: T | null = null;
  await readEvents<LongEvent<T>>(response, null, (events) => {
    for (const event of events) {
      if (event.type === "done") result = event;
      else onProgress(event.done, event.so_far);
    }
  });
  return result as T;
}
