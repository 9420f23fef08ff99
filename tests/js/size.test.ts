import assert from "node:assert/strict";
import { test } from "node:test";
import { onSize, sizeOf } from "../../static/page/size.ts";
import { observed, reportSizes } from "./observer.ts";

test("another size of a part is told to the figure that it is in, and a part that has left the page to none", () => {
  const figures = ["first", "second"].map((name) => {
    const part: any = { clientWidth: 100, clientHeight: 50, isConnected: true };
    return { name, part, root: { contains: (child: unknown) => child === part } as unknown as Element };
  });
  const told: string[] = [];
  const ended = new AbortController();
  for (const { name, root } of figures) onSize(root, () => told.push(name), ended.signal);
  const [{ part }, { part: other }] = figures;
  assert.deepEqual([part, other].map(sizeOf), [sizeOf(part), { width: 100, height: 50 }]);
  reportSizes(part, other);
  assert.deepEqual(told, [], "both are as they were read");
  part.clientWidth = 80;
  reportSizes(part);
  assert.deepEqual([told, sizeOf(part).width], [["first"], 80]);
  Object.assign(other, { clientWidth: 0, clientHeight: 0, isConnected: false });
  reportSizes(other);
  assert.deepEqual([told.length, observed.has(part), observed.has(other)], [1, true, false]);
  ended.abort();
  assert.equal(observed.size, 0);
});
