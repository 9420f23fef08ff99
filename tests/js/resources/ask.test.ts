import assert from "node:assert/strict";
import { test } from "node:test";
import { type Keyed, knownOf, type Wish } from "../../../static/page/resources/resource.ts";
import { createTable } from "../../../static/page/resources/table.ts";
import { Gone, Refused } from "../../../static/page/service/http.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import { standingClock } from "./clock.ts";

const rest = () => new Promise((resolve) => setTimeout(resolve));

/** Questions of a part that are answered by hand. */
function desk() {
  const open: { key: string; resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const clock = standingClock();
  const store = createStore(emptyState());
  const table = createTable({ store, clock, api: {} as any, needs: () => [] });
  const letter: Keyed<Wish, string> = {
    name: "letter",
    kept: 2,
    request: ({ key }) => new Promise((resolve, reject) => open.push({ key, resolve, reject })),
  };
  const ask = table.ask(letter);
  const wish = (...keys: string[]) => ask(keys.map((key) => ({ key })));
  return { get: (key: string) => knownOf(store.get(), letter, key), open, wish, pass: clock.move };
}

test("one question at a time, then the newest", async () => {
  const { get, open, wish } = desk();
  for (const key of ["1", "2", "3"]) wish(key);
  assert.deepEqual(
    open.map(({ key }) => key),
    ["1"],
  );
  open[0].resolve("one");
  await rest();
  assert.deepEqual(
    open.map(({ key }) => key),
    ["1", "3"],
  );
  assert.deepEqual(get("1"), { value: "one" });
  assert.equal(get("2"), undefined);
});

test("what is known is not asked again, the oldest is forgotten", async () => {
  const { get, open, wish } = desk();
  for (const key of ["1", "2", "3"]) {
    wish(key);
    open.at(-1)?.resolve(key);
    await rest();
  }
  wish("3");
  assert.equal(open.length, 3);
  assert.equal(get("1"), undefined);
});

const NO = { loc: [], msg: "no", type: "missing", ctx: {} };

test("a refusal is an answer; a silent server is asked again by itself", async () => {
  const { get, open, wish, pass } = desk();
  wish("wrong");
  open[0].reject(new Refused(422, [NO]));
  await rest();
  assert.deepEqual(get("wrong"), { refused: [NO] });
  wish("lost");
  open[1].reject(new Gone("Nobody is there"));
  await rest();
  assert.deepEqual(get("lost"), { waits: "Nobody is there. This is tried again by itself." });
  wish("lost");
  assert.equal(open.length, 2);
  await pass(1000);
  assert.equal(open.length, 3);
  open[2].reject(new Gone("Busy", 10));
  await rest();
  await pass(9999);
  wish("lost");
  assert.deepEqual([open.length, get("lost")], [3, { waits: "Busy. This is tried again by itself." }]);
  await pass(1);
  assert.equal(open.length, 4);
  open[3].resolve("found");
  await rest();
  assert.deepEqual(get("lost"), { value: "found" });
});

test("what waits to be tried again keeps nothing waiting that is wanted by now", async () => {
  const { get, open, wish } = desk();
  wish("lost");
  open[0].reject(new Gone("Nobody is there"));
  await rest();
  wish("other");
  assert.equal(open[1]?.key, "other");
  open[1].resolve("found");
  await rest();
  assert.deepEqual(get("other"), { value: "found" });
});

test("what cannot be read is not asked for again and again", async () => {
  const { get, open, wish } = desk();
  wish("odd");
  open[0].reject(new SyntaxError("no JSON"));
  await rest();
  wish("odd");
  assert.equal(open.length, 1);
  assert.deepEqual(get("odd"), { refused: [{ loc: [], msg: "this could not be fetched", type: "", ctx: {} }] });
});

test("of several that are wanted the first that has not come is asked for", async () => {
  const { open, wish } = desk();
  wish("1", "2");
  open[0].resolve("one");
  await rest();
  wish("1", "2");
  assert.deepEqual(
    open.map(({ key }) => key),
    ["1", "2"],
  );
});
