import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy } from "../../../../static/page/marks/occupancy.ts";
import { placeWords, wantedWords } from "../../../../static/page/marks/wanted.ts";
import type { Box } from "../../../../static/page/math/box.ts";
import { overlap } from "../../../../static/page/math/box.ts";
import { placeMinima, wordsOf } from "../../../../static/page/pictures/map/ground/minima.ts";
import type { KnownMinimum } from "../../../../static/page/pictures/map/mapAxes.ts";
import type { MinimumLabel } from "../../../../static/page/pictures/map/moment.ts";
import { minimumUnder } from "../../../../static/page/pictures/map/pointer/pointed.ts";
import type { MapLook } from "../../../../static/page/pictures/map/style.ts";
import { areaOf } from "../../../../static/page/pictures/map/visibleArea.ts";
import { pairs } from "../../pairs.ts";
import { partOf } from "../../part.ts";

const BOX = { left: 0, top: 0, width: 600, height: 600 };
const AREA = areaOf(pairs(0, 6, 0, 6), BOX, true);
const look = partOf<MapLook>({ scale: 1 });
const minimum = (x: number, y: number, loss = 0) => ({ x, y, loss, at: [x, y] });
/** What is said where. @param taken  by more wanted words @param insets  under which none stand */
function said(
  minimumLabels: MinimumLabel[],
  told: number[],
  taken: Box[] = [],
  insets: Box[] = [],
  lettersOnly: boolean = false,
): { text: string; box: any }[] {
  const names = taken.map((box) => wantedWords([{ box, cost: 0 }], () => []));
  const words = wordsOf(minimumLabels, told, BOX, insets, () => lettersOnly);
  const places = placeWords(createOccupancy(BOX), [], [...names, ...words]);
  return words.flatMap((one) => {
    const spot = places.get(one);
    if (!spot) return [];
    const [group] = one.marks(spot) as any[];
    return [{ text: group.marks.at(-1).text, box: spot.box }];
  });
}
const placed = (minima: KnownMinimum[], occupancy = createOccupancy(BOX)) => placeMinima(AREA, look, minima, occupancy);

test("a minimum says where it is, as far as there is room", () => {
  assert.deepEqual(
    placed([minimum(3, 2)]).map(({ text }) => text),
    ["min 0 at (3, 2)"],
  );
  const crowded = createOccupancy(BOX);
  for (let x = 110; x < 600; x += 72) crowded.markSegment(x, 0, x, 600);
  const [label] = placed([minimum(3, 2, 0.5)], crowded);
  assert.deepEqual([label.text, label.withPlace.text], ["min 0.5", "min 0.5 at (3, 2)"]);
});

test("of several each has the letter that sliders and sentences have for it, in the order of the catalog", () => {
  const two = placed([minimum(3, 2), minimum(1, 5, 0.5)]);
  assert.deepEqual(
    two.map(({ text }) => text),
    ["A, min 0", "B, min 0.5"],
  );
  const [, inSight] = [0, ...placed([minimum(30, 2), minimum(1, 5)])];
  assert.deepEqual([inSight.text, inSight.withPlace.text], ["B", "B, min 0 at (1, 5)"], "all are as deep");
  // Of many the letters would say nothing.
  assert.equal(placed(Array.from({ length: 20 }, (_, k) => minimum(k / 4, 3)))[0].withPlace.text, "min 0 at (0, 3)");
});

test("its words are whole, also where all the room is at the edge of the map", () => {
  const taken = createOccupancy(BOX);
  for (let x = 0; x < 590; x += 6) taken.markSegment(x, 0, x, 600);
  for (const { box } of placed([minimum(5.8, 3), minimum(5.9, 5.95), minimum(5.9, 0.03)], taken))
    assert.ok(box.left >= 0 && box.left + box.width <= 600 && box.top >= 0 && box.top + box.height <= 600);
});

test("one that is pointed at says it whatever is in the way, within the map", () => {
  const minimumLabels = placed([minimum(5.9, 3), minimum(5.7, 3.1)]);
  assert.deepEqual([minimumUnder(minimumLabels, 588, 302), minimumUnder(minimumLabels, 300, 300)], [0, -1]);
  const [told, ...others] = said(minimumLabels, [0]);
  assert.equal(told.text, "A, min 0 at (5.9, 3)");
  for (const { withPlace } of minimumLabels)
    assert.ok(withPlace.box.left >= 0 && withPlace.box.left + withPlace.box.width <= 600);
  for (const { text, box } of others) assert.ok(!overlap(box, told.box), text);
});

test("of a curve the place is a number", () => {
  assert.deepEqual(
    placed([{ x: 2, y: 1, loss: 1, at: [2] }]).map(({ text }) => text),
    ["min 1 at 2"],
  );
});

test("words give way to names that have no other room and to an enlarged step, and leave their letter", () => {
  const minimumLabels = placed([minimum(1, 1), minimum(5, 5, 0.5)]);
  for (const shown of [
    said(minimumLabels, [], [minimumLabels[0].box]),
    said(minimumLabels, [], [], [minimumLabels[0].box]),
  ])
    assert.deepEqual(
      shown.map(({ text }) => text),
      ["A", "B, min 0.5"],
    );
  const single = placed([minimum(1, 1)]);
  assert.deepEqual(said(single, [], [single[0].box]), []);
});

test("letters stay close to their minima while a class guesses, and one that is pointed at says all", () => {
  const minimumLabels = placed([minimum(1, 1), minimum(5, 5, 0.5)]);
  const shown = (told: number[], taken: Box[] = []) => said(minimumLabels, told, taken, [], true);
  const [a, b] = shown([]);
  assert.deepEqual([a.text, b.text], ["A", "B"]);
  const name = a.box;
  const [moved] = shown([], [name]);
  assert.ok(moved.text === "A" && !overlap(moved.box, name));
  for (const { box } of [a, moved]) {
    const [across, down] = [box.left + box.width / 2 - 100, box.top + box.height / 2 - 500];
    assert.ok(Math.hypot(across, down) < 30, `${across} ${down}`);
  }
  assert.deepEqual(
    shown([1]).map(({ text }) => text),
    ["B, min 0.5 at (5, 5)", "A"],
  );
});
