import assert from "node:assert/strict";
import { test } from "node:test";
import { lettersOn, setLetters } from "../../../static/page/service/keys.ts";
import { remember, remembered, THEME } from "../../../static/page/service/remember.ts";

test("where storage is full, the choice made last holds, not the one that is stored", (t) => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  t.after(() => before && Object.defineProperty(globalThis, "localStorage", before));
  let isFull = true;
  const stored = new Map([["choice", "stored"]]);
  const localStorage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem(name: string, value: string) {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      stored.set(name, value);
    },
  };
  Object.assign(globalThis, { self: globalThis });
  Object.defineProperty(globalThis, "localStorage", { configurable: true, value: localStorage });
  remember("choice", "later");
  assert.equal(remembered("choice"), "later");
  isFull = false;
  remember("choice", "last");
  assert.deepEqual([remembered("choice"), stored.get("choice")], ["last", "last"]);
});

test("where storage is denied, a choice still holds on the page", (t) => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  t.after(() => before && Object.defineProperty(globalThis, "localStorage", before));
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
  assert.equal(remembered(THEME), null);
  remember(THEME, "night");
  assert.equal(remembered(THEME), "night");
  setLetters(false);
  assert.equal(lettersOn(), false);
});
