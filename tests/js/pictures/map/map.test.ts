import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { createMap } from "../../../../static/page/pictures/map/index.ts";
import "../../observer.ts";
import { setGlobals } from "../../globals.ts";
import { partOf } from "../../part.ts";
import { bowl, falling } from "./moments.ts";

/** The words that are written on any canvas, each with its place. */
let written: Map<string, number[]> = new Map();
let origin: number[] = [];

const METHODS: Record<PropertyKey, unknown> = {
  translate: (...at: number[]) => (origin = at),
  fillText: (text: string) => written.set(text, origin),
  measureText: ({ length }: string) => ({ width: 6 * length }),
};

const CONTEXT = new Proxy(METHODS, { get: (methods, name) => methods[name] ?? (() => {}), set: () => true });

/** As much of an element as the map uses. */
class FakeElement extends EventTarget {
  style = { setProperty() {} };
  classList = { add() {}, remove() {}, toggle() {}, contains: () => false };
  [key: string]: any;
  constructor(size: object) {
    super();
    Object.assign(this, size);
  }
  append() {}
  replaceChildren() {}
  setAttribute() {}
  removeAttribute() {}
  getAttribute = () => null;
  getContext = () => CONTEXT;
}

/** @param edge  the size of what stands at the edge of the map, as its buttons @returns the place of a run's name */
async function placeOfName(edge: object) {
  const ending = new AbortController();
  const names = new EventTarget();
  const namesCame = once(names, "come");
  const ports = partOf<Parameters<typeof createMap>[2]>({
    ended: ending.signal,
    invalidate() {},
    redraw: () => names.dispatchEvent(new Event("come")),
    after: () => 0,
    cancel() {},
  });
  const created = () => new FakeElement({ offsetLeft: 0, offsetTop: 0, ...edge });
  const page = {
    document: { createElement: created, createElementNS: created, documentElement: { clientWidth: 1200 } },
    devicePixelRatio: 1,
    getComputedStyle: () => ({ fontFamily: "serif" }),
    Path2D: class {
      moveTo() {}
      lineTo() {}
      closePath() {}
    },
  };
  const putBack = setGlobals(page);
  try {
    const root: any = new FakeElement({ clientWidth: 600, clientHeight: 400 });
    const map = createMap(root, () => {}, ports, partOf<Parameters<typeof createMap>[3]>({}));
    const scene = bowl([falling(0, "Descent", 3)]);
    map.render(scene, { step: 0 });
    await namesCame;
    written = new Map();
    map.render(scene, { step: 1 });
    return written.get("Descent");
  } finally {
    ending.abort();
    putBack();
  }
}

test("a map draws the names of its runs, and keeps them off what stands at its edge", async () => {
  const [x, y] = (await placeOfName({ offsetWidth: 0, offsetHeight: 0 })) ?? [];
  const size = { offsetLeft: -600, offsetWidth: 600, offsetHeight: y + 40 };
  const [, below] = (await placeOfName(size)) ?? [];
  assert.ok(x > 0 && below > size.offsetHeight, `${y}, then ${below}`);
});
