import assert from "node:assert/strict";
import { test } from "node:test";
import { listenToPointer, type MapEvents } from "../../../../static/page/pictures/map/pointer/pointer.ts";
import { areaOf } from "../../../../static/page/pictures/map/visibleArea.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";

const DOMAIN = pairs(-4, 4, -3, 3);

/** A map with its whole domain in sight, 100 pixels to a unit. */
function begin() {
  const part = (): any =>
    Object.assign(new EventTarget(), {
      setPointerCapture() {},
      classList: { add() {}, remove() {}, contains: () => false },
    });
  const [ground, start, root] = [part(), part(), { getBoundingClientRect: () => ({ left: 0, top: 0 }) }];
  const log: unknown[] = [];
  const stillMap: any = {
    area: areaOf(DOMAIN, { left: 0, top: 0, width: 800, height: 600 }, true),
    axes: {
      window: (window: unknown) => window,
      position: (x: number, y: number) => [x, y],
      start: () => [1, 0],
    },
    scene: { window: null, problem: { domain: DOMAIN }, plane: null, wholeRuns: [] },
  };
  const events = partOf<MapEvents>({
    zooms: true,
    onPlace: (point: number[]) => log.push(["place", ...point]) > 0,
    onWindow: (window: unknown, dragging: boolean) => log.push(["window", window, dragging]),
    onStart: (start: number[], dragging: boolean) => log.push(["start", ...start, dragging]),
    onHover() {},
  });
  const elements: any = { ground, start, buttons: { in: {}, out: {}, whole: {} } };
  listenToPointer(root as HTMLElement, elements, () => ({ stillMap }) as any, events, { after: () => 0, cancel() {} });
  const touch = (type: string, clientX: number, pointerId = 1, pointerType = "touch") =>
    Object.assign(new Event(type), { button: 0, isPrimary: true, pointerId, pointerType, clientX, clientY: 300 });
  const pointer = (...pressed: Parameters<typeof touch>) => ground.dispatchEvent(touch(...pressed));
  const wheel = (deltaX: number, deltaY: number) =>
    ground.dispatchEvent(
      Object.assign(new Event("wheel"), { deltaX, deltaY, deltaMode: 0, clientX: 400, clientY: 300 }),
    );
  const onStart = (type: string, clientX: number) => start.dispatchEvent(touch(type, clientX));
  return { log, pointer, wheel, onStart };
}

test("a finger that swipes across the whole domain sets no window, so that the next one scrolls the page", () => {
  const { log, pointer } = begin();
  pointer("pointerdown", 400);
  for (const x of [420, 500]) pointer("pointermove", x);
  pointer("pointerup", 500);
  assert.deepEqual(log, []);
});

test("a tap of two fingers sets none either", () => {
  const { log, pointer } = begin();
  pointer("pointerdown", 400, 1);
  pointer("pointerdown", 500, 2);
  pointer("pointerup", 400, 1);
  pointer("pointerup", 500, 2);
  assert.deepEqual(log, []);
});

test("a tap that wobbles is a click", () => {
  const { log, pointer } = begin();
  pointer("pointerdown", 400);
  pointer("pointermove", 405);
  pointer("pointerup", 405);
  assert.deepEqual(log, [["place", 0.05, 0]]);
});

test("two fingers apart, and a mouse that drags, set the window, where it comes to rest too", () => {
  const pinched = begin();
  pinched.pointer("pointerdown", 300, 1);
  pinched.pointer("pointerdown", 500, 2);
  pinched.pointer("pointermove", 600, 2);
  pinched.pointer("pointerup", 600, 2);
  pinched.pointer("pointerup", 300, 1);
  assert.deepEqual(
    pinched.log.map((entry) => (entry as unknown[])[2]),
    [true, false],
  );
  const dragged = begin();
  dragged.pointer("pointerdown", 400, 1, "mouse");
  dragged.pointer("pointermove", 405, 1, "mouse");
  dragged.pointer("pointerup", 405, 1, "mouse");
  assert.deepEqual(dragged.log[0], ["window", pairs(-4.05, 3.95, -3, 3), true]);
  assert.equal(dragged.log.length, 2);
});

test("a start whose finger the browser takes goes back to where it was", () => {
  const { log, onStart } = begin();
  onStart("pointerdown", 500);
  onStart("pointercancel", 500);
  assert.deepEqual(log, [], "it was only pressed");
  onStart("pointerdown", 500);
  onStart("pointermove", 550);
  onStart("pointercancel", 550);
  assert.deepEqual(log, [
    ["start", 1.5, 0, true],
    ["start", 1, 0, false],
  ]);
});

test("a wheel that turns sideways sets no window", () => {
  const { log, wheel } = begin();
  wheel(100, 0);
  assert.deepEqual(log, []);
  wheel(0, 100);
  assert.equal(log.length, 1);
});
