/** When a panel is prepared and drawn. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createMemoPanel } from "../../../static/page/figure/panel.ts";
import type { Frame } from "../../../static/page/figure/part.ts";
import { emptyState } from "../../../static/page/state/state.ts";

const FRAME = { state: emptyState(), scene: { scale: 1 }, step: 0, redraws: 0 } as Frame;

/** A panel that works out the seed, which others draw as a direction, and draws it with the step. */
function setUp() {
  const done: string[] = [];
  const panel = createMemoPanel<number>(
    {
      prepare({ state: { seed } }, before) {
        done.push(`prepared ${seed} after ${before}`);
        return seed;
      },
      explained: (_, seed) => ({ direction: [seed] }),
      template: ({ step }, seed) => `${seed} ${step}`,
      rendered: (_, seed) => done.push(`rendered ${seed}`),
    },
    (template) => done.push(`drawn ${template}`),
  );
  /** @returns what it has done since the last one */
  const at = (change: Partial<Frame>, anew?: true) => {
    panel.render({ ...FRAME, ...change }, anew);
    return done.splice(0).join();
  };
  return { ...panel, done, at };
}

test("it is drawn again where what it drew has changed, and prepared again where what that read has", () => {
  const { at } = setUp();
  assert.equal(at({}), "prepared 0 after undefined,drawn 0 0,rendered 0");
  assert.equal(at({ playing: true }), "");
  assert.equal(at({ step: 1 }), "drawn 0 1,rendered 0");
  assert.equal(at({ step: 1, state: { ...FRAME.state, seed: 2 } }), "prepared 2 after 0,drawn 2 1,rendered 2");
  assert.equal(at({ step: 1, state: { ...FRAME.state, seed: 2, table: true } }), "");
});

test("a redraw of the figure, and one of its own, have it prepared and drawn whatever it has read", () => {
  const { at } = setUp();
  at({});
  assert.equal(at({ redraws: 1 }), "prepared 0 after 0,drawn 0 0,rendered 0");
  assert.equal(at({ redraws: 1 }), "");
  assert.equal(at({ redraws: 1 }, true), "prepared 0 after 0,drawn 0 0,rendered 0");
});

test("prepared before the others are drawn it is drawn once, and returns the same until it is prepared again", () => {
  const { prepare, at, done } = setUp();
  const explained = prepare(FRAME);
  assert.equal(prepare(FRAME), explained);
  assert.deepEqual(done.splice(0), ["prepared 0 after undefined"]);
  assert.equal(at({}), "drawn 0 0,rendered 0");
  assert.notEqual(prepare({ ...FRAME, state: { ...FRAME.state, seed: 1 } }), explained);
  assert.equal(at({ state: { ...FRAME.state, seed: 1 } }), "prepared 1 after 0,drawn 1 0,rendered 1");
});

test("a picture is drawn in every frame, from the frame itself; what the other steps were lent none can keep", () => {
  const drawn: Frame[] = [];
  let puts = 0;
  const panel = createMemoPanel<Frame>(
    {
      prepare: (frame) => frame,
      template: () => (puts += 1),
      draw: (frame) => drawn.push(frame),
    },
    () => {},
  );
  const frames = [FRAME, { ...FRAME, step: 1 }];
  for (const frame of frames) panel.render(frame);
  assert.equal(puts, 1);
  assert.deepEqual(
    drawn.map((frame, k) => frame === frames[k]),
    [true, true],
  );
  assert.throws(() => panel.data()?.step, TypeError);
});
