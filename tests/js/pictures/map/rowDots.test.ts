import assert from "node:assert/strict";
import { test } from "node:test";
import type { MapMoment } from "../../../../static/page/pictures/map/moment.ts";
import { rowDots } from "../../../../static/page/pictures/map/paths/rowDots.ts";
import type { Run, Scene } from "../../../../static/page/state/types.ts";
import { anyMarks } from "../../marks.ts";
import { type Part, partOf } from "../../part.ts";
import { runOf } from "../../runs.ts";

/** Four rows, one pixel apart. */
function momentOf(run: Part<Run>, more: Part<Scene> = {}, step = Infinity): MapMoment {
  const made = runOf({ loss: [4, 3, 2, 1], ...run });
  const visible = new Uint8Array(4).fill(1);
  const trace = { run: made, index: 0, xs: [0, 1, 2, 3], ys: [5, 6, 7, 8], visible, length: 4 };
  const scene = { levels: { values: [2.5], index: [true] }, theme: "day", plane: null, ...more };
  return partOf({
    stillMap: { traces: [trace], scene, content: { hovering: false, focus: null } },
    playhead: { step },
  });
}

const dotsOf = (moment: MapMoment) => rowDots.draw(moment).on ?? [];
const opacities = (moment: MapMoment) => anyMarks(dotsOf(moment)).map(({ strokeOpacity }) => strokeOpacity.toFixed(2));

test("a row of a run over a plane is a dot up to the playhead, fainter the further off it lies", () => {
  const plane = { farthest: 2 };
  const run = { distance: [0, 1, 2, 5] };
  assert.deepEqual(opacities(momentOf(run, { plane })), ["0.22", "0.22", "0.61", "1.00"], "the farthest lies lowest");
  assert.equal(dotsOf(momentOf(run, { plane }, 1)).length, 2);
  assert.deepEqual(
    new Set(opacities(momentOf(run, { plane: { farthest: 0 } }))),
    new Set(["1.00"]),
    "none fades where all lie next to it",
  );
});

test("its tint is that of its own loss; a run on a map of its own has none", () => {
  const fills = new Set(
    anyMarks(dotsOf(momentOf({ distance: [0, 0, 0, 0] }, { plane: { farthest: 0 } }))).map(({ fill }) => fill),
  );
  assert.equal(fills.size, 2, "two of the rows lie above the level");
  assert.deepEqual(dotsOf(momentOf({})), []);
});
