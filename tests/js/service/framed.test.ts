/** A page in the frame of a playlist tells it when it was gone through. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { openNeighbouringPreset } from "../../../static/page/panels/presets/opening.ts";
import { exposeToParentFrame, goBeyond } from "../../../static/page/service/framed.ts";

const outside = globalThis as { frameElement?: unknown; document?: unknown };
afterEach(() => {
  delete outside.frameElement;
  delete outside.document;
});

test("beyond a page that stands alone, or in a frame of someone else, nothing takes over", () => {
  outside.document = new EventTarget();
  assert.equal(goBeyond(1), false);
  outside.frameElement = new EventTarget();
  assert.equal(goBeyond(1), false);
});

test("in a playlist the next scene, and the one before, are the playlist's", () => {
  const frame = new EventTarget();
  const told: number[] = [];
  frame.addEventListener("beyond", (event) => {
    told.push((event as CustomEvent<number>).detail);
    event.preventDefault();
  });
  outside.frameElement = frame;
  const untouched = new Proxy({} as Parameters<typeof openNeighbouringPreset>[0], {
    get: () => assert.fail("was opened"),
  });
  openNeighbouringPreset(untouched, 1);
  openNeighbouringPreset(untouched, -1);
  assert.deepEqual(told, [1, -1]);
});

test("a page that stands alone is handed over in itself", () => {
  const page = new EventTarget();
  let led: unknown = null;
  page.addEventListener("led", (event) => {
    led = (event as CustomEvent).detail;
  });
  outside.document = page;
  exposeToParentFrame("its figure");
  assert.equal(led, "its figure");
});
