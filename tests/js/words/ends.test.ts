import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ends } from "../../../static/page/state/types.ts";
import { endRows, endsSentence, endsTable, gridOfStartsWords } from "../../../static/page/words/ends.ts";

/** Four columns, three rows: by hand 7 of 12 end in the first, 3 in the second, 2 fly off. */
const MAP: Ends = {
  x: [0, 1, 2, 3],
  y: [0, 1, 2],
  end: Int16Array.from([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, -2, -2]),
  steps: [5, 5, 5, 6, 5, 5, 6, 6, 5, 5, 2, 2],
  minima: [
    [1, 1, 0],
    [3, 0.5, 2],
    [9, 9, 5],
  ],
  shares: [7 / 12, 3 / 12, 0],
  elsewhere: 0,
  diverged: 2 / 12,
};

test("of starts side by side those count that end apart", () => {
  // Across 0|1, 0|1, 0|-2; down 0|1, 1|-2, 1|-2; of 9 pairs across and 8 down: 6/17.
  assert.match(endsSentence(MAP, 0.008, 1), /1 apart, 35\.3\u00a0% of the pairs end apart/);
  const line = { ...MAP, y: null, x: [0, 1, 2], end: Int16Array.from([0, 0, 1]) };
  assert.match(endsSentence(line, 0.008, 1), /1 apart, 50\.0\u00a0% of the pairs end apart/);
});

test("the table has every minimum by its letter, and what flies off", () => {
  assert.deepEqual(
    endRows(MAP).map(({ name, where, share }) => [name, where, share]),
    [
      ["A", "(1, 1)", 7 / 12],
      ["B", "(3, 0.5)", 1 / 4],
      ["C", "(9, 9)", 0],
      ["", "flies off", 1 / 6],
    ],
  );
});

test("of many minima those in which most starts end have a line each", () => {
  const count = 12;
  const many = {
    ...MAP,
    minima: Array.from({ length: count }, (_, k) => [k, k, 0]),
    shares: Array.from({ length: count }, (_, k) => (k < 3 ? 0.01 : 0.9 / (count - 3))),
    elsewhere: 0.07,
    diverged: 0,
  };
  const rows = endRows(many);
  assert.deepEqual(
    rows.map(({ name }) => name),
    ["D", "E", "F", "G", "H", "I", "J", "K", "", "", ""],
  );
  assert.equal(rows[8].where, "in 4 other minima");
  assert.ok(Math.abs(rows.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-12);
});

test("the sentence says how many ends there are, what flies off, and how the borders are", () => {
  const said = endsSentence(MAP, 0.008, 1);
  assert.equal(
    said,
    "With rate 0.008 the starts end in 2 of 3 minima, the largest share, 58.3\u00a0%, at A. 16.7\u00a0% fly off. " +
      "Of two starts side by side, 1 apart, 35.3\u00a0% of the pairs end apart: a small move may change the end. " +
      "This run ends at B.",
  );
  const one = { ...MAP, end: new Int16Array(12), shares: [1, 0, 0], diverged: 0 };
  assert.equal(endsSentence(one, 0.1, null), "With rate 0.1 every start ends at A.");
  const none = { ...MAP, end: new Int16Array(12).fill(-2), shares: [0, 0, 0], diverged: 1 };
  assert.equal(endsSentence(none, 2, null), "With rate 2 every start flies off.");
});

test("the grid of starts is told with the ranges that it covers", () => {
  assert.equal(gridOfStartsWords(MAP, ["x", "y"]), "4 × 3 starts, evenly over x from 0 to 3 and y from 0 to 2");
  assert.equal(gridOfStartsWords({ ...MAP, y: null }, ["x"]), "4 starts, evenly over x from 0 to 3");
});

test("a table for a spreadsheet has a line for each start", () => {
  const lines = endsTable(MAP, ["x", "y"]).split("\r\n");
  assert.deepEqual(
    [0, 1, 4, 11, 12, 13].map((k) => lines[k]),
    [
      "x,y,end,end_x,end_y,loss,steps",
      "0,0,A,1,1,0,5",
      "3,0,B,3,0.5,2,6",
      "2,2,diverged,,,,2",
      "3,2,diverged,,,,2",
      "",
    ],
  );
});
