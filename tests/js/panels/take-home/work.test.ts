import assert from "node:assert/strict";
import { test } from "node:test";
import { createWork } from "../../../../static/page/panels/take-home/work.ts";
import { settled } from "../../resources/clock.ts";

test("of work that was given up for the same again, or as its dialog closed, nothing is said", async () => {
  const said: string[] = [];
  const { run, end } = createWork((words) => said.push(words));
  const finish: ((words: string) => void)[] = [];
  const work = () => new Promise<string>((resolve) => finish.push(resolve));
  run("csv", work);
  run("csv", work);
  finish[1]("Saved the second.");
  await settled();
  finish[0]("Saved the first.");
  await settled();
  assert.deepEqual(said, ["One moment.", "One moment.", "Saved the second."]);
  run("json", work);
  end();
  finish[2]("Saved.");
  await settled();
  assert.equal(said.at(-1), "One moment.");
});
