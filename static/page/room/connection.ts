/** The connection to a room: its events, which go on after a break, what is posted to it, and the server's clock. */
import { Gone, Refused, request } from "../service/http.ts";
import { persist } from "../service/persist.ts";
import { readEvents } from "../service/stream.ts";
import { type Room, type RoomEvent, roomAfter } from "./events.ts";

/** Milliseconds of silence after which the connection counts as lost: the server sends something more often. */
const SILENCE = 40_000;
/** The first retry waits at random up to so many milliseconds, so that a class does not come back all at once. */
const APART = 1000;
/** Milliseconds after which a post that failed is sent again, if the connection is not back before. */
const RESEND = 2000;

interface RoomWay {
  code: string;
  /** of who leads it */
  key?: string;
  /** of a seat, which nobody else has */
  seat?: string;
}

interface ToSend {
  path: string;
  body: object;
  refused: (error: Error) => void;
  sent: () => void;
}

interface ConnectionPorts {
  /** @param events  that have led there */
  onRoom: (room: Room, events: RoomEvent[]) => void;
  /** @param words  why nothing comes; empty: it comes */
  onWait: (words: string) => void;
  /** there is no such room, or not with this key */
  onRefused: (status: number) => void;
  /** ends the connection; without one it lasts as long as its page */
  signal?: AbortSignal;
}

export type Connection = ReturnType<typeof openConnection>;

export const withKey = (key: string | undefined): Record<string, string> =>
  key ? { Authorization: `Bearer ${key}` } : {};

/** The time by a clock that is never set. */
const local = () => performance.timeOrigin + performance.now();

export function openConnection({ code, key, seat }: RoomWay, { onRoom, onWait, onRefused, signal }: ConnectionPorts) {
  let room: Room | null = null;
  let lastId: string | null = null;
  let opened = new AbortController();
  let heard = Date.now();
  /** How far the server's clock is ahead of this one, from the message that came fastest. */
  let offset = 0;
  let timed = false;
  /** Posts that have not arrived: the last of each kind, in order. */
  const waiting: Map<string, ToSend> = new Map();
  let sending = false;
  let resendTimer = 0;

  function time(serverTime: number | undefined) {
    if (serverTime === undefined) return;
    const ahead = serverTime - local();
    if (!timed || ahead > offset + 1) offset = ahead;
    timed = true;
  }

  function take(events: RoomEvent[], id: string | null) {
    lastId = id;
    for (const event of events) {
      time(event.now);
      room = roomAfter(room, event);
    }
    if (room) onRoom(room, events);
  }

  async function read() {
    opened = new AbortController();
    const streamSignal = opened.signal;
    const headers = { ...withKey(key), ...(lastId ? { "Last-Event-ID": lastId } : {}) };
    const open = () =>
      request({ path: `/rooms/${code}/events`, query: seat ? `seat=${seat}` : "", headers, signal: streamSignal });
    const response = await persist(open, { signal: streamSignal, onWait });
    [heard, timed] = [Date.now(), false];
    onWait("");
    void send();
    const note = () => {
      heard = Date.now();
    };
    await readEvents<RoomEvent>(response, lastId, take, note);
  }

  async function follow() {
    while (!signal?.aborted && !room?.closed) {
      try {
        await read();
      } catch (error) {
        if (error instanceof Refused) return onRefused(error.status);
        if (signal?.aborted || room?.closed) break;
        onWait("The server does not answer");
      }
      await new Promise((resolve) => setTimeout(resolve, Math.random() * APART));
    }
    clearInterval(watch);
  }

  async function send() {
    if (sending) return;
    sending = true;
    clearTimeout(resendTimer);
    while (waiting.size && !signal?.aborted) {
      const [[kind, post]] = waiting;
      try {
        const response = await request({
          path: `/rooms/${code}${post.path}`,
          body: post.body,
          headers: withKey(key),
          signal,
        });
        time((await response.json().catch(() => ({}))).now);
        post.sent();
        if (waiting.get(kind) === post) waiting.delete(kind);
      } catch (error) {
        if (error instanceof Gone) {
          resendTimer = self.setTimeout(send, Math.max(RESEND, 1000 * error.seconds) * (1 + Math.random() / 4));
          break;
        }
        if (waiting.get(kind) === post) waiting.delete(kind);
        if (!signal?.aborted) post.refused(error as Error);
      }
    }
    sending = false;
    if (room) onRoom(room, []);
  }

  /** Connects again at once after sleep or a change of the network. */
  const anew = () => opened.abort();
  const watch = setInterval(() => {
    if (Date.now() - heard <= SILENCE) return;
    heard = Date.now();
    anew();
  }, 1000);
  signal?.addEventListener("abort", () => {
    clearInterval(watch);
    clearTimeout(resendTimer);
    opened.abort();
  });
  globalThis.addEventListener?.("online", anew, { signal });
  void follow();

  return {
    /** @returns by the server's clock, of a time by that of this page */
    serverTime: (at: number) => at + offset,
    here: (at: number) => at - offset,
    /** @returns something has not arrived yet */
    isSending: () => waiting.size > 0,
    /** @param kind  what was to be sent of the same kind is not any more */
    send(kind: string, path: string, body: object, refused: (error: Error) => void, sent = () => {}) {
      waiting.delete(kind);
      waiting.set(kind, { path, body, refused, sent });
      void send();
    },
  };
}
