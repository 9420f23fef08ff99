/** The way through a lesson on the wall, screen by screen. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createWalk } from "../../../static/page/lesson/walk.ts";

/** Two sections, of three items on two screens and of one, and what is shown. */
function setUp(screens: string[][][] = [[["a", "b"], ["c"]], [["d"]]]) {
  const shown: string[] = [];
  const walk = createWalk<string>(2, {
    screensOf: (section) => screens[section],
    show: (items, section, screen) => shown.push(`${section}.${screen} ${items.join("")}`),
    beyond: (by) => shown.push(by > 0 ? "next lesson" : "lesson before"),
  });
  return { ...walk, screens, shown: () => shown.splice(0) };
}

test("it goes from screen to screen and from section to section, and beyond the last", () => {
  const { turnTo, turn, shown } = setUp();
  turnTo(0, 0);
  for (let press = 0; press < 3; press++) turn(1);
  assert.deepEqual(shown(), ["0.0 ab", "0.1 c", "1.0 d", "next lesson"]);
});

test("back it goes to the last screen of the section before, and before the first", () => {
  const { turnTo, turn, shown } = setUp();
  turnTo(1, -1);
  for (let press = 0; press < 3; press++) turn(-1);
  assert.deepEqual(shown(), ["1.0 d", "0.1 c", "0.0 ab", "lesson before"]);
});

test("a screen that a section does not have is its last one", () => {
  const { turnTo, shown } = setUp();
  turnTo(0, 7);
  assert.deepEqual(shown(), ["0.1 c"]);
});

test("with screens of another size what was in sight stays so", () => {
  const { turnTo, rebuild, screens, shown, items } = setUp();
  turnTo(0, -1);
  screens[0] = [["a"], ["b"], ["c"]];
  rebuild();
  assert.deepEqual([shown().at(-1), items()], ["0.2 c", ["c"]]);
  screens[0] = [["a", "b", "c"]];
  rebuild();
  assert.deepEqual(shown(), ["0.0 abc"]);
});

test("its place is the section, the screen and the items of the section that are shown", () => {
  const { turnTo, place } = setUp();
  turnTo(0, 0);
  assert.deepEqual(place(), [0, 0, 0, 1]);
  turnTo(0, 1);
  assert.deepEqual(place(), [0, 1, 2, 2]);
});

test("how far one is: sections are equal parts, and within one its items", () => {
  const { turnTo, turn, share } = setUp();
  turnTo(0, 0);
  assert.ok(Math.abs(share() - 1 / 3) < 1e-9, "two of three items of the first of two sections");
  turn(1);
  assert.equal(share(), 0.5);
  turn(1);
  assert.equal(share(), 1);
});
