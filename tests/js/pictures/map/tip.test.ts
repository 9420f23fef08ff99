import assert from "node:assert/strict";
import { test } from "node:test";
import { createSeenThrough, createTip } from "../../../../static/page/pictures/map/pointer/pointed.ts";
import type { Scene } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";
import { runOf, sceneOf } from "../../runs.ts";

/** The tip with what it waits for in the hand of the test. */
function setUp(given: object = {}) {
  const [root, ended] = [new EventTarget() as any, new AbortController().signal];
  globalThis.addEventListener ??= () => {};
  let due: (() => void) | null = null;
  const after = (act: () => void) => {
    due = act;
    return 1;
  };
  const tip = createTip(root, partOf({ after, cancel: () => {}, invalidate: () => {}, ended }));
  const scene = partOf<Scene>({
    ...sceneOf([runOf({})], {}),
    hasHiddenRows: false,
    problem: { kind: "surface" },
    ...given,
  });
  const says = (step = 5) => tip(partOf({ stillMap: { scene }, playhead: { step } }));
  return { says, stall: () => due?.(), press: () => root.dispatchEvent(new Event("pointerdown")) };
}

test("who does nothing for a while is told once that the start can be dragged", () => {
  const { says, stall, press } = setUp();
  assert.equal(says(), false);
  stall();
  assert.equal(says(), true);
  press();
  assert.equal(says(), false);
  stall();
  assert.equal(says(), false);
});

test("it goes with a run, and is not said where something is asked first", () => {
  const { says, stall } = setUp();
  says(5);
  stall();
  assert.equal(says(5), true);
  assert.equal(says(6), false);
  const asking = setUp({ hasHiddenRows: true });
  asking.stall();
  assert.equal(asking.says(), false);
});

test("the zoom buttons are seen through where a run lies under them", () => {
  const classes: Record<string, boolean> = {};
  const zoom: any = {
    offsetLeft: -44,
    offsetTop: 10,
    offsetWidth: 34,
    offsetHeight: 120,
    classList: { toggle: (name: string, on: boolean) => Object.assign(classes, { [name]: on }) },
  };
  const look = { box: { left: 0, top: 0, width: 400, height: 400 } };
  const trace = (xs: number[], ys: number[]) => ({ xs, ys, length: xs.length });
  const seen = createSeenThrough(zoom);
  seen(partOf({ look, traces: [trace([0, 300], [0, 300])] }));
  assert.deepEqual(classes, { "map-zoom-over": false });
  // From one side of them to the other.
  seen(partOf({ look, traces: [trace([300, 399], [60, 60])] }));
  assert.deepEqual(classes, { "map-zoom-over": true });
});
