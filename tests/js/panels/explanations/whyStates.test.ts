import assert from "node:assert/strict";
import { test } from "node:test";
import { STATES, showsStates } from "../../../../static/page/panels/explanations/why/statesCause.ts";
import { setValue } from "../../../../static/page/state/actions.ts";
import { setExplain } from "../../../../static/page/state/explain.ts";
import { addressOfPreset, withPreset } from "../../../../static/page/state/preset.ts";
import { emptyState, withAddress } from "../../../../static/page/state/state.ts";
import type { State } from "../../../../static/page/state/types.ts";
import { partOf } from "../../part.ts";

const opened = (cause: string | null) => {
  const preset = { name: "one", query: "surface=bowl&start=1,1&optimizer=adam:learning_rate=0.2", cause };
  const empty = partOf<State>({ ...emptyState(), catalog: { optimizers: [], presets: [preset] } });
  return withPreset(withAddress(empty, addressOfPreset(preset as any, false)));
};

test("where states are the cause of a scene they are its picture, until another one is chosen", () => {
  const state = opened(STATES);
  assert.ok(showsStates(state));
  assert.ok(!showsStates(setExplain(state, { cause: "edge" })));
  assert.ok(showsStates(setExplain(state, { cause: STATES })));
  assert.ok(!showsStates(setExplain(opened(null), { cause: STATES })));
});

test("they stay its picture once a value is changed", () => {
  const state = opened(STATES);
  assert.ok(showsStates(withPreset(setValue(state, state.entries[0].id, "learning_rate", 0.3, false), state)));
});
