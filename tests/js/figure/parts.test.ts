import assert from "node:assert/strict";
import { test } from "node:test";
import type { Figure } from "../../../static/page/figure/figure.ts";
import type { Frame, View } from "../../../static/page/figure/part.ts";
import { createParts } from "../../../static/page/figure/parts.ts";
import { partOf } from "../part.ts";

test("a view that cannot be made is reported, and the others stand in their places", (context) => {
  const reported: unknown[] = [];
  const { reportError } = globalThis;
  globalThis.reportError = (error) => reported.push(error);
  context.after(() => Object.assign(globalThis, { reportError }));
  const fault = new Error("no letters");
  const views: View[] = [
    {
      name: "fails",
      create() {
        throw fault;
      },
    },
    { name: "map", shows: () => true, create: () => ({ render: () => true, press: (key) => key === "m" }) },
  ];
  const parts = createParts(views, () => partOf<HTMLElement>({}));
  parts.create(partOf<Figure>({}));
  assert.deepEqual(reported, [fault]);
  const frame = partOf<Frame>({});
  assert.deepEqual(
    parts.inSight(frame).map((part) => part.render(frame as never)),
    [false, true],
  );
  assert.ok(parts.press("m"));
});
