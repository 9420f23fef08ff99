/** What a module exports another one uses. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const PAGE = join(import.meta.dirname, "../../static/page");
const EXPORTED = /^export (?:async )?(?:function\*?|interface|type|const|let|class) (\w+)/gm;

const read = (folder: string) =>
  globSync("**/*.ts", { cwd: folder }).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
const page = read(PAGE);
const words = [...page, ...read(import.meta.dirname)].map(({ name, text }) => ({
  name,
  words: new Set(text.match(/\w+/g)),
}));

test("no module exports what no other one has a word of", () => {
  const unused = page.flatMap(({ name, text }) =>
    [...text.matchAll(EXPORTED)]
      .map(([, each]) => each)
      .filter((each) => !words.some((other) => other.name !== name && other.words.has(each)))
      .map((each) => `${name}: ${each}`),
  );
  assert.deepEqual(unused, []);
});
