import assert from "node:assert/strict";
import { test } from "node:test";
import { keepSection, keptSection } from "../../../static/page/service/visit.ts";

test("where storage is denied, a section is kept until the page is left", (t) => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "sessionStorage");
  t.after(() =>
    before
      ? Object.defineProperty(globalThis, "sessionStorage", before)
      : Reflect.deleteProperty(globalThis, "sessionStorage"),
  );
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    get() {
      throw new DOMException("denied", "SecurityError");
    },
  });
  assert.equal(keptSection(), null);
  const section = { address: "/lessons/adam#figure-parts", lesson: "Lesson 16, Adam", title: "" };
  keepSection(section);
  assert.deepEqual(keptSection(), section);
});
