/** Runs as they are computed: Server-Sent Events over fetch, as EventSource sends no body and gives no reason. */
import { createParser } from "eventsource-parser";
import type { WireColumns } from "../state/columns.ts";
import type { Column, Spec, WireProblem } from "../state/types.ts";
import type { WireEnd } from "./api.ts";
import { ask, failed, Refused, refusal } from "./http.ts";

export type StreamEvent =
  | { type: "start"; problem: WireProblem; start: number[]; runs: { run: number; notes?: string[] }[] }
  | ({ type: "steps"; run: number; from: number } & WireColumns)
  | ({ type: "end"; run: number } & WireEnd)
  | { type: "done" };

/**
 * Read a stream to its end.
 * @param how.columns  event streams are not compressed, so each costs
 * @param how.lastId  go on after this event
 * @param how.onEvents  all that one chunk brought
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
  const response = await ask({
    path: "/trajectories/stream",
    query: `fields=${columns.join()}`,
    body: spec,
    headers,
    signal,
  });
  await readEvents<StreamEvent>(response, lastId, onEvents);
}

/**
 * @param onEvents  all that one chunk brought
 * @param onHeard  something came, and be it a sign of life alone
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
    // What follows is only the end of the reply: read it, since a reply that is cut off counts as a failure.
    if (chunk.isDone()) return void reader.read().catch(() => {});
  }
}

/** Turns text into events. */
export function createCollector<E = StreamEvent>(firstId: string | null) {
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
