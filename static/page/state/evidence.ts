/** Selects the evidence of a preset that holds for the present runs. */

import { sameValue } from "../math/values.ts";
import { presetOfLandscape, presetWithStatus } from "./exercise.ts";
import { addressOfPreset } from "./preset.ts";
import { specOf } from "./state.ts";
import type { EnlargedStep, Evidence, EvidenceOf, State } from "./types.ts";

const NONE: Evidence[] = [];

/**
 * Goals, ends and distances hold for any runs. Evidence of one run holds only while that run and the start are as
 * prepared; a limit of its learning rate holds at any rate. What explains a step holds while no run is changed: it
 * would explain another run than the one that is spoken of. Evidence of the proposed change holds once it is made.
 */
export function evidenceOf(state: State): Evidence[] {
  const preset = presetOfLandscape(state);
  if (!preset?.evidence) return NONE;
  const [prepared, current] = [addressOfPreset(preset, false).spec, specOf(state)];
  const begun = (["start", "problem", "seed"] as const).every((name) => sameValue(prepared[name], current[name]));
  const stands = (run: number) => begun && sameValue(prepared.optimizers[run], current.optimizers[run]);
  const isChanged = prepared.optimizers.some((_, run) => !stands(run));
  const isSameRule = (run: number) => {
    const rate = current.optimizers[run]?.learning_rate;
    return sameValue({ ...prepared.optimizers[run], learning_rate: rate }, current.optimizers[run]);
  };
  const still = preset.evidence.filter((item) => {
    if (!("run" in item)) return true;
    if (item.run === null) return begun;
    if (explainsStep(item)) return !isChanged;
    return "rate" in item ? begun && isSameRule(item.run) : stands(item.run);
  });
  return presetWithStatus(state, "changed") ? [...still, ...(preset.changed_evidence ?? [])] : still;
}

/** Whether it is enlarged, or an arrow or the tangent on a curve. */
const explainsStep = (item: Evidence) =>
  isEnlargedStep(item) || (item.kind === "line" && (item.shape === "arrow" || item.shape === "plain"));

/** @returns whether evidence is a step that an inset of the map enlarges */
export const isEnlargedStep = (evidence: Evidence): evidence is EnlargedStep => "step" in evidence && "at" in evidence;

/** @returns the declared learning rate of a run beyond which it fails */
export const limitOf = (evidence: Evidence[], run: number): EvidenceOf<"limit"> | undefined =>
  evidence.find((item): item is EvidenceOf<"limit"> => item.kind === "limit" && item.run === run);

/** @returns the loss that all runs are to reach; undefined: the preset declares none */
export const goalOf = (evidence: Evidence[]): (EvidenceOf<"goal"> & { loss: number }) | undefined =>
  evidence.find(
    (item): item is EvidenceOf<"goal"> & { loss: number } => item.kind === "goal" && item.loss !== null && !item.runs,
  );
