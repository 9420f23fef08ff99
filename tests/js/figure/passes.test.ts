/** A figure is drawn in two passes, and in frames that are asked for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Figure } from "../../../static/page/figure/figure.ts";
import type { Frame, MovingFrame, Part, View } from "../../../static/page/figure/part.ts";
import { createAnimation, createParts, createPasses } from "../../../static/page/figure/passes.ts";
import { setExplain } from "../../../static/page/state/explain.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { createStore } from "../../../static/page/state/store.ts";
import type { ExplanationMarks } from "../../../static/page/state/types.ts";
import { setGlobals } from "../globals.ts";
import { partOf } from "../part.ts";

/** A figure that shows the parameter of this index, and what its parts have done, in order. */
function setUp() {
  const store = createStore(emptyState());
  const done: string[] = [];
  const frameOf = (explained: ExplanationMarks) => ({ state: store.get(), explained, playing: false }) as MovingFrame;
  const draw = createPasses(frameOf, store.get);
  const part = (name: string, prepare: Part["prepare"] = () => {}): Part => ({
    prepare(frame) {
      done.push(`${name} prepared`);
      return prepare(frame);
    },
    render({ state, explained }) {
      done.push(`${name} draws ${state.explain.parameter} ${explained.direction ?? "no"}`);
      return name === "moving";
    },
  });
  return { store, done, draw, part };
}

test("all parts are prepared before one is rendered, and what one explains the others draw at once", () => {
  const { done, draw, part } = setUp();
  const { wantsNext } = draw(() => [part("map"), part("why", () => ({ direction: [1, 2] }))]);
  assert.deepEqual(done, ["map prepared", "why prepared", "map draws 0 1,2", "why draws 0 1,2"]);
  assert.equal(wantsNext, false);
});

test("a state that is changed as a part is prepared is drawn by all of them in the same frame", () => {
  const { store, done, draw, part } = setUp();
  draw(() => [part("map"), part("question", () => store.update(setExplain, { parameter: 1 }))]);
  assert.deepEqual(done.slice(2), ["map draws 1 no", "question draws 1 no"]);
});

test("what is explained stays the same object while nothing in it differs, and goes with its part", () => {
  const { draw, part } = setUp();
  const why = part("why", () => ({ direction: [1, 2] }));
  const first = draw(() => [why]).frame.explained;
  assert.equal(draw(() => [why]).frame.explained, first);
  assert.deepEqual(draw(() => [part("map")]).frame.explained, {});
});

test("a part that fails is reported, and the others are prepared and rendered", () => {
  const reported: Error[] = [];
  const { reportError } = globalThis;
  globalThis.reportError = (error) => reported.push(error);
  try {
    const { done, draw, part } = setUp();
    const fails = (name: string) => () => {
      throw new Error(name);
    };
    const unprepared = part("unprepared", fails("prepare"));
    const undrawn = { render: fails("render") };
    draw(() => [unprepared, undrawn, part("map")]);
    assert.deepEqual(done, ["unprepared prepared", "map prepared", "unprepared draws 0 no", "map draws 0 no"]);
    assert.deepEqual(
      reported.map(({ message }) => message),
      ["prepare", "render"],
    );
  } finally {
    globalThis.reportError = reportError;
  }
});

test("the next frame is wanted while a part moves", () => {
  const { draw, part } = setUp();
  assert.equal(draw(() => [part("map"), part("moving")]).wantsNext, true);
});

test("frames are asked for once each, go on while they are wanted, and end with the figure", () => {
  const asked: (() => void)[] = [];
  const browser = { requestAnimationFrame: (act: () => void) => asked.push(act), cancelAnimationFrame: () => {} };
  const putBack = setGlobals(browser);
  try {
    let wanted = 2;
    const { invalidate, destroy } = createAnimation(() => {
      wanted -= 1;
      return wanted > 0;
    });
    invalidate();
    invalidate();
    assert.equal(asked.length, 1);
    asked[0]();
    assert.equal(asked.length, 2);
    asked[1]();
    assert.equal(asked.length, 2);
    destroy();
    invalidate();
    assert.equal(asked.length, 2);
  } finally {
    putBack();
  }
});

test("a view that cannot be made is reported, and the others stand in their places", (context) => {
  const reported: unknown[] = [];
  context.after(setGlobals({ reportError: (error: unknown) => reported.push(error) }));
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
