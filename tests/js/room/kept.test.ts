import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { forgetRoom, keepRoom, takeKey } from "../../../static/page/room/kept.ts";
import { setGlobals } from "../globals.ts";

const ROOM = { code: "sunny", key: "0123456789abcdef0123456789abcdef" };

/** A tab of a browser at this address, as long as the test goes on. */
function open(t: TestContext, hash: string, storage: () => Partial<Storage>) {
  const location = { pathname: "/teach", search: "?x", hash };
  const replaceState = (_state: null, _title: string, address: string) => {
    location.hash = /#.*/.exec(address)?.[0] ?? "";
  };
  t.after(
    setGlobals({
      self: globalThis,
      location,
      history: { replaceState },
      get sessionStorage() {
        return storage();
      },
    }),
  );
  return location;
}

test("the key of a room is taken off the address, and the tab has it after a reload", (t) => {
  const kept: Map<string, string> = new Map();
  const location = open(t, `#${ROOM.code}.${ROOM.key}`, () => ({
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  }));
  assert.deepEqual(takeKey(), ROOM);
  assert.equal(location.hash, "");
  assert.deepEqual(takeKey(), ROOM);
  location.hash = "#3"; // a part on the wall
  assert.deepEqual(takeKey(), ROOM);
  assert.equal(location.hash, "#3");
  location.hash = `#${ROOM.key}`; // of the one room of a classroom
  assert.deepEqual(takeKey(), { code: "class", key: ROOM.key });
  assert.equal(location.hash, "");
  assert.equal(keepRoom(ROOM), "");
  forgetRoom();
  assert.equal(takeKey(), null);
});

test("where the browser keeps nothing the key stays in the address", (t) => {
  const location = open(t, keepRoom(ROOM), () => {
    throw new DOMException("denied", "SecurityError");
  });
  location.hash = keepRoom(ROOM);
  assert.equal(location.hash, `#${ROOM.code}.${ROOM.key}`);
  assert.deepEqual(takeKey(), ROOM);
  assert.equal(location.hash, `#${ROOM.code}.${ROOM.key}`);
  forgetRoom();
  location.hash = "";
  assert.equal(takeKey(), null);
});
