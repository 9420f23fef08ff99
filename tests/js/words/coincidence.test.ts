import assert from "node:assert/strict";
import { test } from "node:test";
import { pathDistance } from "../../../static/page/state/columns.ts";
import { coincidenceWords, endsWords } from "../../../static/page/words/formRows.ts";
import { runOf } from "../runs.ts";

const run = (x: number[], y: number[]) => runOf({ points: x.map((one, k) => [one, y[k]]) });
const PATH = run([0, 3, 6], [0, 4, 8]);

test("paths are as far apart as they come to be, over the steps both have taken", () => {
  assert.deepEqual(pathDistance(PATH, run([0, 3], [0, 4.5])), { steps: 1, largest: 0.5, size: 5 });
  assert.deepEqual(pathDistance(PATH, PATH), { steps: 2, largest: 0, size: 10 });
});

test("that they coincide is said with how nearly", () => {
  assert.equal(
    coincidenceWords(pathDistance(PATH, PATH)),
    "The paths coincide: over 2 steps they are the same to the last digit.",
  );
  const nearly = pathDistance(PATH, run([0, 3, 6], [0, 4, 8 + 2 ** -48]));
  assert.match(coincidenceWords(nearly), /^The paths coincide: .*nowhere further apart than \d/);
  const other = pathDistance(PATH, run([0, 3, 6], [0, 4, 9]));
  assert.equal(coincidenceWords(other), "The paths part: over 2 steps they come to be 1.00 apart.");
});

test("one path that ends before the other is said with the reason", () => {
  const ended = (n_steps: number, stop_reason: string) => ({ end: { n_steps, stop_reason } }) as any;
  assert.equal(endsWords(ended(40, "max_steps"), ended(40, "max_steps")), "");
  assert.equal(
    endsWords(ended(155, "min_step_size"), ended(182, "min_step_size")),
    "They stop after 155 and 182 steps: the stop rule also looks at rate × gradient, and the rates differ.",
  );
  assert.equal(endsWords(ended(3, "target_loss"), ended(4, "max_steps")), "They stop after 3 and 4 steps.");
});
