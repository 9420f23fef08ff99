/** The evidence of a preset that still holds for the runs as they are now, and the steps that it counts. */

import { sameValue } from "../math/values.ts";
import { presetInPlace, presetOf } from "./exercise.ts";
import { addressOfPreset } from "./preset.ts";
import { specOf } from "./state.ts";
import type { EnlargedStep, Evidence, EvidenceOf, Run, State } from "./types.ts";

const NONE: Evidence[] = [];

/**
 * Goals, ends and distances hold for any runs. Evidence of one run holds only while that run and the start are as they
 * were prepared, a limit of its rate at any rate. Evidence of the proposed change holds once that change is made.
 */
export function evidenceOf(state: State): Evidence[] {
  const preset = presetInPlace(state);
  if (!preset?.evidence) return NONE;
  const [prepared, current] = [addressOfPreset(preset, false).spec, specOf(state)];
  const begun = (["start", "problem", "seed"] as const).every((name) => sameValue(prepared[name], current[name]));
  const stands = (run: number) => begun && sameValue(prepared.optimizers[run], current.optimizers[run]);
  const isSameRule = (run: number) => {
    const rate = current.optimizers[run]?.learning_rate;
    return sameValue({ ...prepared.optimizers[run], learning_rate: rate }, current.optimizers[run]);
  };
  const still = preset.evidence.filter((item) => {
    if (!("run" in item)) return true;
    if (item.run === null) return begun;
    return "rate" in item ? begun && isSameRule(item.run) : stands(item.run);
  });
  return presetOf(state, "changed") ? [...still, ...(preset.changed_evidence ?? [])] : still;
}

/** @returns the step at which the loss is there for the first time, or from which on it stays; null: never */
export function stepsTo({ columns, length }: Run, goal: number, stays: boolean): number | null {
  const losses = columns.loss.subarray(0, length);
  const row = stays ? losses.findLastIndex((loss) => !(loss <= goal)) + 1 : losses.findIndex((loss) => loss <= goal);
  return row < 0 || row === length ? null : row;
}

/** @returns whether evidence is a step, which is drawn from where it begins */
export const isEnlarged = (evidence: Evidence): evidence is EnlargedStep => "step" in evidence && "at" in evidence;

/** @returns a rate of a run beyond which it does not come to rest */
export const limitOf = (evidence: Evidence[], run: number): EvidenceOf<"limit"> | undefined =>
  evidence.find((item): item is EvidenceOf<"limit"> => item.kind === "limit" && item.run === run);

/** @returns the loss that all runs are to come to; undefined: none is told of */
export const goalOf = (evidence: Evidence[]): (EvidenceOf<"goal"> & { loss: number }) | undefined =>
  evidence.find(
    (item): item is EvidenceOf<"goal"> & { loss: number } => item.kind === "goal" && item.loss !== null && !item.runs,
  );
