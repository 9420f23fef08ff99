/** Imports of the page point one way: a folder imports, types too, only from itself and from the rows above its own. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { test } from "node:test";

const PAGE = join(import.meta.dirname, "../../static/page");

const ORDER = [
  ["component.ts", "dom.ts", "math"],
  ["memo.ts", "roving.ts", "size.ts"],
  ["state"],
  ["service"],
  ["resources"],
  ["words"],
  ["marks"],
  ["figure"],
  ["controls", "pictures"],
  ["panels"],
  ["navigation.ts", "progress.ts", "skipLinks.ts", "theme.ts", "lessonBackLink.ts"],
  ["lesson"],
  ["playlist"],
  ["room"],
  [
    "playground.ts",
    "lesson.ts",
    "play.ts",
    "teach.ts",
    "seat.ts",
    "course.ts",
    "embed.ts",
    "handout.ts",
    "docs.ts",
    "development.ts",
    "beforePaint.ts",
  ],
];
const rowOf = (name: string) => ORDER.findIndex((row) => row.includes(name));

const topOf = (path: string) => relative(PAGE, path).split(sep)[0];

const files = globSync("**/*.ts", { cwd: PAGE }).map((name) => join(PAGE, name));

const imports = files.flatMap((file) =>
  [...readFileSync(file, "utf8").matchAll(/(?:from|import|import\()\s*"(\.[^"]+\.ts)"/g)].map(([, name]) => ({
    file,
    imported: join(dirname(file), name),
  })),
);

test("every file of the page has a row", () => {
  assert.deepEqual(
    files.filter((file) => rowOf(topOf(file)) < 0),
    [],
  );
});

test("CONTRIBUTING says what each of them holds", () => {
  const table = readFileSync(join(PAGE, "../../CONTRIBUTING.md"), "utf8").split("| folder |")[1].split("\n\n")[0];
  assert.deepEqual(
    ORDER.flat().filter((name) => !table.includes(`\`${name}\``)),
    [],
  );
});

test("a plane is one of a network's loss, which pictures have from their scene: none defines another", () => {
  const names = files
    .filter((file) => topOf(file) === "pictures")
    .flatMap((file) => [
      basename(file),
      ...(readFileSync(file, "utf8").match(/(?:function|interface|type|const) \w+/g) ?? []),
    ]);
  assert.deepEqual(
    names.filter((name) => /plane/i.test(name)),
    [],
  );
});

test("no file imports from a row below its own, or from another folder of the same", () => {
  assert.ok(imports.length > files.length);
  const wrong = imports.filter(({ file, imported }) => {
    const [from, to] = [topOf(file), topOf(imported)];
    return from !== to && rowOf(to) >= rowOf(from);
  });
  assert.deepEqual(
    wrong.map(({ file, imported }) => `${relative(PAGE, file)} imports ${relative(PAGE, imported)}`),
    [],
  );
});

test("what a figure asks of the server is declared in resources", () => {
  const files = globSync("**/*.ts", { cwd: PAGE }).filter((file) =>
    /\b(?:replyOf|longReplyOf)\b/.test(readFileSync(join(PAGE, file), "utf8")),
  );
  assert.ok(files.length > 5);
  assert.deepEqual([...new Set(files.map((file) => file.split(sep)[0]))], ["resources"]);
});

test("fields of the state are written by actions, which have names", () => {
  const written = /\b(?:act|update)\(\s*\([^)]*\) => \(\{.*/g;
  assert.match("act((state) => ({ ...state, bundle }))", written);
  const found = globSync("**/*.ts", { cwd: PAGE }).flatMap((file) =>
    [...readFileSync(join(PAGE, file), "utf8").matchAll(written)].map(([text]) => `${file}: ${text}`),
  );
  assert.deepEqual(found, []);
});
