/** Figures that show what a text speaks of, and then again what they showed before. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { createLending } from "../../../static/page/lesson/plan.ts";
import { partOf } from "../part.ts";

/** A figure, or a text; an address is a word here. */
const piece = (shows = "") => partOf({ shows }) as any;

/** Two figures and three texts. */
function setUp() {
  const [map, loss] = [piece("own map"), piece("own loss")];
  const opened: string[] = [];
  const texts = [piece(), piece(), piece()];
  const lending = createLending({
    addressOf: (figure: any) => figure.shows,
    open: (figure: any, address: any) => {
      figure.shows = address;
      opened.push(address);
    },
  });
  const only = (...wishes: [any, any, string, ((before: unknown) => boolean)?][]) =>
    lending.only(
      new Map(wishes.map(([text, figure, address, stays]) => [text, { figure, address: address as any, stays }])),
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

test("a check that is asked again gives its figure back as the text beside it has it", () => {
  const { map, texts, only } = setUp();
  only([texts[0], map, "of the text"]);
  only([texts[0], map, "of the text"], [texts[1], map, "of the check"]);
  assert.equal(map.shows, "of the check");
  only([texts[0], map, "of the text"]);
  assert.equal(map.shows, "of the text");
  only();
  assert.equal(map.shows, "own map");
});
