import assert from "node:assert/strict";
import { test } from "node:test";
import { aligned } from "../../../static/js/words/alignment.js";
import { formRows } from "../../../static/js/words/formRows.js";
import { inShort } from "../../../static/js/words/refusal.js";

const line = (/** @type {string} */ of, formula = of) => /** @type {any} */ ({ key: of, of, formula });

test("lines that compute the same share a row, in the order of both", () => {
  const rows = aligned([line("g"), line("m"), line("v"), line("m_hat"), line("w", "adam")], [line("g"), line("v"), line("w", "rmsprop")]);
  assert.deepEqual(rows.map(({ left, right, differs }) => [left?.of ?? "", right?.of ?? "", differs]), [
    ["g", "g", false], ["m", "", true], ["v", "v", false], ["m_hat", "", true], ["w", "w", true],
  ]);
});

test("every line of both is there, once", () => {
  const rows = aligned([line("a"), line("b")], [line("b"), line("a")]);
  assert.deepEqual(rows.flatMap(({ left }) => left?.of ?? []), ["a", "b"]);
  assert.deepEqual(rows.flatMap(({ right }) => right?.of ?? []), ["b", "a"]);
});

test("forms stand in rows; one that shrinks w first has its last line beside the others' last", () => {
  const form = (/** @type {string} */ rule) => ({ name: rule, label: rule, rule, latex: rule.split("\n") });
  const rows = formRows([form("w = w - d\nm = a\nw = w - m"), form("m = b\nw = w - m"), form("v = c\nw = w + v")]);
  assert.deepEqual(rows.map(({ lines }) => lines), [
    ["w = w - d", null, null],
    ["m = a", "m = b", null],
    [null, null, "v = c"],
    ["w = w - m", "w = w - m", "w = w + v"],
  ]);
});

test("what is wrong is said beside the field without its name and all that is allowed", () => {
  const msg = "optimizers[0].rule is not a formula: line 2, column 12: unknown function \"foo\". Did you mean floor? Allowed are numbers, names of your own.";
  assert.equal(inShort({ loc: [], msg }), "Line 2, column 12: unknown function \"foo\". Did you mean floor?");
});
