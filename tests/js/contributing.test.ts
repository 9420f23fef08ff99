/** What CONTRIBUTING shows of the page stands in its files as it is shown. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const ROOT = join(import.meta.dirname, "../..");

test("every example of the page in CONTRIBUTING is in a file", () => {
  const text = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const files = globSync(["static/page/resources/*.ts", "tests/browser/*.ts"], { cwd: ROOT });
  const all = files.map((file) => readFileSync(join(ROOT, file), "utf8"));
  const examples = [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, example]) => example);
  assert.ok(examples.length >= 2);
  for (const example of examples)
    assert.ok(
      all.some((file) => file.includes(example)),
      example,
    );
});
