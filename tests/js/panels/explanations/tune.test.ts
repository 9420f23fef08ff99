import assert from "node:assert/strict";
import { test } from "node:test";
import { createLongWork } from "../../../../static/page/panels/explanations/longWork.ts";
import { curvePath } from "../../../../static/page/panels/explanations/tune/curve.ts";

type Sent = { body: any; signal: AbortSignal; answer: (text: string, status?: number) => void };

/** @param work  with what is sent, to be answered */
async function beside(work: (sent: Sent[]) => Promise<void>) {
  const { fetch, document } = globalThis as any;
  const sent: Sent[] = [];
  const ask = (_: string, { body, signal }: any) =>
    new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
      const answer = (text: string, status = 200) => resolve(new Response(text, { status }));
      sent.push({ body: JSON.parse(body), signal, answer });
    });
  Object.assign(globalThis, { fetch: ask, document: { querySelector: () => null } });
  try {
    await work(sent);
  } finally {
    Object.assign(globalThis, { fetch, document });
  }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 2));
const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const wishes = ["a", "b"].map((key) => ({ key, body: { of: key } }));
const done =
  event("progress", { done: 0.25, so_far: { best: null } }) +
  event("progress", { done: 0.5, so_far: null }) +
  event("done", { best: { learning_rate: 0.1 } });

test("one is asked for after the other, and tells how far it is; what is known is not asked for again", () =>
  beside(async (sent) => {
    const seen: unknown[] = [];
    const asking = createLongWork<any>("/trajectories/tune", new AbortController().signal, () => {
      const { done, soFar } = asking.now() ?? {};
      seen.push(done, soFar);
    });
    const over = asking.begin(wishes);
    assert.deepEqual(
      sent.map(({ body }) => body.of),
      ["a"],
    );
    sent[0].answer(done);
    await turn();
    assert.equal(asking.now()?.key, "b");
    sent[1].answer(done);
    await over;
    assert.deepEqual([...asking.told.keys()], ["a", "b"]);
    assert.deepEqual(seen.slice(0, 6), [0, null, 0.25, { best: null }, 0.5, { best: null }]);
    assert.equal(asking.now(), null);
    await asking.begin(wishes);
    assert.equal(sent.length, 2);
  }));

test("cancelled, as with the end of its figure, the request is let go and none follows; what has come stays", () =>
  beside(async (sent) => {
    const ending = new AbortController();
    const asking = createLongWork<any>("/trajectories/tune", ending.signal, () => {});
    const over = asking.begin(wishes);
    sent[0].answer(done);
    await turn();
    ending.abort();
    await over;
    assert.ok(sent[1].signal.aborted);
    assert.equal(asking.now(), null);
    assert.deepEqual([...asking.told.keys()], ["a"]);
  }));

test("what the server refuses is kept with its reason, and the next is asked for", () =>
  beside(async (sent) => {
    const asking = createLongWork<any>("/trajectories/tune", new AbortController().signal, () => {});
    const over = asking.begin(wishes);
    sent[0].answer(JSON.stringify({ detail: [{ loc: [], msg: "too much", type: "work_too_large", ctx: {} }] }), 422);
    await turn();
    sent[1].answer(done);
    await over;
    const told = asking.told.get("a") as any;
    assert.equal(told.refused[0].type, "work_too_large");
    assert.ok(asking.told.has("b"));
  }));

test("the curve breaks where a rate never gets there, and one that stands alone is a dot", () => {
  const path = curvePath(
    [
      [0.001, null],
      [0.01, 1000],
      [0.1, 10],
      [1, null],
      [10, 100],
    ],
    [10, 1000],
  );
  assert.equal(path, "M100.0 3.0h0.1L200.0 38.0M400.0 20.5h0.1");
});
