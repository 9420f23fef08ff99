/** As much of a server with one room as its pages ask for: it can fall silent, go and come back. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";

const KEY = "0123456789abcdef0123456789abcdef";

export interface Posted {
  path: string;
  body: any;
}

export async function startRoom() {
  const posted: Posted[] = [];
  const streams: Set<ServerResponse> = new Set();
  const opened: { seat: string | null; lastId: string | undefined; key: boolean }[] = [];
  const room = {
    code: "class",
    seats: 1,
    seat: 7,
    shown: null,
    question: null,
    entries: 0,
    entry: null,
    ran: null,
  };
  const told: string[] = [];
  let status = 200;
  let refusedAs = "not_leading";
  let port = 0;

  const textOf = (type: string, data: object, id: number | null) =>
    `event: ${type}\n${id === null ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`;

  function make() {
    const server = createServer(async (request, response) => {
      const url = new URL(request.url ?? "", "http://here");
      const key = request.headers.authorization === `Bearer ${KEY}`;
      if (url.pathname.endsWith("/events")) {
        const lastId = request.headers["last-event-id"] as string | undefined;
        opened.push({ seat: url.searchParams.get("seat"), lastId, key });
        response.writeHead(200, { "Content-Type": "text/event-stream" });
        if (lastId) response.write(told.slice(Number(lastId)).join("") || ":\n\n");
        else response.write(textOf("state", { ...room, now: Date.now() + 5000, closed: false }, told.length));
        streams.add(response);
        response.on("close", () => streams.delete(response));
        return;
      }
      let text = "";
      for await (const piece of request) text += piece;
      const answer = (code: number, body: object) => {
        response.writeHead(code, { "Content-Type": "application/json" });
        response.end(JSON.stringify(body));
      };
      if (status !== 200) return answer(status, { detail: [{ loc: [], msg: "no", type: refusedAs }] });
      posted.push({ path: url.pathname.split("/").at(-1) ?? "", body: JSON.parse(text) });
      answer(200, { number: posted.length, now: Date.now() + 5000 });
    });
    return new Promise<ReturnType<typeof createServer>>((resolve) => {
      server.listen(port, "127.0.0.1", () => {
        port = (server.address() as AddressInfo).port;
        resolve(server);
      });
    });
  }

  let server = await make();
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  after(async () => {
    await stop();
    Reflect.deleteProperty(globalThis, "document");
  });
  const api = `http://127.0.0.1:${port}/api/v1`;
  (globalThis as any).document = { querySelector: () => ({ getAttribute: () => api }) };
  (globalThis as any).self ??= globalThis;
  return {
    KEY,
    room,
    posted,
    opened,
    stop,
    start: async () => {
      server = await make();
    },
    refuse(code: number, type = "not_leading") {
      [status, refusedAs] = [code, type];
    },
    tell(type: string, data: object, numbered = true) {
      const text = textOf(type, data, numbered ? told.length + 1 : null);
      if (numbered) told.push(text);
      for (const stream of streams) stream.write(text);
    },
  };
}

/** Waits for a state. */
export async function until(is: () => boolean) {
  const end = Date.now() + 10_000;
  while (!is()) {
    if (Date.now() > end) throw new Error(`it never came: ${is}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
