import assert from "node:assert/strict";
import { test } from "node:test";
import { longReplyOf, setCancelled } from "../../../static/page/resources/resource.ts";
import { createTable } from "../../../static/page/resources/table.ts";
import { replyStatus } from "../../../static/page/state/replies.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import { partOf } from "../part.ts";
import { settled, standingClock } from "./clock.ts";
import { type HeldQuestion, heldServer } from "./held.ts";

const BEST = { best: { learning_rate: 0.1 } };

async function answer(question: HeldQuestion) {
  question.send("progress", { done: 0.25, so_far: { best: null } });
  question.send("progress", { done: 0.5, so_far: null });
  question.send("done", BEST);
  await settled();
}

function desk() {
  const asked = heldServer();
  const clock = standingClock();
  const store = createStore(emptyState());
  const table = createTable({ store, clock, api: partOf({}), viewColumns: () => [] }, []);
  const tunes = longReplyOf("tuned", 9, "/trajectories/tune");
  const want = table.createRequest(tunes);
  table.start();
  const need = (...keys: string[]) =>
    want(
      store.get(),
      keys.map((key) => ({ key, body: { of: key } })),
    );
  const known = (key: string) => replyStatus(store.get(), tunes, key);
  return { asked, clock, store, table, known, need, sent: () => asked.map(({ body }) => body.of).join(" ") };
}

test("one is asked for after the other, and tells how far it is; what is known is not asked for again", async () => {
  const { asked, store, known, need, sent } = desk();
  const seen: unknown[] = [];
  store.subscribe(() => void seen.push([known("a")?.done, known("a")?.soFar]));
  need("a", "b");
  for (const k of [0, 1]) await answer(asked[k]);
  need("a", "b");
  assert.deepEqual([sent(), known("a")?.value?.best, known("b")?.value?.best], ["a b", BEST.best, BEST.best]);
  assert.deepEqual(seen.slice(0, 2), [
    [0.25, { best: null }],
    [0.5, { best: null }],
  ]);
});

test("wanted no more, as with the end of its figure, the request is let go, and what has come stays", async () => {
  for (const end of ["need", "destroy"]) {
    const { asked, table, known, need, sent } = desk();
    need("a", "b");
    await answer(asked[0]);
    if (end === "need") need();
    else table.destroy();
    await settled();
    assert.deepEqual([asked[1].aborted, sent(), known("b")], [true, "a b", undefined]);
    assert.ok(known("a")?.value);
  }
});

test("cancelled, it is let go and the next is asked for; taken up again, it is asked for anew", async () => {
  const { asked, store, known, need, sent } = desk();
  need("a", "b");
  asked[0].send("progress", { done: 0.25, so_far: null });
  await settled();
  store.update(setCancelled, "tuned", "a", true);
  await settled();
  assert.deepEqual([asked[0].aborted, sent(), known("a")?.done], [true, "a b", 0.25]);
  await answer(asked[1]);
  store.update(setCancelled, "tuned", "a", false);
  await settled();
  assert.equal(sent(), "a b a");
});

test("another that is asked for takes its place at once", async () => {
  const { asked, clock, need, sent } = desk();
  need("a");
  need("b");
  await clock.move(0);
  assert.deepEqual([sent(), asked[0].aborted, asked[1].aborted], ["a b", true, false]);
});
