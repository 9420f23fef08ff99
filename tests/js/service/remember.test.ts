import assert from "node:assert/strict";
import { test } from "node:test";
import { lettersOn, setLetters } from "../../../static/page/service/keys.ts";
import { remember, remembered, THEME } from "../../../static/page/service/remember.ts";
import { setGlobals } from "../globals.ts";

test("where storage is full, the choice made last holds, not the one that is stored", (t) => {
  let isFull = true;
  const stored = new Map([["choice", "stored"]]);
  const localStorage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem(name: string, value: string) {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      stored.set(name, value);
    },
  };
  t.after(setGlobals({ self: globalThis, localStorage }));
  remember("choice", "later");
  assert.equal(remembered("choice"), "later");
  isFull = false;
  remember("choice", "last");
  assert.deepEqual([remembered("choice"), stored.get("choice")], ["last", "last"]);
});

test("where storage is denied, a choice still holds on the page", (t) => {
  t.after(
    setGlobals({
      self: globalThis,
      get localStorage() {
        throw new DOMException("denied", "SecurityError");
      },
    }),
  );
  assert.equal(remembered(THEME), null);
  remember(THEME, "night");
  assert.equal(remembered(THEME), "night");
  setLetters(false);
  assert.equal(lettersOn(), false);
});
