import assert from "node:assert/strict";
import { test } from "node:test";
import { createKeys } from "../../../static/page/service/keys.ts";
import { setGlobals } from "../globals.ts";

/** A document in which nothing has the focus. */
class Page extends EventTarget {
  closest = () => null;
}

/** @returns which keys a page that has one figure hands to it */
function pressed(keys: string[]): string[] {
  const page = new Page();
  const putBack = setGlobals({ document: page, Node: Page });
  const log: string[] = [];
  const listener = { undo: () => {}, redo: () => {}, press: (key: string) => log.push(key) > 0 };
  const root = { contains: () => true } as unknown as HTMLElement;
  try {
    const unlisten = createKeys().listen({ root, ...listener });
    for (const key of keys) page.dispatchEvent(Object.assign(new Event("keydown"), { key }));
    unlisten();
  } finally {
    putBack();
  }
  return log;
}

test("letters come small, with Caps Lock too, other keys as they are", () => {
  assert.deepEqual(pressed(["t", "T", "?", "PageDown", " "]), ["t", "t", "?", "PageDown", " "]);
});
