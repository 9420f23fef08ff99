/** A server that answers by hand, in place of the network. */
import { afterEach } from "node:test";

export interface HeldQuestion {
  /** as it was sent */
  body: any;
  streamed: boolean;
  aborted: boolean;
  /** the whole answer */
  json: (value: object, status?: number) => void;
  /** one event of a stream */
  send: (name: string, data: object) => void;
}

const { fetch, document } = globalThis;

/** Until the end of the test. @returns what is asked, in order */
export function heldServer(): HeldQuestion[] {
  const asked: HeldQuestion[] = [];
  const held = (_: string, { body, headers, signal }: any) =>
    new Promise((resolve, reject) => {
      const events = new TransformStream();
      const writer = events.writable.getWriter();
      const reply = new Response(events.readable);
      const question: HeldQuestion = {
        body: JSON.parse(body),
        streamed: headers.Accept === "text/event-stream",
        aborted: false,
        json: (value, status = 200) => resolve(new Response(JSON.stringify(value), { status })),
        send(name, data) {
          resolve(reply);
          writer.write(new TextEncoder().encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`));
        },
      };
      signal.addEventListener("abort", () => {
        question.aborted = true;
        reject(new DOMException("left", "AbortError"));
        writer.abort(new DOMException("left", "AbortError")).catch(() => {});
      });
      asked.push(question);
    });
  Object.assign(globalThis, { fetch: held, document: { querySelector: () => null } });
  return asked;
}

afterEach(() => Object.assign(globalThis, { fetch, document }));
