/** Figures that show what a text speaks of, and then again what they showed before. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLending } from "../../../static/page/lesson/lending.ts";

/** Two figures and three texts; an address is a word here. */
function setUp() {
  const [map, loss] = [{ shows: "own map" }, { shows: "own loss" }];
  type Figure = typeof map;
  const opened: string[] = [];
  const texts = [{ shows: "" }, { shows: "" }, { shows: "" }];
  const lending = createLending<Figure>({
    shownIn: ({ shows }) => shows as any,
    open: (figure, address) => {
      figure.shows = address as any;
      opened.push(figure.shows);
    },
  });
  const only = (...pieces: [Figure, Figure, string, ((before: unknown) => boolean)?][]) =>
    lending.only(
      new Map(pieces.map(([piece, figure, address, stays]) => [piece, { figure, address: address as any, stays }])),
    );
  return { map, loss, texts, ...lending, only, opened, shown: () => [map.shows, loss.shows] };
}

test("a figure shows what the text at hand speaks of, and what it showed before once that is past", () => {
  const { map, texts, only, shown, isLent } = setUp();
  only([texts[0], map, "first step"]);
  assert.deepEqual([shown(), isLent(map)], [["first step", "own loss"], true]);
  only();
  assert.deepEqual([shown(), isLent(map)], [["own map", "own loss"], false]);
});

test("what is set in a figure while it is lent stays as long as the text is at hand", () => {
  const { map, texts, only } = setUp();
  only([texts[0], map, "first step"]);
  map.shows = "another rate";
  only([texts[0], map, "first step"]);
  assert.equal(map.shows, "another rate");
});

test("two texts that have one figure give it back in turn, the last first", () => {
  const { map, loss, texts, only, shown } = setUp();
  only([texts[0], map, "first step"], [texts[1], map, "last step"], [texts[2], loss, "loss"]);
  assert.deepEqual(shown(), ["last step", "loss"]);
  only([texts[2], loss, "loss"]);
  assert.deepEqual(shown(), ["own map", "loss"]);
});

test("from text to text a figure goes without showing in between what it showed before", () => {
  const { map, texts, only, shown, opened } = setUp();
  only([texts[0], map, "first step"]);
  only([texts[1], map, "last step"]);
  assert.deepEqual(opened, ["first step", "last step"]);
  only();
  assert.deepEqual(shown(), ["own map", "own loss"]);
});

test("what was set in a figure while it was lent stays in it", () => {
  const { map, texts, only, keep } = setUp();
  only([texts[0], map, "first step"]);
  map.shows = "another rate";
  keep(map);
  only();
  assert.equal(map.shows, "another rate");
});

test("a piece may have the figure stay as it is, after what it showed before", () => {
  const { map, texts, only, shown } = setUp();
  map.shows = "another rate";
  const stays = (before: unknown) => before === "another rate";
  only([texts[0], map, "first step"]);
  only([texts[1], map, "whole", stays]);
  assert.equal(map.shows, "another rate");
  map.shows = "own map";
  only([texts[1], map, "whole", stays]);
  assert.deepEqual(shown(), ["whole", "own loss"]);
});

test("a check that is answered otherwise has the figure show it, which then comes back to what it showed first", () => {
  const { map, texts, lend, giveBack } = setUp();
  lend(texts[0], map, "right" as any);
  lend(texts[0], map, "wrong" as any);
  assert.equal(map.shows, "wrong");
  giveBack(texts[0]);
  assert.equal(map.shows, "own map");
  giveBack(texts[1]);
  assert.equal(map.shows, "own map");
});
