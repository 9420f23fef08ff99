/** The prepared runs of a figure, drawn where they are now set otherwise. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { readAddress } from "../../../static/page/state/address.ts";
import { withPreset } from "../../../static/page/state/preset.ts";
import { createScene } from "../../../static/page/state/scene.ts";
import { emptyState, problemKey, withAddress } from "../../../static/page/state/state.ts";
import type { Preset, State } from "../../../static/page/state/types.ts";
import { exercised } from "../exercised.ts";
import { withKnown } from "../known.ts";
import { partOf } from "../part.ts";

const RATES = ["gd:learning_rate=0.1", "gd:learning_rate=0.2"];
const queryOf = (optimizers: string[]) =>
  `surface=bowl&start=1,1&max_steps=10${optimizers.map((one) => `&optimizer=${one}`).join("")}`;
// As a figure of a lesson has it, whose question has no name.
const OWN = partOf<Preset>({ name: "", query: queryOf(RATES), question: "", sentence: "" });

/** @returns the indices of the prepared runs that are drawn, once they have come */
function drawnBesides(optimizers: string[]): number[] {
  const state = withPreset(
    withAddress(exercised(emptyState(), { preset: OWN, isOwn: true }), readAddress(queryOf(optimizers)).address),
  );
  const key = problemKey(state);
  const problem = { kind: "surface", parameters: ["x", "y"], domain: [], minima: [] };
  const columns = { parameters: [new Float64Array(11), new Float64Array(11)], loss: new Float64Array(11) };
  const run = { problemKey: key, columns, length: 11, end: { stop_reason: "max_steps", n_steps: 10 } };
  const prepared = readAddress(OWN.query).address.spec.optimizers.map((optimizer) => ({ ...run, optimizer }));
  const now = partOf<State>({
    ...state,
    runs: Object.fromEntries(state.entries.map(({ id }) => [id, run])),
    problemOnMap: { key, spec: {}, problem, start: [1, 1], wholeLandscape: null, levels: null },
  });
  const known = withKnown(now, "prepared", "", { start: state.start, runs: prepared }, key);
  return createScene()({ state: known, until: Infinity, wall: 1 }).prepared.map(({ index }) => index);
}

test("a run that is set otherwise has its prepared one besides, and where other runs stand there are none", () => {
  assert.deepEqual(drawnBesides(RATES), []);
  assert.deepEqual(drawnBesides([RATES[0], "gd:learning_rate=0.3"]), [1]);
  assert.deepEqual(drawnBesides(["gd:learning_rate=0.3"]), []);
  assert.deepEqual(drawnBesides([...RATES, "adam"]), []);
});
