import assert from "node:assert/strict";
import { test } from "node:test";
import { startRemedy } from "../../../static/page/words/remedies.ts";
import { startFaultWords } from "../../../static/page/words/startFault.ts";
import { pairs } from "../pairs.ts";

/** The loss is known right of 0 alone. */
const HALF = { x: Float64Array.from([-2, -1, 0, 1, 2]), y: null, loss: Float64Array.from([NaN, NaN, 0, 1, 2]) };

const refused = (loss: string | number) => ({
  loc: ["body", "start"],
  msg: "start is no place to start from",
  type: "start_not_finite",
  ctx: { at: [-4, 3], loss },
});

test("a start without a loss is said in words, and nothing else is taken for one", () => {
  assert.equal(startFaultWords(refused("nan")), "The loss is not defined at the start, (−4, 3).");
  assert.equal(startFaultWords(refused("inf")), "The loss at the start, (−4, 3), is infinite.");
  assert.equal(startFaultWords(refused(1e120)), "The loss at the start, (−4, 3), is 1e+120: too large to go on from.");
  assert.equal(
    startFaultWords({ loc: ["body", "seed"], msg: "seed must be a whole number", type: "not_whole", ctx: {} }),
    null,
  );
});

/** @param change  of a state whose domain is from -1 to 1, and in which a run has this start */
const offer = (start: number[], change: object = {}, landscape: unknown = null) =>
  startRemedy({
    fault: null,
    problemOnMap: { start, problem: { domain: pairs(-1, 1, -1, 1) }, wholeLandscape: landscape },
    ...{ start, window: null, entries: [{}] },
    ...change,
  } as any);

test("the start that is offered is the nearest with the loss known all around it", () => {
  const fault = { kind: "refused", errors: [refused("nan")] };
  const found = offer([-2], { fault }, HALF);
  assert.deepEqual([found?.start, found?.label], [[1], "Start at (1)"]);
  const none = offer([0], { fault }, { ...HALF, loss: HALF.loss.map(() => NaN) });
  assert.deepEqual([none?.start, none?.label], [undefined, ""]);
});

test("a start is far off where no screen shows it, and the window it is brought into shows the domain too", () => {
  assert.equal(offer([4, 0])?.label, "Bring it into sight");
  assert.equal(offer([2.9, 0]), null);
  const [low, high] = offer([9, 0])?.window?.[0] ?? [];
  assert.ok((low ?? 0) < -1 && (high ?? 0) > 9);
});

test("nothing is offered where nothing runs, nor where the view was chosen", () => {
  assert.equal(offer([99, 0], { entries: [] }), null);
  assert.equal(offer([99, 0], { window: pairs(0, 1, 0, 1) }), null);
});
