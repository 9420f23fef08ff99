import assert from "node:assert/strict";
import { test } from "node:test";
import { addRun, setStart, setValue } from "../../../static/page/state/actions.ts";
import { hideAhead } from "../../../static/page/state/beats.ts";
import { CONSEQUENCES } from "../../../static/page/state/consequences.ts";
import { addressOfPreset, withPreset } from "../../../static/page/state/preset.ts";
import { emptyState, problemKey, withAddress } from "../../../static/page/state/state.ts";
import type { Preset, State } from "../../../static/page/state/types.ts";
import { exercised } from "../exercised.ts";
import { partOf } from "../part.ts";

const PRESET = partOf<Preset>({
  name: "falls",
  query: "surface=bowl&start=1,1&optimizer=gd:learning_rate=0.1",
  guess: { kind: "choice", options: ["it stops", "it falls"], answer: 1 },
});

function ordersOf<T>(all: T[]): T[][] {
  if (all.length < 2) return [all];
  return all.flatMap((first, k) => ordersOf(all.toSpliced(k, 1)).map((rest) => [first, ...rest]));
}

const described = (state: State): State => ({
  ...state,
  described: partOf<NonNullable<State["described"]>>({
    key: problemKey(state),
    problem: { parameters: ["x", "y"], domain: [], minima: [] },
    start: [1, 1],
  }),
});

test("what follows from a change is the same in every order", () => {
  const catalog = partOf<NonNullable<State["catalog"]>>({
    optimizers: [],
    surfaces: [],
    datasets: [],
    presets: [PRESET],
  });
  const asks = hideAhead(withPreset(withAddress({ ...emptyState(), catalog }, addressOfPreset(PRESET, true))));
  const [{ id }] = asks.entries;
  const set = setValue(asks, id, "learning_rate", 0.3, false);
  const changes: [string, State, string[]][] = [
    ["a value is set while a preset asks", set, ["exercise", "lastId"]],
    ["with the problem, which has come", described(set), ["exercise", "lastId", "problemOnMap"]],
    ["and a run is added", addRun(described(set), "gd"), ["exercise", "lastId", "problemOnMap"]],
    [
      "the start moves where nothing is hidden",
      exercised(setStart(asks, [3, 3], true), { ahead: "shown" }),
      ["exercise"],
    ],
    ["another preset's runs stand there", { ...asks, problem: { surface: "saddle" } }, ["exercise"]],
  ];
  for (const [what, changed, follows] of changes) {
    const [first, ...others] = ordersOf(CONSEQUENCES).map((order) =>
      order.reduce((next, follow) => follow(next, asks), changed),
    );
    const differing = (Object.keys(first) as (keyof State)[]).filter((name) => first[name] !== changed[name]);
    assert.deepEqual(differing.toSorted(), follows, what);
    for (const other of others) assert.deepEqual(other, first, what);
  }
});
