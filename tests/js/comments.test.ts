/** What a comment of the page names is there. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "../..");
const COMMENT = /\/\*[\s\S]*?\*\/|(?<![:"'`\\])\/\/[^\n]*/g;
const WORD = /[A-Za-z_]\w*/g;
/** Of formulas, of examples and of the library, which the code of the page does not name. */
const ELSEWHERE = ["beta1", "rolls_past", "Tuesday", "problems"];

test("each name between backticks, and each file, that a comment names is in the code of the page", () => {
  const files = globSync("static/page/**/*.ts", { cwd: ROOT });
  const texts = files.map((file) => readFileSync(join(ROOT, file), "utf8"));
  const words = new Set(texts.flatMap((text) => text.replace(COMMENT, "").match(WORD) ?? []));
  const isFile = (name: string) => files.some((file) => `/${file}`.endsWith(`/${name.replace(/^\.*\//, "")}`));
  const missing = texts.flatMap((text, k) => {
    const comments = (text.match(COMMENT) ?? []).join("\n");
    const quoted = [...comments.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name);
    const named = quoted.filter((name) => !name.endsWith(".ts")).flatMap((name) => name.match(WORD) ?? []);
    const wrong = [
      ...named.filter((word) => !words.has(word) && !ELSEWHERE.includes(word)),
      ...(comments.match(/(?<![\w./-])[\w./-]*\w\.ts\b/g) ?? []).filter(
        (name) => !/\bd\.ts$/.test(name) && !isFile(name),
      ),
    ];
    return wrong.map((name) => `${files[k]}: ${name}`);
  });
  assert.deepEqual(missing, []);
});
