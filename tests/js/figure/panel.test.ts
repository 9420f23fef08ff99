/** When a panel is prepared and drawn. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPanel } from "../../../static/page/figure/panel.ts";
import type { MovingFrame } from "../../../static/page/figure/part.ts";
import { emptyState } from "../../../static/page/state/state.ts";
import { partOf } from "../part.ts";

const FRAME = { state: emptyState(), scene: { scale: 1 }, step: 0, wordsStep: 0, redraws: 0 } as MovingFrame;

/** Where it stands, and until when: never read, as the tests put its template elsewhere. */
const PLACE = [{ ended: new AbortController().signal }, partOf<HTMLElement>({})] as const;

/** A panel that works out the seed, which others draw as a direction, and draws it with the step. */
function setUp() {
  const done: string[] = [];
  const panel = createPanel<number>(
    ...PLACE,
    {
      prepare({ state: { seed } }, before) {
        done.push(`prepared ${seed} after ${before}`);
        return seed;
      },
      explained: (_, seed) => ({ direction: [seed] }),
      template: ({ wordsStep }, seed) => `${seed} ${wordsStep}`,
      rendered: (_, seed) => done.push(`rendered ${seed}`),
    },
    (template) => done.push(`drawn ${template}`),
  );
  /** @returns what it has done since the last one */
  const at = (change: Partial<MovingFrame>, anew?: true) => {
    panel.render({ ...FRAME, ...change }, anew);
    return done.splice(0).join();
  };
  return { ...panel, done, at };
}

test("it is prepared and drawn with every frame that differs, but not with each while a run plays", () => {
  const { at } = setUp();
  assert.equal(at({}), "prepared 0 after undefined,drawn 0 0,rendered 0");
  assert.equal(at({ step: 1, time: 16, explained: {} }), "");
  assert.equal(at({ wordsStep: 1 }), "prepared 0 after 0,drawn 0 1,rendered 0");
  assert.equal(at({ wordsStep: 1, state: { ...FRAME.state, seed: 2 } }), "prepared 2 after 0,drawn 2 1,rendered 2");
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
  const state = { ...FRAME.state, seed: 1 };
  assert.notEqual(prepare({ ...FRAME, state }), explained);
  assert.equal(at({ state }), "prepared 1 after 0,drawn 1 0,rendered 1");
});

test("what follows the playhead is drawn in every frame", () => {
  const steps: number[] = [];
  let puts = 0;
  const panel = createPanel(...PLACE, { template: () => (puts += 1), draw: ({ step }) => steps.push(step) }, () => {});
  for (const step of [0, 0.5, 1]) panel.render({ ...FRAME, step });
  assert.deepEqual([steps, puts], [[0, 0.5, 1], 1]);
});
