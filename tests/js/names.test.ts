/** One word, one thing: of what the page exports, and of its types, no two have one name. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { EXPLANATIONS } from "../../static/page/state/explanations.ts";

const PAGE = join(import.meta.dirname, "../../static/page");
const EXPORTED = /^export (?:async )?(?:function|interface|type|const|class) (\w+)/gm;

/** Why two modules have it. */
const ALLOWED: Record<string, string> = {
  heightOf: "of a loss in relief, and of the scrubber",
  pointAt: "of the data under the pointer, and of a grid",
  stepAt: "nearest to the pointer, and as it is drawn on a curve",
};

function named(pattern: RegExp) {
  return globSync("**/*.ts", { cwd: PAGE }).flatMap((file) =>
    [...readFileSync(join(PAGE, file), "utf8").matchAll(pattern)].map(([, name]) => ({ name, file })),
  );
}

function duplicatesOf(all: ReturnType<typeof named>) {
  const filesOf = (name: string) => all.filter((each) => each.name === name).map(({ file }) => file);
  const twice = [...new Set(all.map(({ name }) => name))].filter((name) => filesOf(name).length > 1);
  return { twice, filesOf };
}

test("no name is exported by two modules but for those with a reason", () => {
  const { twice, filesOf } = duplicatesOf(named(EXPORTED));
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

/** Where `of` is a field: what a mark is of, and what a room calls so. */
const WITH_OF = ["marks/mark.ts", "room/events.ts"];

test("`of` is a field of marks and of rooms alone, and nothing is named by having been asked", () => {
  const fields = globSync("**/*.ts", { cwd: PAGE }).filter((file) =>
    /^ {2}of\??: .*;$/m.test(readFileSync(join(PAGE, file), "utf8")),
  );
  assert.deepEqual(fields.toSorted(), WITH_OF);
  assert.deepEqual(
    named(EXPORTED).filter(({ name }) => /asked/i.test(name)),
    [],
  );
});

/** What addresses call an explanation, for good -> its file. */
const CALLED: Record<string, string> = { charts: "states", rule: "ownRule" };

test("the file of an explanation has its name", () => {
  const all = readFileSync(join(PAGE, "panels/explanations/loaders.ts"), "utf8");
  const entries = [...all.matchAll(/(\w+): \(\) => import\("(?:.*\/)?(\w+)\.ts"\)/g)];
  assert.deepEqual(entries.map(([, name]) => name).sort(), EXPLANATIONS.map(({ name }) => name).sort());
  assert.deepEqual(
    entries.filter(([, name, file]) => file !== (CALLED[name] ?? name)).map(([found]) => found),
    [],
  );
});

test("what an explanation is like is declared with it: no module writes its name out to ask for it", () => {
  const names = EXPLANATIONS.map(({ name }) => `"${name}"`).join("|");
  const asked = new RegExp(
    `\\[(?:${names})[,\\]].*\\.includes|explanation\\b.*== (?:${names})|setExplanation,.*(?:${names})`,
  );
  assert.match('open === "why" || explain.explanation === "why"', asked);
  const files = globSync("**/*.ts", { cwd: PAGE });
  assert.deepEqual(
    files.flatMap((file) =>
      readFileSync(join(PAGE, file), "utf8")
        .split("\n")
        .filter((line) => asked.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    ),
    [],
  );
});

/** Built in where the page runs, but not in Node.js. A window is the page's own word. */
const IN_BROWSERS = "Document Element History Image Location Node Option Range Screen Selection Text Touch".split(" ");

test("no two types have one name, exported or not, and none that of what is built in", () => {
  const all = named(/^ *(?:export )?(?:interface|type) (\w+)\b(?=[ <])/gm);
  const { twice, filesOf } = duplicatesOf(all);
  const hidden = all.filter(({ name }) => name in globalThis || IN_BROWSERS.includes(name)).map(({ name }) => name);
  assert.deepEqual(
    [...twice, ...hidden].map((name) => `${name}: ${filesOf(name).join(", ")}`),
    [],
  );
});

test("names that say nothing are given to nothing", () => {
  const all = named(/^ *(?:export )?(?:function|interface|type|const) (\w+)/gm);
  assert.ok(all.length > 1000);
  assert.deepEqual(
    all.filter(({ name }) => ["Given", "Shown", "keyOf"].includes(name)),
    [],
  );
});

/** They say nothing of what a variable holds. */
const VAGUE =
  "one own now given told asked said seen known kept found there away apart again each it led wanted of as than " +
  "meant got tell put isTold";

/** Why such a word is the best name there is. */
const BEST: Record<string, string> = {
  "state/keptAndAdded.ts: kept": "the part of a step that is kept of the steps before, beside the one that is added",
};

/** What CONTRIBUTING shows as a view of the page. */
const EXAMPLE = "../../tests/browser/gradientSize.ts";

/** @returns the names of its functions, its variables, and their parameters */
function declaredIn(file: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node) => {
    if (
      ts.isFunctionDeclaration(node) ||
      ts.isVariableDeclaration(node) ||
      ts.isParameter(node) ||
      ts.isBindingElement(node)
    )
      if (node.name && ts.isIdentifier(node.name) && !isFieldOf(node)) names.push(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(PAGE, file), "utf8"), ts.ScriptTarget.Latest, true));
  return names;
}

/** `{ kept }` has the name of a field, which is declared elsewhere. */
const isFieldOf = (node: ts.Node) =>
  ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent) && !node.propertyName && !node.dotDotDotToken;

test("a variable, a parameter or a function is named by what it holds or does", () => {
  const vague = VAGUE.split(" ");
  const found = [...globSync("**/*.ts", { cwd: PAGE }), EXAMPLE].flatMap((file) =>
    declaredIn(file)
      .filter((name) => vague.includes(name))
      .map((name) => `${file}: ${name}`),
  );
  assert.deepEqual([...new Set(found)], Object.keys(BEST));
});

test("a room is a class: where words can stand in a picture is space", () => {
  const found = globSync("{marks,pictures}/**/*.ts", { cwd: PAGE }).flatMap((file) =>
    declaredIn(file)
      .filter((name) => /^room$|Room$|^ROOM/.test(name))
      .map((name) => `${file}: ${name}`),
  );
  assert.deepEqual(found, []);
});
