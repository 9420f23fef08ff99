import assert from "node:assert/strict";
import { test } from "node:test";
import { setGlobals } from "./globals.ts";

test("a page is opened again once it was built anew, however long the server does not answer meanwhile", async (t) => {
  const looks: (() => Promise<void>)[] = [];
  let version: string | null = "one";
  let opened = 0;
  t.after(
    setGlobals({
      location: { reload: () => (opened += 1) },
      setTimeout: (act: () => Promise<void>) => looks.push(act),
      async fetch() {
        if (version === null) throw new TypeError("Failed to fetch");
        return { text: async () => version };
      },
    }),
  );
  const look = async (now: string | null) => {
    version = now;
    await looks.at(-1)?.();
    return opened;
  };
  await import("../../static/page/development.ts");
  while (!looks.length) await null;
  assert.equal(await look("one"), 0);
  assert.equal(await look(null), 0);
  assert.equal(await look("one"), 0);
  assert.equal(await look(null), 0);
  assert.equal(await look("two"), 1);
});
