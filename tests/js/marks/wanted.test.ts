import assert from "node:assert/strict";
import { test } from "node:test";
import { createOccupancy } from "../../../static/page/marks/occupancy.ts";
import { type Obstacle, placeWords, wantedWords } from "../../../static/page/marks/wanted.ts";

const FRAME = { left: 0, top: 0, width: 300, height: 100 };
const boxAt = (left: number, top = 40) => ({ left, top, width: 50, height: 14 });
const spotsAt = (...lefts: number[]) => lefts.map((left, k) => ({ box: boxAt(left), cost: k }));
const beside = (...lefts: number[]) => wantedWords(spotsAt(...lefts), () => []);

/** Where each stands; null: it is left out. */
function placed(words: ReturnType<typeof wantedWords>[], taken: Obstacle[] = []): (number | null)[] {
  const places = placeWords(createOccupancy(FRAME), taken, words);
  return words.map((one) => places.get(one)?.box.left ?? null);
}

test("the first has the spot it likes best, the next what that leaves", () => {
  assert.deepEqual(placed([beside(20, 100), beside(30, 110)]), [20, 110]);
  assert.deepEqual(placed([beside(30, 110), beside(20, 100)]), [30, 100]);
});

test("all keep off what is taken, whoever took it; without other room they stand there", () => {
  assert.deepEqual(placed([beside(20, 100)], [boxAt(0)]), [100]);
  assert.deepEqual(placed([beside(20, 100)], [[40, 0, 40, 100]]), [100]);
  assert.deepEqual(placed([beside(20)], [boxAt(0)]), [20]);
});

test("words that give way are left out under others, and stand over what is only drawn", () => {
  const giving = wantedWords(spotsAt(20), () => [], true);
  assert.deepEqual(placed([beside(30), giving]), [30, null]);
  assert.deepEqual(placed([giving, beside(30)]), [20, 30]);
  assert.deepEqual(placed([giving], [boxAt(0)]), [20]);
});

test("words that give way stand where they touch no others, and beside others where there is no such spot", () => {
  const giving = (...lefts: number[]) => wantedWords(spotsAt(...lefts), () => [], true);
  assert.deepEqual(placed([beside(20), giving(72, 120)]), [20, 120]);
  assert.deepEqual(placed([beside(20), giving(72)]), [20, 72]);
});
