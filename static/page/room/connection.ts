/** The connection to a room: its events, which go on after a break, what is posted to it, and the server's clock. */
import { Refused, request, TransientError } from "../service/http.ts";
import { retryWhileTransient } from "../service/retry.ts";
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
const localTime = () => performance.timeOrigin + performance.now();

export function openConnection({ code, key, seat }: RoomWay, { onRoom, onWait, onRefused, signal }: ConnectionPorts) {
  let room: Room | null = null;
  let lastId: string | null = null;
  let stream = new AbortController();
  let lastHeard = Date.now();
  /** How far the server's clock is ahead of this one, from the message that came fastest. */
  let offset = 0;
  let timed = false;
  /** Posts that have not arrived: the last of each kind, in order. */
  const unsent: Map<string, ToSend> = new Map();
  let sending = false;
  let resendTimer = 0;

  function noteServerTime(serverTime: number | undefined) {
    if (serverTime === undefined) return;
    const ahead = serverTime - localTime();
    if (!timed || ahead > offset + 1) offset = ahead;
    timed = true;
  }

  function takeEvents(events: RoomEvent[], id: string | null) {
    lastId = id;
    for (const event of events) {
      noteServerTime(event.now);
      room = roomAfter(room, event);
    }
    if (room) onRoom(room, events);
  }

  async function readStream() {
    stream = new AbortController();
    const streamSignal = stream.signal;
    const headers = { ...withKey(key), ...(lastId ? { "Last-Event-ID": lastId } : {}) };
    const open = () => {
      lastHeard = Date.now();
      return request({
        path: `/rooms/${code}/events`,
        query: seat ? `seat=${seat}` : "",
        headers,
        signal: streamSignal,
      });
    };
    const waitFor = (words: string) => {
      // A pause before the next try may be longer than a silence, as the server asks.
      lastHeard = Infinity;
      onWait(words);
    };
    const response = await retryWhileTransient(open, { signal: streamSignal, onWait: waitFor });
    [lastHeard, timed] = [Date.now(), false];
    onWait("");
    void send();
    const note = () => {
      lastHeard = Date.now();
    };
    await readEvents<RoomEvent>(response, lastId, takeEvents, note);
  }

  async function followRoom() {
    while (!signal?.aborted && !room?.closed) {
      try {
        await readStream();
      } catch (error) {
        if (error instanceof Refused) onRefused(error.status);
        if (error instanceof Refused || signal?.aborted || room?.closed) break;
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
    while (unsent.size && !signal?.aborted) {
      const [[kind, post]] = unsent;
      try {
        const response = await request({
          path: `/rooms/${code}${post.path}`,
          body: post.body,
          headers: withKey(key),
          signal,
        });
        noteServerTime((await response.json().catch(() => ({}))).now);
        post.sent();
        if (unsent.get(kind) === post) unsent.delete(kind);
      } catch (error) {
        if (error instanceof TransientError) {
          resendTimer = self.setTimeout(send, Math.max(RESEND, 1000 * error.seconds) * (1 + Math.random() / 4));
          break;
        }
        if (unsent.get(kind) === post) unsent.delete(kind);
        if (!signal?.aborted) post.refused(error as Error);
      }
    }
    sending = false;
    if (room) onRoom(room, []);
  }

  /** Connects again at once after sleep or a change of the network. */
  const reconnect = () => stream.abort();
  const watch = setInterval(() => {
    if (Date.now() - lastHeard <= SILENCE) return;
    lastHeard = Date.now();
    reconnect();
  }, 1000);
  signal?.addEventListener("abort", () => {
    clearInterval(watch);
    clearTimeout(resendTimer);
    stream.abort();
  });
  globalThis.addEventListener?.("online", reconnect, { signal });
  void followRoom();

  return {
    /** @returns by the server's clock, of a time by that of this page */
    serverTime: (at: number) => at + offset,
    here: (at: number) => at - offset,
    /** @returns something has not arrived yet */
    isSending: () => unsent.size > 0,
    /** @param kind  what was to be sent of the same kind is not any more */
    send(kind: string, path: string, body: object, refused: (error: Error) => void, sent = () => {}) {
      unsent.delete(kind);
      unsent.set(kind, { path, body, refused, sent });
      void send();
    },
  };
}
