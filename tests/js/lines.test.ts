/** No line of the page or of its tests is longer than Biome's limit: it breaks no templates, strings and comments. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "../..");
const LIMIT = 120;

test(`no line has more than ${LIMIT} characters`, () => {
  const names = globSync(["static/page/**/*.ts", "tests/js/**/*.ts", "tests/browser/*.ts"], { cwd: ROOT });
  assert.ok(names.length > 400);
  const long = names.flatMap((name) =>
    readFileSync(join(ROOT, name), "utf8")
      .split("\n")
      .flatMap((line, k) => (line.length > LIMIT ? [`${name}:${k + 1}`] : [])),
  );
  assert.deepEqual(long, []);
});
