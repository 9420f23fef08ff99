import assert from "node:assert/strict";
import { test } from "node:test";
import type { Catalog } from "../../../static/page/state/types.ts";
import { newNameWords } from "../../../static/page/words/newNames.ts";
import { partOf } from "../part.ts";

const CATALOG = partOf<Catalog>({
  optimizers: [{ params: [{ name: "learning_rate" }, { name: "beta" }] }],
  language: { constants: { pi: 3.14 } },
});

test("a name that is new is told, with what it may have been meant to be", () => {
  assert.equal(newNameWords("w = w - lr*gg", CATALOG), "gg is new: a hyperparameter for you to set. Did you mean g?");
  assert.match(newNameWords("m = bta*m + g\nw = w - lr*m", CATALOG), /^bta is new.* Did you mean beta\?$/);
  assert.equal(newNameWords("w = w - lr*kick*g", CATALOG), "kick is new: a hyperparameter for you to set.");
  assert.equal(newNameWords("w = w - lr*k*g", CATALOG), "k is new: a hyperparameter for you to set.");
  assert.equal(newNameWords("m = beta*m + g\nw = w - lr*m", CATALOG), "");
});
