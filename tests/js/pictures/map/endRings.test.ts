import assert from "node:assert/strict";
import { test } from "node:test";
import { toHex } from "../../../../static/page/math/colour.ts";
import { coveringOf } from "../../../../static/page/math/endLooks.ts";
import { endRings } from "../../../../static/page/pictures/map/ground/endRings.ts";
import type { MapMoment } from "../../../../static/page/pictures/map/moment.ts";
import { areaOf } from "../../../../static/page/pictures/map/visibleArea.ts";
import type { Window } from "../../../../static/page/state/types.ts";
import { anyMarks } from "../../marks.ts";
import { partOf } from "../../part.ts";
import { sceneOf } from "../../runs.ts";

/** Of a map 100 pixels wide and high, over 0 to 10 in both coordinates, with three minima. */
const ringsOf = (endsOfRates: number[]) => {
  const minima = [2, 5, 20].map((x) => ({ x, y: 5, loss: 0, at: [x, 5] }));
  const window: Window = [
    [0, 10],
    [0, 10],
  ];
  const area = areaOf(window, { left: 0, top: 0, width: 100, height: 100 }, false);
  const stillMap = {
    scene: sceneOf([], { endsOfRates }),
    axes: { minima: () => minima },
    area,
    look: { theme: "day" },
  };
  return anyMarks(endRings.draw(partOf<MapMoment>({ stillMap })).under ?? []);
};

test("each minimum in sight in which rates end has a ring in its tint, and no other minimum", () => {
  const tint = (index: number) => toHex(coveringOf(index, "day").drawn);
  assert.deepEqual(
    ringsOf([1, 2]).map(({ stroke }) => stroke),
    [tint(1)],
  );
  assert.deepEqual(
    ringsOf([0, 1]).map(({ stroke }) => stroke),
    [tint(0), tint(1)],
  );
  assert.deepEqual(ringsOf([]), []);
});
