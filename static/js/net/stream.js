/** Runs as they are computed: Server-Sent Events over fetch, since EventSource cannot send a body or tell why it failed. */
import { createParser } from "eventsource-parser";
import { ask, failed, refusal, Refused } from "./http.js";

/** @typedef {import("../state/types.js").Spec} Spec */
/** @typedef {import("../state/columns.js").WireColumns} WireColumns */
/** @typedef {import("./api.js").WireProblem} WireProblem */
/** @typedef {import("./api.js").WireEnd} WireEnd */

/**
 * @typedef {{type: "start", problem: WireProblem, start: number[], runs: {run: number, notes?: string[]}[]}
 *   | ({type: "steps", run: number, from: number} & WireColumns)
 *   | ({type: "end", run: number} & WireEnd)
 *   | {type: "done"}} StreamEvent
 */

/** What the page draws and says; event streams are not compressed, so each further column costs. */
const COLUMNS = "fields=parameters,loss,gradient,batch";

/**
 * Read a stream to its end.
 * @param {Spec} spec
 * @param {object} how
 * @param {AbortSignal} how.signal
 * @param {string | null} how.lastId  go on after this event
 * @param {(events: StreamEvent[], lastId: string | null) => void} how.onEvents  all that one chunk brought
 * @returns {Promise<void>} once `done` has come
 */
export async function streamRuns(spec, { signal, lastId, onEvents }) {
  const headers = { Accept: "text/event-stream", ...(lastId ? { "Last-Event-ID": lastId } : {}) };
  const response = await ask({ path: "/trajectories/stream", query: COLUMNS, body: spec, headers, signal });
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decode = new TextDecoder();
  const chunk = createCollector(lastId);
  for (;;) {
    const { done, value } = await reader.read().catch(failed);
    if (done) return chunk.finish();
    chunk.feed(decode.decode(value, { stream: true }));
    if (chunk.events.length) onEvents(chunk.take(), chunk.lastId());
    // What follows is only the end of the reply: read it, since a reply that is cut off counts as a failure.
    if (chunk.isDone()) return void reader.read().catch(() => {});
  }
}

/** Turns text into events. @param {string | null} firstId */
export function createCollector(firstId) {
  /** @type {StreamEvent[]} */
  let events = [];
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
    /** @param {string} text */
    feed: (text) => parser.feed(text),
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

/** @param {string} data */
function refusalOf(data) {
  return new Refused(500, JSON.parse(data).detail.map(refusal));
}
