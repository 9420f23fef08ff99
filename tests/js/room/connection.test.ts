/** The way to a room: its state from its events, resumed and posted again where the server was gone. */
import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import { openConnection } from "../../../static/page/room/connection.ts";
import type { Room } from "../../../static/page/room/events.ts";
import { setGlobals } from "../globals.ts";
import { settled } from "../resources/clock.ts";
import { startRoom, until } from "./fakeRoom.ts";

const SHOWN = { address: "/?surface=bowl", step: 0, playing: false, pace: 1, since: 0, seeds: false, picture: null };
const QUESTION = { id: "bowl/1", kind: "point", of: null };

async function setUp(way: { key?: string; seat?: string }) {
  const server = await startRoom();
  const ended = new AbortController();
  after(() => ended.abort());
  const now = { room: null as Room | null, away: [] as string[], refused: 0 };
  const connection = openConnection(
    { code: "class", ...way },
    {
      signal: ended.signal,
      onRoom: (room: Room) => Object.assign(now, { room }),
      onWait: (words) => void now.away.push(words),
      onRefused: (refused) => Object.assign(now, { refused }),
    },
  );
  await until(() => now.room !== null);
  return { server, now, connection, end: () => ended.abort() };
}

test("a seat has the room as it is, and then all that happens in it", async () => {
  const { server, now, end } = await setUp({ seat: "a".repeat(32) });
  assert.deepEqual(server.opened, [{ seat: "a".repeat(32), lastId: undefined, key: false }]);
  assert.equal(now.room?.seat, 7);
  server.tell("shown", { ...SHOWN, question: QUESTION });
  server.tell("entered", { entries: 3 }, false);
  server.tell("seats", { seats: 12 }, false);
  await until(() => now.room?.seats === 12);
  assert.deepEqual([now.room?.question?.id, now.room?.entries], ["bowl/1", 3]);
  server.tell("shown", { ...SHOWN, question: { ...QUESTION, id: "bowl/2" } });
  await until(() => now.room?.question?.id === "bowl/2");
  assert.equal(now.room?.entries, 0);
  server.tell("ran", {
    question: "bowl/2",
    kind: "point",
    of: null,
    answers: [[7, [1, 2]]],
    truth: [0, 0],
    again: null,
  });
  await until(() => now.room?.question === null);
  assert.deepEqual(now.room?.ran?.answers, [[7, [1, 2]]]);
  server.tell("closed", {});
  await until(() => now.room?.closed === true);
  end();
});

test("where the way breaks off it goes on after the last event", async () => {
  const { server, now, end } = await setUp({ seat: "b".repeat(32) });
  server.tell("shown", { ...SHOWN, step: 4 });
  await until(() => now.room?.shown?.step === 4);
  await server.stop();
  await until(() => now.away.at(-1) !== "");
  await server.start();
  await until(() => server.opened.length === 2);
  assert.equal(server.opened[1].lastId, "1");
  server.tell("shown", { ...SHOWN, step: 9 });
  await until(() => now.room?.shown?.step === 9);
  assert.equal(now.away.at(-1), "");
  end();
});

test("what is handed in while the server is gone arrives when it is back, the last of its kind alone", async () => {
  const { server, now, connection, end } = await setUp({ seat: "c".repeat(32) });
  const never = () => assert.fail("was refused");
  await server.stop();
  await until(() => now.away.at(-1) !== "");
  for (const entry of [1, 2, 3]) connection.send("entry", "/entries", { entry }, never);
  assert.ok(connection.isSending());
  await server.start();
  await until(() => !connection.isSending());
  const arrived = server.posted.map(({ body }) => body.entry);
  assert.equal(arrived.at(-1), 3);
  assert.ok(!arrived.includes(2));
  end();
});

test("what is posted arrives in its order, with the key, and what is refused is told", async () => {
  const server = await startRoom();
  const ended = new AbortController();
  const nothing = () => {};
  const ports = { signal: ended.signal, onRoom: nothing, onWait: nothing, onRefused: nothing };
  const connection = openConnection({ code: "class", key: server.KEY }, ports);
  const refusals: string[] = [];
  const refused = (error: Error) => void refusals.push(error.message);
  for (const step of [1, 2, 3]) connection.send("shown", "/shown", { step }, refused);
  connection.send("ran a/1", "/ran", { question: "a/1" }, refused);
  connection.send("shown", "/shown", { step: 4 }, refused);
  await until(() => !connection.isSending());
  assert.equal(server.posted.at(-2)?.path, "ran");
  assert.equal(server.posted.at(-1)?.body.step, 4);
  server.refuse(409);
  connection.send("shown", "/shown", { step: 5 }, refused);
  await until(() => refusals.length > 0);
  assert.ok(!connection.isSending());
  ended.abort();
});

test("the clock is the server's", async () => {
  const { connection, end } = await setUp({ seat: "d".repeat(32) });
  const now = performance.timeOrigin + performance.now();
  // The server of the test is five seconds ahead; what came late tells too little of that.
  assert.ok(Math.abs(connection.serverTime(now) - now - 5000) < 500);
  assert.ok(Math.abs(connection.here(connection.serverTime(now)) - now) < 1e-3);
  end();
});

/** A server that answers all that is asked so, and how often it was asked. */
function answering(context: TestContext, make: () => Response) {
  context.mock.timers.enable({ apis: ["setInterval", "setTimeout", "Date"] });
  context.mock.method(Math, "random", () => 1);
  context.after(setGlobals({ document: { querySelector: () => null }, self: globalThis }));
  const { mock } = context.mock.method(globalThis, "fetch", async () => make());
  return {
    asked: () => mock.callCount(),
    async wait(seconds: number) {
      for (let second = 0; second < seconds; second += 1) {
        context.mock.timers.tick(1000);
        await settled();
      }
    },
  };
}

test("a seat asks again no sooner than the server asks for, however long that is", async (context) => {
  const ended = new AbortController();
  const server = answering(context, () => new Response("", { status: 503, headers: { "Retry-After": "300" } }));
  const ports = { signal: ended.signal, onRoom() {}, onWait() {}, onRefused() {} };
  openConnection({ code: "class", seat: "e".repeat(32) }, ports);
  await settled();
  await server.wait(299);
  assert.equal(server.asked(), 1);
  await server.wait(2);
  assert.equal(server.asked(), 2);
  ended.abort();
});

test("nothing goes on after a refusal", async (context) => {
  const server = answering(context, () => Response.json({ detail: [] }, { status: 404 }));
  const started = context.mock.method(globalThis, "setInterval").mock;
  const stopped = context.mock.method(globalThis, "clearInterval").mock;
  let refused = 0;
  const onRefused = (status: number) => {
    refused = status;
  };
  openConnection({ code: "class", key: "k" }, { onRoom() {}, onWait() {}, onRefused });
  await server.wait(1);
  assert.equal(refused, 404);
  // Other tests' timers may be stopped meanwhile, as the tests share one process: the connection's is asked for.
  const watches = started.calls.map(({ result }) => result);
  assert.equal(watches.length, 1);
  assert.ok(stopped.calls.some(({ arguments: [timer] }) => timer === watches[0]));
});
