import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { formulaFault, REASONS } from "../../../static/page/words/formulaFault.ts";

const fault = (ctx: Record<string, unknown>) =>
  formulaFault({ loc: [], msg: "", type: "formula_syntax", ctx: { line: 1, column: 10, ...ctx } });

test("every reason of the server has words here", () => {
  const source = readFileSync(new URL("../../../fallline/formulas/errors.py", import.meta.url), "utf8");
  const codes = [...source.matchAll(/^ {4}"([a-z_]+)": /gm)].map(([, code]) => code);
  assert.ok(codes.includes("unknown_name"));
  assert.deepEqual(Object.keys(REASONS), codes);
});

test("the place comes first, and the line where there is more than one", () => {
  assert.equal(
    fault({ reason: "unknown_function", name: "sine", nearest: ["sin", "sinh"] }),
    'Column 10: unknown function "sine". Did you mean sin or sinh?',
  );
  assert.equal(fault({ reason: "breaks_off", line: 2 }), "Line 2, column 10: the formula breaks off here.");
  assert.equal(
    fault({ reason: "argument_count", function: "sin", needed: 1, count: 2 }),
    "Column 10: sin takes 1 argument, not 2.",
  );
  assert.equal(
    fault({ reason: "too_few_arguments", function: "max", needed: 2, count: 1 }),
    "Column 10: max takes at least 2 arguments, not 1.",
  );
  assert.equal(
    fault({ reason: "python_word", word: "lambda", instead: "lambda_", letter: "lambda" }),
    'Column 10: "lambda" cannot be a name. Write lambda_, which is printed as the Greek letter.',
  );
});

test("what is about no formula, or of a newer server, is left to others", () => {
  assert.equal(formulaFault({ loc: [], msg: "", type: "missing", ctx: {} }), null);
  assert.equal(fault({ reason: "of_another_version" }), null);
});
