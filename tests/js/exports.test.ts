/** What a module exports another one uses. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";

const PAGE = join(import.meta.dirname, "../../static/page");
const EXPORTED = /^export (?:async )?(?:function\*?|interface|type|const|let|class) (\w+)/gm;
const IMPORTED = /(?:import|export) (?:type )?(?:\w+, )?\{([^}]*)\} from "[^"]*?([\w-]+\.ts)"/g;
/** A module that is imported as a whole, or later: what other modules name of it may be its own. */
const WHOLE = /(?:import (?:type )?\* as \w+ from |import\()\s*"[^"]*?([\w-]+\.ts)"/g;

const read = (folder: string) =>
  globSync("**/*.ts", { cwd: folder }).map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
const page = read(PAGE);
const modules = [...page, ...read(import.meta.dirname)].map(({ name, text }) => ({
  name,
  words: new Set(text.match(/\w+/g)),
  named: [...text.matchAll(IMPORTED)].flatMap(([, names, file]) =>
    names.split(",").map(
      (each) =>
        `${file} ${
          each
            .trim()
            .replace(/^type /, "")
            .split(" as ")[0]
        }`,
    ),
  ),
  whole: [...text.matchAll(WHOLE)].map(([, file]) => file),
}));
const named = new Set(modules.flatMap((each) => each.named));
const whole = new Set(modules.flatMap((each) => each.whole));

test("no module exports what no other one imports", () => {
  const unused = page.flatMap(({ name, text }) => {
    const file = name.startsWith("state/types/") ? "types.ts" : basename(name);
    const isUsed = (each: string) =>
      named.has(`${file} ${each}`) ||
      (whole.has(file) && modules.some((other) => other.name !== name && other.words.has(each)));
    return [...text.matchAll(EXPORTED)].flatMap(([, each]) => (isUsed(each) ? [] : [`${name}: ${each}`]));
  });
  assert.deepEqual(unused, []);
});
