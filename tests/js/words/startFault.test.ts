import assert from "node:assert/strict";
import { test } from "node:test";
import { isFarOff, startWords } from "../../../static/page/words/startFault.ts";
import { nearestSound, startOffer, windowWith } from "../../../static/page/words/startOffer.ts";
import { pairs } from "../pairs.ts";

/** The loss is known right of 0 alone. */
const HALF: any = { x: Float64Array.from([-2, -1, 0, 1, 2]), y: null, loss: Float64Array.from([NaN, NaN, 0, 1, 2]) };

const refused = (loss: string | number) => ({
  loc: ["body", "start"],
  msg: "start is no place to start from",
  type: "start_not_finite",
  ctx: { at: [-4, 3], loss },
});

test("a start without a loss is said in words, and nothing else is taken for one", () => {
  assert.equal(startWords(refused("nan")), "The loss is not defined at the start, (−4, 3).");
  assert.equal(startWords(refused("inf")), "The loss at the start, (−4, 3), is infinite.");
  assert.equal(startWords(refused(1e120)), "The loss at the start, (−4, 3), is 1e+120: too large to go on from.");
  assert.equal(
    startWords({ loc: ["body", "seed"], msg: "seed must be a whole number", type: "not_whole", ctx: {} }),
    null,
  );
});

test("the start that is offered is the nearest with the loss known all around it", () => {
  assert.deepEqual(nearestSound(HALF, [-2]), [1]);
  assert.equal(nearestSound({ ...HALF, loss: HALF.loss.map(() => NaN) }, [0]), null);
});

test("a start is far off where no screen shows it, and the window it is brought into shows the domain too", () => {
  assert.equal(isFarOff([4, 0], pairs(-1, 1, -1, 1)), true);
  assert.equal(isFarOff([2.9, 0], pairs(-1, 1, -1, 1)), false);
  const [[low, high]] = windowWith([9, 0], pairs(-1, 1, -1, 1));
  assert.ok(low < -1 && high > 9);
});

test("nothing is offered where nothing runs, nor where the view was chosen", () => {
  const state: any = {
    fault: null,
    problemOnMap: {
      start: [0, 0],
      problem: {
        domain: pairs(-1, 1, -1, 1),
      },
      wholeLandscape: null,
    },
    start: [99, 0],
    window: null,
    entries: [{}],
  };
  assert.equal(startOffer(state)?.label, "Bring it into sight");
  assert.equal(startOffer({ ...state, entries: [] }), null);
  assert.equal(
    startOffer({
      ...state,
      window: pairs(0, 1, 0, 1),
    }),
    null,
  );
});
