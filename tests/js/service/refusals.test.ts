import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, request, TransientError } from "../../../static/page/service/http.ts";
import { readEvents } from "../../../static/page/service/stream.ts";
import { setGlobals } from "../globals.ts";

const DETAIL = {
  loc: ["body", "optimizers", 1, "rule"],
  msg: "optimizers[1].rule has an unknown name at line 2, column 7",
  type: "formula_syntax",
  ctx: { reason: "unknown_function", line: 2, column: 7, word: "sine" },
};

/** @returns what the page is told of it */
async function told(response: Response): Promise<any> {
  const putBack = setGlobals({ fetch: async () => response, document: { querySelector: () => null } });
  try {
    return await request({ path: "/trajectories", body: {} }).catch((error) => error);
  } finally {
    putBack();
  }
}

test("every error of a refusal is told with its place", async () => {
  const error = await told(
    Response.json({ detail: [DETAIL, { loc: ["path"], msg: "Not Found", type: "not_found" }] }, { status: 422 }),
  );
  assert.ok(error instanceof Refused);
  assert.deepEqual(error.errors, [DETAIL, { loc: ["path"], msg: "Not Found", type: "not_found", ctx: {} }]);
});

test("an answer in words of another server is a refusal all the same", async () => {
  for (const body of ["<html>", JSON.stringify({ detail: "Not Found" })]) {
    const error = await told(new Response(body, { status: 404 }));
    assert.deepEqual([error.message, error.status], ["refused (404)", 404]);
  }
});

test("a server that is busy or at fault is asked again", async () => {
  const detail = [{ loc: [], msg: "busy", type: "busy" }];
  for (const status of [429, 503]) {
    const busy = await told(Response.json({ detail }, { status, headers: { "Retry-After": "2" } }));
    assert.deepEqual(
      [busy instanceof TransientError, busy.message, busy.seconds],
      [true, "The server has too much to do", 2],
    );
  }
  const until = { "Retry-After": "Fri, 27 Nov 2026 07:28:00 GMT" };
  for (const [date, seconds] of [
    ["Fri, 27 Nov 2026 07:27:48 GMT", 12],
    ["Fri, 27 Nov 2026 07:28:01 GMT", 0],
  ] as const) {
    const stopped = await told(new Response("<html>", { status: 503, headers: { ...until, Date: date } }));
    assert.deepEqual([stopped instanceof TransientError, stopped.seconds], [true, seconds]);
  }
  const soon = await told(
    new Response("<html>", { status: 503, headers: { "Retry-After": new Date(Date.now() + 100_000).toUTCString() } }),
  );
  assert.ok(soon.seconds > 60 && soon.seconds <= 100, "without a date of the server's own, by this clock");
  const unread = await told(new Response("<html>", { status: 503, headers: { "Retry-After": "soon" } }));
  assert.equal(unread.seconds, 0);
  const fault = await told(new Response("<html>", { status: 502 }));
  assert.deepEqual(
    [fault instanceof TransientError, fault.message, fault.seconds],
    [true, "The server answers with an error (502)", 0],
  );
});

test("an error in a stream is told in the words of its detail", async () => {
  const said = JSON.stringify({
    detail: [{ loc: ["stream"], msg: "the server met a fault of its own", type: "fault" }],
  });
  await assert.rejects(
    readEvents(new Response(`event: error\ndata: ${said}\n\n`), null, () => {}),
    (error: any) => {
      assert.deepEqual(error.errors, [
        { loc: ["stream"], msg: "the server met a fault of its own", type: "fault", ctx: {} },
      ]);
      return error instanceof Refused;
    },
  );
});

test("events of a stream are read whole, wherever its text is cut", async () => {
  const text = 'event: start\ndata: {"start":[1]}\n\n: still here\n\nevent: end\nid: 4e\ndata: {"run":0}\n\n';
  for (let cut = 0; cut <= text.length; cut++) {
    const chunks = [text.slice(0, cut), text.slice(cut), "event: done\ndata: {}\n\n"];
    const body = new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
        controller.close();
      },
    });
    const read: unknown[] = [];
    let lastId: string | null = null;
    await readEvents(new Response(body), "2", (events, id) => {
      read.push(...events);
      lastId = id;
    });
    assert.deepEqual(read, [{ type: "start", start: [1] }, { type: "end", run: 0 }, { type: "done" }]);
    assert.equal(lastId, "4e");
  }
});
