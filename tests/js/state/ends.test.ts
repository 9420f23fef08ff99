/** Where every start ends, of a scene that asks: shown once that is told. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { setValue } from "../../../static/page/state/actions.ts";
import { readAddress, writeAddress } from "../../../static/page/state/address.ts";
import { needsEnds, tintsByEnds } from "../../../static/page/state/ends.ts";
import { setExplain } from "../../../static/page/state/explain.ts";
import { addressOfPreset, withPreset } from "../../../static/page/state/preset.ts";
import { createScene } from "../../../static/page/state/scene.ts";
import { setTint } from "../../../static/page/state/settingActions.ts";
import { addressOf, emptyState, problemKey, withAddress } from "../../../static/page/state/state.ts";
import type { PageAddress, Preset, State } from "../../../static/page/state/types.ts";
import { exercised } from "../exercised.ts";
import { withKnown } from "../known.ts";
import { partOf } from "../part.ts";

const QUERY = "surface=himmelblau&start=1,1&max_steps=10&optimizer=gd:learning_rate=0.01";
const PRESET = partOf<Preset>({
  name: "countries",
  query: QUERY,
  count: "steps",
  ends: true,
  guess: { kind: "place", run: 0 },
});

const opened = (address: PageAddress): State =>
  withPreset(
    withAddress({ ...emptyState(), catalog: partOf({ optimizers: [], surfaces: [], presets: [PRESET] }) }, address),
  );

test("a scene on a tinted map is tinted by whatever address it is opened, also once it is varied", () => {
  const bare = opened(readAddress(QUERY).address);
  const asked = opened(addressOfPreset(PRESET, true));
  for (const state of [bare, asked]) assert.deepEqual([tintsByEnds(state), needsEnds(state)], [true, true]);
  assert.equal(writeAddress(addressOf(asked, null)).fragment, "reveal=true", "it need not say so");
  assert.equal(tintsByEnds(setValue(bare, bare.entries[0].id, "learning_rate", 0.008, false)), true);
  assert.equal(tintsByEnds(setExplain(bare, { tint: "loss" })), false);
  assert.equal(tintsByEnds(opened(readAddress(QUERY.replace("himmelblau", "bowl")).address)), false);
});

test("tinted by ends the map has their shares beside it, which stay when it is tinted by the loss again", () => {
  const tinted = setTint(opened(readAddress("surface=bowl&optimizer=gd").address), "ends");
  assert.deepEqual([tintsByEnds(tinted), tinted.explain.explanation], [true, "ends"]);
  const back = setTint(tinted, "loss");
  assert.deepEqual([tintsByEnds(back), back.explain.explanation], [false, "ends"]);
});

/** @param length  of its run, of ten steps */
function shown(state: State, until: number, length = 11) {
  const problem = { kind: "surface", parameters: ["x", "y"], domain: [], minima: [] };
  const columns = { parameters: [new Float64Array(11), new Float64Array(11)], loss: new Float64Array(11) };
  const end = { stop_reason: "max_steps", n_steps: 10 };
  const key = problemKey(state);
  const runs = { [state.entries[0].id]: { problemKey: key, columns, length, end } };
  const now = {
    ...state,
    runs: length ? runs : {},
    problemOnMap: { key, spec: {}, problem, start: [1, 1], wholeLandscape: null, levels: null },
  };
  const scene = createScene()({
    state: withKnown(now as any, "ends", "", {}, key),
    until,
    wall: 1,
  });
  return scene.ends !== null;
}

test("while a scene asks, no start's end is shown: once it has run, on a wall once it is told", () => {
  const asked = opened(addressOfPreset(PRESET, true));
  assert.deepEqual(
    [shown(asked, 0, 0), shown(asked, 0), shown(asked, 4), shown(asked, 10)],
    [false, false, false, true],
  );
  const wall = { ...asked, projector: true };
  assert.deepEqual([shown(wall, 10), shown(exercised(wall, { ahead: "shown" }), Infinity)], [false, true]);
  const none = { ...opened(readAddress(`${QUERY}&seed=1`, "tint=ends&projector=true&reveal=true").address) };
  assert.deepEqual([shown(none, 4), shown(none, 10)], [false, true], "nothing is to be told there");
  assert.equal(shown(opened(readAddress(QUERY).address), Infinity), true);
});
