/** A section of a lesson in screens, by the heights of what stands together in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { packIntoScreens } from "../../../static/page/lesson/screens.ts";

const text = (name: string, height: number, show = "") => ({ items: [name], height, alone: false, show });
const alone = (name: string, height = 100) => ({ items: [name], height, alone: true, show: null });
const screens = (groups: Parameters<typeof packIntoScreens<string>>[0], taken = 0) =>
  packIntoScreens(groups, 100, taken).map((items) => items.join(" "));

test("as many groups stand on a screen as it has room for, fewer on one with a heading of its own", () => {
  const groups = [text("a", 40), text("b", 40), text("c", 40)];
  assert.deepEqual(screens(groups), ["a b", "c"]);
  assert.deepEqual(screens(groups, 30), ["a", "b c"]);
});

test("a group that is too high for any screen has one of its own", () => {
  assert.deepEqual(screens([text("a", 20), text("b", 150), text("c", 20)]), ["a", "b", "c"]);
});

test("a figure has a screen of its own, and what comes after it begins another", () => {
  assert.deepEqual(screens([text("a", 20), alone("figure"), text("b", 20), text("c", 20)]), ["a", "figure", "b c"]);
  assert.deepEqual(screens([alone("figure"), alone("table")]), ["figure", "table"]);
});

test("a wide table has its screen with the text after it, as far as there is room, but with nothing else", () => {
  const table = { ...text("table", 60), alone: true, wide: true };
  const after = { ...text("after", 70), wideHeight: 30 };
  const check = { items: ["check"], height: 5, alone: false, show: null };
  const groups = [text("a", 20), table, after, check, text("b", 20)];
  assert.deepEqual(screens(groups), ["a", "table after", "check b"]);
  assert.deepEqual(screens([table, { ...after, show: "step 1" }]), ["table", "after"]);
});

test("text beside another moment of a figure begins another screen; what is no text does not", () => {
  const check = { items: ["check"], height: 20, alone: false, show: null };
  const groups = [text("a", 20), text("b", 20, "step 1"), check, text("c", 20, "step 1"), text("d", 20)];
  assert.deepEqual(screens(groups), ["a", "b check c", "d"]);
  const of = (figure: string) => ({ ...check, figure });
  assert.deepEqual(screens([{ ...text("a", 20), figure: "map" }, of("map"), of("loss")]), ["a check", "check"]);
});
