import assert from "node:assert/strict";
import { test } from "node:test";
import { keepSection, keptSection } from "../../../static/page/service/visit.ts";
import { setGlobals } from "../globals.ts";

test("where storage is denied, a section is kept until the page is left", (t) => {
  t.after(
    setGlobals({
      self: globalThis,
      get sessionStorage() {
        throw new DOMException("denied", "SecurityError");
      },
    }),
  );
  assert.equal(keptSection(), null);
  const section = { address: "/lessons/adam#figure-parts", lesson: "Lesson 16, Adam", title: "" };
  keepSection(section);
  assert.deepEqual(keptSection(), section);
});
