import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress } from "../../../static/page/state/address.ts";
import { chosenEntry, chosenRunIndex } from "../../../static/page/state/chosenRun.ts";
import { withPreset } from "../../../static/page/state/preset.ts";
import { emptyState, extentOf, withAddress } from "../../../static/page/state/state.ts";
import type { Exercise } from "../../../static/page/state/types.ts";
import { exercised } from "../exercised.ts";
import { partOf } from "../part.ts";

const QUERY = "surface=bowl&optimizer=gd&optimizer=adam&optimizer=momentum";

/** @param selected  run @param tried  by what the preset proposes @param preset  what else it declares */
function chosen(
  selected: number | null,
  tried: number | null,
  hidden: number[] = [0],
  preset: object = {},
  presetStatus: Exercise["presetStatus"] = "prepared",
) {
  const state = withAddress(emptyState(), readAddress(QUERY).address);
  const entries = state.entries.map((entry, k) => ({ ...entry, hidden: hidden.includes(k) }));
  const change = tried === null ? undefined : { control: { run: tried, param: "learning_rate", value: 1 } };
  const exercise = { isOwn: true, preset: { name: "", query: QUERY, change, ...preset }, presetStatus };
  const now = withPreset(exercised({ ...state, entries }, exercise));
  const given = { ...now, selected: selected === null ? null : entries[selected].id };
  assert.equal(chosenEntry(given), given.entries[chosenRunIndex(given) ?? -1] ?? null);
  return chosenRunIndex(given);
}

test("what is explained is the selected run, else the one that is tried, else the first in sight", () => {
  assert.deepEqual([chosen(0, 2), chosen(null, 2), chosen(null, 0), chosen(null, null)], [0, 2, 1, 1]);
  assert.equal(chosen(null, null, [0, 1, 2]), null);
});

test("while the runs of a scene are as prepared, the one of its telling step is explained before the one tried", () => {
  const telling = { telling: { run: 1, step: 3 } };
  assert.deepEqual([chosen(null, 2, [], telling), chosen(2, 2, [], telling)], [1, 2]);
  assert.equal(chosen(null, 2, [], { ...telling, query: QUERY.replace("gd", "gd:learning_rate=0.5") }, "varied"), 2);
});

test("of a network about which nothing is asked it is the run that ends lowest, once that has ended", () => {
  const opened = withAddress(
    emptyState(),
    readAddress("network=xor&optimizer=gd&optimizer=adam&optimizer=lion").address,
  );
  const ends = (...losses: (number | null)[]) => {
    const runs = losses.map((loss, k) => {
      const end = loss === null ? null : { stop_reason: "max_steps", n_steps: 1, diverged_at: null };
      return [opened.entries[k].id, { columns: { loss: [1, loss ?? 0] }, length: 2, end }];
    });
    return chosenRunIndex(withPreset(partOf({ ...opened, runs: Object.fromEntries(runs) })));
  };
  assert.deepEqual(
    [ends(0.5, 0.1, 0.2), ends(0.5, null, 0.2), ends(null, 0.1, 0.2), ends(0.1, 0.1, 0.1)],
    [1, 2, 0, 0],
  );
  assert.equal(chosenRunIndex({ ...opened, selected: opened.entries[2].id }), 2);
  const fault = { kind: "refused", errors: [], problemKey: "", entry: opened.entries[0].id };
  const run = (loss: number) => ({ columns: { loss: [1, loss] }, length: 2, end: {} });
  const runs = { [opened.entries[1].id]: run(0.5), [opened.entries[2].id]: run(0.1) };
  const refused = withPreset(partOf({ ...opened, fault, runs }));
  assert.equal(chosenRunIndex(refused), 2, "one that was refused never ends");
  assert.deepEqual(extentOf(refused), { length: 1, complete: true }, "and is not waited for");
});
