import assert from "node:assert/strict";
import { test } from "node:test";
import { AT_ONCE, NEVER, type Need, type Resource } from "../../../static/page/resources/resource.ts";
import { createTable } from "../../../static/page/resources/table.ts";
import { Refused, TransientError } from "../../../static/page/service/http.ts";
import { replyStatus } from "../../../static/page/state/replies.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import { partOf } from "../part.ts";
import { settled, standingClock } from "./clock.ts";

/** Questions of a part that are answered by hand, those of the same letter one after another. */
function desk() {
  const open: { key: string; resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const clock = standingClock();
  const store = createStore(emptyState());
  const table = createTable({ store, clock, api: partOf({}), viewColumns: () => [] }, []);
  const letter: Resource<Need, string> = {
    name: "letter",
    capacity: 2,
    givenUpAfter: NEVER,
    request: ({ key }) => new Promise((resolve, reject) => open.push({ key, resolve, reject })),
  };
  const want = table.createRequest(letter);
  table.start();
  const read = (needs: Need[]) => want(store.get(), needs);
  const need = (...keys: string[]) => read(keys.map((key) => ({ key, subject: key[0] })));
  const answer = async (value: string) => {
    open.at(-1)?.resolve(value);
    await settled();
  };
  const fail = async (error: Error) => {
    open.at(-1)?.reject(error);
    await settled();
  };
  const wantLong = table.createRequest<Need, string>({
    name: "long",
    givenUpAfter: AT_ONCE,
    request: () => new Promise(() => {}),
  });
  const needLong = () => wantLong(store.get(), [{ key: "all" }]);
  const asked = () => open.map(({ key }) => key).join(" ");
  const fault = () => store.get().fault;
  const get = (key: string) => replyStatus(store.get(), letter, key);
  return { answer, asked, fail, fault, get, read, need, needLong, pass: clock.move };
}

test("one question at a time, then the newest, and several in order; what is known is asked for once", async () => {
  const { answer, asked, get, need } = desk();
  for (const key of ["a1", "a2", "a3"]) need(key);
  await answer("one");
  assert.deepEqual([asked(), get("a1"), get("a2")], ["a1 a3", { value: "one" }, undefined]);
  await answer("three");
  need("a3", "b1");
  await answer("other");
  assert.equal(asked(), "a1 a3 b1");
  for (const key of ["a4", "a5"]) {
    need(key);
    await answer(key);
  }
  assert.deepEqual([get("a1"), get("a3")], [undefined, { value: "three" }], "the oldest makes room");
});

test("the last of the same stands until the next has come; what is for later is read alone", async () => {
  const { answer, asked, read, need } = desk();
  const lasts = (...keys: string[]) => need(...keys).map(({ last }) => last);
  assert.deepEqual(lasts("a1"), [undefined]);
  await answer("one");
  assert.deepEqual(lasts("a2", "b1"), ["one", undefined]);
  await answer("two");
  await answer("other");
  assert.deepEqual(lasts("a3", "b1"), ["two", "other"]);
  await answer("three");
  assert.equal(read([{ key: "a4", subject: "a", later: true }])[0].last, "three");
  assert.equal(asked(), "a1 a2 b1 a3");
});

const NO = { loc: [], msg: "no", type: "missing", ctx: {} };

test("a refusal is an answer, and what cannot be read one; a silent server is asked again by itself", async () => {
  const { answer, asked, fail, get, need, pass } = desk();
  need("a1");
  await fail(new Refused(422, [NO]));
  need("a2");
  await fail(new SyntaxError("no JSON"));
  const odd = { loc: [], msg: "this could not be fetched", type: "", ctx: {} };
  assert.deepEqual([get("a1"), get("a2")], [{ refused: [NO] }, { refused: [odd] }]);
  need("a3");
  await fail(new TransientError("Nobody is there"));
  const [{ waits }] = need("a3");
  assert.deepEqual([asked(), waits], ["a1 a2 a3", "Nobody is there. This is tried again by itself."]);
  await pass(1000);
  await answer("found");
  assert.deepEqual([asked(), need("a3")[0].value], ["a1 a2 a3 a3", "found"]);
});

test("after a failure nothing is sent for a while, nor what waited, and then what is wanted by now", async () => {
  const { answer, asked, fail, fault, need, pass } = desk();
  for (const key of ["a1", "a2"]) need(key);
  await fail(new TransientError("Nobody is there"));
  need("a3");
  assert.deepEqual([asked(), fault()], ["a1", { kind: "unreachable", reason: "Nobody is there", retryAt: 1000 }]);
  await pass(1000);
  await answer("found");
  assert.deepEqual([asked(), need("a3")[0].value, fault()], ["a1 a3", "found", null]);
});

test("the message ends with the answer of what has failed, whatever else takes long", async () => {
  const { answer, fail, fault, pass, need, needLong } = desk();
  need("a1");
  await fail(new TransientError("Nobody is there"));
  await pass(1000);
  needLong();
  await answer("found");
  assert.equal(fault(), null);
});
