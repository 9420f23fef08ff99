import assert from "node:assert/strict";
import { test } from "node:test";
import { setValue } from "../../../static/page/state/actions.ts";
import { evidenceOf } from "../../../static/page/state/evidence.ts";
import {
  crossingsOf,
  endLossText,
  firstStepBeyond,
  leastLossOf,
  lowestLossOfInterest,
  stepReaching,
} from "../../../static/page/state/evidenceValues.ts";
import { addressOfPreset, withPreset } from "../../../static/page/state/preset.ts";
import { emptyState, withAddress } from "../../../static/page/state/state.ts";
import type { State } from "../../../static/page/state/types.ts";
import { partOf } from "../part.ts";

/** Longer than what is filled, as columns are while rows come. */
const run = (loss: number[], parameters: number[][] = []) =>
  ({
    length: loss.length,
    columns: { loss: Float64Array.from([...loss, 0, 0]), parameters: parameters.map((all) => Float64Array.from(all)) },
  }) as any;

const goal = (loss: number | null) => ({ kind: "goal", loss, stays: false, text: "", runs: null }) as const;

test("steps to a loss are those until it is there first, or those from which on it stays", () => {
  const swings = run([8, 1, 4, 2, 1]);
  assert.equal(stepReaching(swings, 2, false), 1);
  assert.equal(stepReaching(swings, 2, true), 3);
  assert.equal(stepReaching(run([1, 1]), 2, true), 0);
});

test("a run that never gets to a loss, or does not stay, has no step", () => {
  assert.equal(stepReaching(run([8, 4, 3]), 2, false), null);
  assert.equal(stepReaching(run([8, 1, 3]), 2, true), null);
});

test("what was worked out of a run stands while its values are those prepared, in whatever order they were set", () => {
  const moment = { kind: "moment", run: 0, step: 3, loss: 1, text: "" };
  const preset = {
    name: "one",
    query: "surface=bowl&start=1,1&optimizer=momentum:learning_rate=0.2,beta=0.9",
    evidence: [moment],
  };
  const empty = partOf<State>({ ...emptyState(), catalog: { optimizers: [], presets: [preset] } });
  const state = withPreset(withAddress(empty, addressOfPreset(preset as any, false)));
  assert.deepEqual(evidenceOf(state), [moment]);
  const [{ id }] = state.entries;
  const other = setValue(state, id, "learning_rate", 0.3, false);
  assert.deepEqual(evidenceOf(other), []);
  assert.deepEqual(evidenceOf(setValue(other, id, "learning_rate", 0.2, false)), [moment]);
});

test("a limit of a rate holds at any rate, and not once another value of its rule is set", () => {
  const limit = { kind: "limit", run: 0, rate: 0.38, text: "" };
  const query = "surface=bowl&start=1,1&optimizer=momentum:learning_rate=0.2,beta=0.9";
  const preset = { name: "one", query, evidence: [limit] };
  const empty = partOf<State>({ ...emptyState(), catalog: { optimizers: [], presets: [preset] } });
  const state = withPreset(withAddress(empty, addressOfPreset(preset as any, false)));
  const [{ id }] = state.entries;
  assert.deepEqual(evidenceOf(setValue(state, id, "learning_rate", 0.3, false)), [limit]);
  assert.deepEqual(evidenceOf(setValue(state, id, "beta", 0.5, false)), []);
});

test("what explains a step of one run stands while no other run is changed", () => {
  const step = { kind: "step", run: 0, step: 3, at: [1, 1], text: "" };
  const arrow = { kind: "line", shape: "arrow", run: 0, points: [], text: "" };
  const moment = { kind: "moment", run: 0, step: 3, loss: 1, text: "" };
  const query = "surface=bowl&start=1,1&optimizer=momentum:learning_rate=0.2&optimizer=gd:learning_rate=0.1";
  const preset = { name: "one", query, evidence: [step, arrow, moment] };
  const empty = partOf<State>({ ...emptyState(), catalog: { optimizers: [], presets: [preset] } });
  const state = withPreset(withAddress(empty, addressOfPreset(preset as any, false)));
  assert.deepEqual(evidenceOf(state), [step, arrow, moment]);
  const [, { id }] = state.entries;
  assert.deepEqual(evidenceOf(setValue(state, id, "learning_rate", 0.3, false)), [moment]);
});

test("a parameter is away at the first row further from 0 on either side", () => {
  assert.equal(
    firstStepBeyond(
      run(
        [1, 1, 1],
        [
          [0, 0, 0],
          [0.1, -0.5, -0.6],
        ],
      ),
      1,
      0.5,
    ),
    2,
  );
  assert.equal(firstStepBeyond(run([1, 1], [[0, 0.5]]), 0, 0.5), null);
});

test("a chart goes two decades below its lowest goal, and down to any loss where there is none", () => {
  assert.equal(lowestLossOfInterest([goal(0.9), goal(0.001), goal(null)], 0), 1e-5);
  assert.equal(lowestLossOfInterest([goal(1.5)], 1), 0.005);
  assert.equal(lowestLossOfInterest([goal(null)], 0), 0);
});

test("losses are told as shares above the least where evidence has it", () => {
  assert.equal(leastLossOf([goal(1), { kind: "ends", least: 0.06 }]), 0.06);
  assert.equal(leastLossOf([{ kind: "ends", least: null }]), null);
  assert.equal(leastLossOf([goal(1)]), null);
});

test("what the change of a preset leads to is marked once that change is made, and no other", () => {
  const after = { kind: "moment", run: 0, step: 3, loss: 1, text: "" };
  const preset = {
    name: "one",
    query: "surface=bowl&start=1,1&optimizer=gd:learning_rate=0.2",
    change: { do: "", then: "", control: { run: 0, param: "learning_rate", value: 0.5 } },
    evidence: [goal(1)],
    changed_evidence: [after],
  };
  const empty = partOf<State>({ ...emptyState(), catalog: { optimizers: [], presets: [preset] } });
  const state = withPreset(withAddress(empty, addressOfPreset(preset as any, false)));
  const [{ id }] = state.entries;
  const evidenceAt = (rate: number) => evidenceOf(withPreset(setValue(state, id, "learning_rate", rate, false)));
  assert.deepEqual([0.5, 0.2, 0.3].map(evidenceAt), [[goal(1), after], [goal(1)], [goal(1)]]);
});

test("a parameter crosses between two rows of which one is below 0 and one above", () => {
  const swings = run([1, 1, 1, 1, 1], [[2, -1, -0.5, 0.25, -0.1]]);
  assert.deepEqual(crossingsOf(swings, 0, 100), [0, 2, 3]);
  assert.deepEqual(crossingsOf(swings, 0, 3), [0, 2]);
  assert.deepEqual(crossingsOf(run([1, 1], [[0, 1]]), 0, 9), []);
  assert.deepEqual(crossingsOf(run([]), 0, 9), [], "no row has come");
  assert.equal(firstStepBeyond(run([]), 1, 0.5), null);
});

test("how far a run ends above the least is told in whole per cent, or by two digits", () => {
  const ended = (loss: number) => endLossText({ ...run([8, loss]), end: { stop_reason: "max_steps" } }, 2);
  assert.deepEqual([2.02, 2.5, 47.38, 2.2e16].map(ended), ["1 %", "25 %", "2,269 %", "1.1×10¹⁸ %"]);
});
