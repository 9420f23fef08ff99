/** One word, one thing: no module of the page exports a name that another one exports. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const PAGE = join(import.meta.dirname, "../../static/page");
const EXPORTED = /^export (?:async )?(?:function|interface|type|const|class) (\w+)/gm;

/** Why two modules have it. */
const ALLOWED: Record<string, string> = {
  Memory: "what an average remembers, and what a method keeps",
  Moment: "of a chart that is drawn, and of a preset as it goes on",
  ask: "the server, and the question of a preset again",
  heightOf: "of a loss in relief, and of the scrubber",
  keptWords: "what a method keeps, and what a rule of one's own does",
  lowestOf: "places of a search, and the lowest minimum in words",
  pointAt: "of the data under the pointer, and of a grid",
  standing: "elements that are kept by hand, and what stands still on the map",
  stepAt: "nearest to the pointer, and as it is drawn on a curve",
};

test("no name is exported by two modules but for those with a reason", () => {
  const all = globSync("**/*.ts", { cwd: PAGE }).flatMap((file) =>
    [...readFileSync(join(PAGE, file), "utf8").matchAll(EXPORTED)].map(([, name]) => ({ name, file })),
  );
  const filesOf = (name: string) => all.filter((each) => each.name === name).map(({ file }) => file);
  const twice = [...new Set(all.map(({ name }) => name))].filter((name) => filesOf(name).length > 1);
  assert.deepEqual(
    twice.filter((name) => !ALLOWED[name]).map((name) => `${name}: ${filesOf(name).join(", ")}`),
    [],
  );
  assert.deepEqual(
    Object.keys(ALLOWED).filter((name) => !twice.includes(name)),
    [],
    "these are exported once by now",
  );
});

test("names that say nothing are given to nothing", () => {
  const all = globSync("**/*.ts", { cwd: PAGE }).flatMap((file) =>
    [
      ...readFileSync(join(PAGE, file), "utf8").matchAll(/^ *(?:export )?(?:function|interface|type|const) (\w+)/gm),
    ].map(([, name]) => ({ name, file })),
  );
  assert.ok(all.length > 1000);
  assert.deepEqual(
    all.filter(({ name }) => ["Given", "Shown", "keyOf"].includes(name)),
    [],
  );
});
