/** A page in the frame of a playlist tells it when it was gone through. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { openPresetBeside } from "../../../static/page/panels/presets/opening.ts";
import { goBeyond } from "../../../static/page/service/framed.ts";

const outside = globalThis as { frameElement?: unknown };
afterEach(() => delete outside.frameElement);

test("beyond a page that stands alone, or in a frame of someone else, nothing takes over", () => {
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
  const untouched = new Proxy({} as Parameters<typeof openPresetBeside>[0], { get: () => assert.fail("was opened") });
  openPresetBeside(untouched, 1);
  openPresetBeside(untouched, -1);
  assert.deepEqual(told, [1, -1]);
});
