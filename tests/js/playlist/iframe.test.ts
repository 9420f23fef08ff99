import assert from "node:assert/strict";
import { test } from "node:test";
import { createIframe, playedAddress } from "../../../static/page/playlist/iframe.ts";
import { readAddress, writeAddress } from "../../../static/page/state/address.ts";
import { setGlobals } from "../globals.ts";
import { partOf } from "../part.ts";

test("a key pressed beside the page comes to it with its modifiers: Ctrl+B is no B", (context) => {
  const given: object[] = [];
  const body = { dispatchEvent: (event: { init: object }) => given.push(event.init) };
  const made = Object.assign(new EventTarget(), { setAttribute() {}, contentDocument: { body } });
  const stubs = {
    document: { createElement: () => made },
    KeyboardEvent: function made(this: object, _type: string, init: object) {
      Object.assign(this, { init });
    },
  };
  context.after(setGlobals(stubs));
  const iframe = createIframe(partOf({ append() {} }));
  iframe.load("/", "Part");
  const modifiers = { altKey: false, ctrlKey: true, metaKey: false, shiftKey: false };
  iframe.pass({ type: "keydown", key: "b", repeat: false, ...modifiers });
  assert.deepEqual(given, [{ key: "b", repeat: false, bubbles: true, cancelable: true, ...modifiers }]);
});

test("runs that were played stand at their ends, whatever else the address says, unless it says a step or asks", () => {
  const fragmentOf = (read: string) => writeAddress(playedAddress(readAddress("surface=bowl", read).address)).fragment;
  assert.equal(fragmentOf("run=0"), "step=100000&run=0");
  assert.equal(fragmentOf("substep=loss"), "step=100000&substep=loss");
  for (const kept of ["step=4", "reveal=true"]) assert.equal(fragmentOf(kept), kept);
});
