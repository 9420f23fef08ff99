import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { curlGet, curlPost, httpx } from "../../../../static/page/panels/take-home/request.ts";
import { fileName } from "../../../../static/page/panels/take-home/saving.ts";
import type { Spec } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";

const HOSTILE = `it's $(id) \`id\` "quoted" \\ \u202e end`;

const spec = (more: object = {}): Spec =>
  partOf({
    problem: { surface: "bowl" },
    start: null,
    optimizers: [{ name: "gd", learning_rate: 0.1, label: HOSTILE, nesterov: true, batch_size: null }],
    stop: { max_steps: 50, min_step_size: null, target_loss: null },
    seed: 0,
    ...more,
  });

/** What a shell makes of a command. */
const wordsOf = (command: string): string[] =>
  execFileSync("/bin/sh", ["-c", command.replace(/^curl/, "printf '%s\\n'")], { encoding: "utf8" })
    .trimEnd()
    .split("\n");

test("a shell takes an address and a spec for single words, whatever is in them", () => {
  assert.deepEqual(wordsOf(curlGet("http://here/?label='$(id)'")), ["http://here/?label='$(id)'"]);
  const [address, option, body] = wordsOf(curlPost("http://here/", spec()));
  assert.deepEqual([address, option], ["http://here/", "--json"]);
  assert.equal(JSON.parse(body).optimizers[0].label, HOSTILE);
});

test("what is the default is left out", () => {
  const body = JSON.parse(wordsOf(curlPost("http://here/", spec()))[2]);
  assert.deepEqual(Object.keys(body), ["problem", "optimizers", "stop"]);
  assert.deepEqual(body.stop, { max_steps: 50 });
  assert.equal(JSON.parse(wordsOf(curlPost("http://here/", spec({ start: [1, 2], seed: 3 })))[2]).seed, 3);
});

test("Python's own words are used, and no sign is hidden", () => {
  const program = httpx("http://here/", spec({ start: [1, 2] }));
  assert.match(program, /"start": \[1, 2\]/);
  assert.match(program, /"nesterov": True, "batch_size": None/);
  assert.match(program, /\\u202e/);
  assert.doesNotMatch(program, /\u202e|null|true/);
});

test("a file is named after what is in it, as any file system takes it", () => {
  assert.equal(fileName(["Six-hump camel", "loss"], "svg"), "fall-line-six-hump-camel-loss.svg");
  assert.equal(fileName(["../../etc", "Adam 0.2 <b>"], "py"), "fall-line-etc-adam-0.2-b.py");
  assert.equal(fileName(["שלום", "map"], "png"), "fall-line-map.png");
  assert.ok(fileName(["x".repeat(300)], "csv").length < 100);
});
