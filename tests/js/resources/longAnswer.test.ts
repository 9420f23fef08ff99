import assert from "node:assert/strict";
import { test } from "node:test";
import { longAnswerOf } from "../../../static/page/resources/longAnswer.ts";
import { knownOf } from "../../../static/page/resources/resource.ts";
import { createTable } from "../../../static/page/resources/table.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import { standingClock } from "./clock.ts";

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

function desk() {
  const store = createStore(emptyState());
  const table = createTable({ store, clock: standingClock(), api: {} as any, needs: () => [] });
  const tunes = longAnswerOf<any>("tuned", 9, "/trajectories/tune");
  const known = (key: string) => knownOf(store.get(), tunes, key);
  return { store, table, known, ask: table.ask(tunes) };
}

test("one is asked for after the other, and tells how far it is; what is known is not asked for again", () =>
  beside(async (sent) => {
    const { store, known, ask } = desk();
    const seen: unknown[] = [];
    store.subscribe(() => void seen.push([known("a")?.done, known("a")?.soFar]));
    ask(wishes);
    assert.deepEqual(
      sent.map(({ body }) => body.of),
      ["a"],
    );
    sent[0].answer(done);
    await turn();
    assert.equal(known("a")?.value.best.learning_rate, 0.1);
    assert.equal(sent[1].body.of, "b");
    sent[1].answer(done);
    await turn();
    assert.equal(known("b")?.value.best.learning_rate, 0.1);
    assert.deepEqual(seen.slice(0, 2), [
      [0.25, { best: null }],
      [0.5, { best: null }],
    ]);
    ask(wishes);
    assert.equal(sent.length, 2);
  }));

test("cancelled, as with the end of its figure, the request is let go and none follows; what has come stays", () =>
  beside(async (sent) => {
    for (const end of [({ ask }: ReturnType<typeof desk>) => ask(null), ({ table }: any) => table.destroy()]) {
      const from = sent.length;
      const at = desk();
      at.ask(wishes);
      sent[from].answer(done);
      await turn();
      end(at);
      await turn();
      assert.ok(sent[from + 1].signal.aborted);
      assert.equal(sent.length, from + 2);
      assert.ok(at.known("a")?.value);
      assert.equal(at.known("b"), undefined);
    }
  }));

test("another that is asked for takes its place at once", () =>
  beside(async (sent) => {
    const clock = standingClock();
    const table = createTable({ store: createStore(emptyState()), clock, api: {} as any, needs: () => [] });
    const ask = table.ask(longAnswerOf<any>("tuned", 9, "/trajectories/tune"));
    ask([wishes[0]]);
    ask([wishes[1]]);
    await clock.move(0);
    assert.deepEqual(
      sent.map(({ body, signal }) => [body.of, signal.aborted]),
      [
        ["a", true],
        ["b", false],
      ],
    );
  }));

test("what the server refuses is kept with its reason, and the next is asked for", () =>
  beside(async (sent) => {
    const { known, ask } = desk();
    ask(wishes);
    sent[0].answer(JSON.stringify({ detail: [{ loc: [], msg: "too much", type: "work_too_large", ctx: {} }] }), 422);
    await turn();
    sent[1].answer(done);
    await turn();
    assert.equal(known("a")?.refused?.[0].type, "work_too_large");
    assert.ok(known("b")?.value);
  }));
