import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnswers } from "../../../../static/page/figure/loading/answers.ts";
import { Gone, Refused } from "../../../../static/page/service/http.ts";
import { standingClock } from "./clock.ts";

const rest = () => new Promise((resolve) => setTimeout(resolve));

/** Questions that are answered by hand. */
function desk() {
  const open: { key: string; resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const clock = standingClock();
  const answers: ReturnType<typeof createAnswers<string>> = createAnswers({ kept: 2, clock, onAnswer: () => {} });
  const wish = (key: string) =>
    answers.wish({ key, ask: () => new Promise((resolve, reject) => open.push({ key, resolve, reject })) });
  return { answers, open, wish, pass: clock.move };
}

test("one question at a time, then the newest", async () => {
  const { answers, open, wish } = desk();
  for (const key of ["1", "2", "3"]) wish(key);
  assert.deepEqual(
    open.map(({ key }) => key),
    ["1"],
  );
  open[0].resolve("one");
  await rest();
  assert.deepEqual(
    open.map(({ key }) => key),
    ["1", "3"],
  );
  assert.deepEqual(answers.get("1"), { value: "one" });
  assert.equal(answers.get("2"), undefined);
});

test("what is known is not asked again, the oldest is forgotten", async () => {
  const { answers, open, wish } = desk();
  for (const key of ["1", "2", "3"]) {
    wish(key);
    open.at(-1)?.resolve(key);
    await rest();
  }
  wish("3");
  assert.equal(open.length, 3);
  assert.equal(answers.get("1"), undefined);
});

const NO = { loc: [], msg: "no", type: "missing", ctx: {} };

test("a refusal is an answer; a silent server is asked again by itself", async () => {
  const { answers, open, wish, pass } = desk();
  wish("wrong");
  open[0].reject(new Refused(422, [NO]));
  await rest();
  assert.deepEqual(answers.get("wrong"), { refused: [NO] });
  wish("lost");
  open[1].reject(new Gone("Nobody is there"));
  await rest();
  assert.equal(answers.silent(), "Nobody is there. This is tried again by itself.");
  wish("lost");
  assert.equal(open.length, 2);
  await pass(1000);
  assert.equal(open.length, 3);
  open[2].reject(new Gone("Busy", 10));
  await rest();
  await pass(9999);
  wish("lost");
  assert.deepEqual([open.length, answers.silent()], [3, "Busy. This is tried again by itself."]);
  await pass(1);
  assert.equal(open.length, 4);
  open[3].resolve("found");
  await rest();
  assert.deepEqual([answers.get("lost"), answers.silent()], [{ value: "found" }, ""]);
});

test("what cannot be read is not asked for again and again", async () => {
  const { answers, open, wish } = desk();
  wish("odd");
  open[0].reject(new SyntaxError("no JSON"));
  await rest();
  wish("odd");
  assert.equal(open.length, 1);
  assert.deepEqual(answers.get("odd"), { refused: [{ loc: [], msg: "this could not be fetched", type: "", ctx: {} }] });
});
