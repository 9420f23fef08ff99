/** The evidence of a preset that still holds for the runs as they are now, and the steps and values that it tells. */

import { formatExact, formatGrouped } from "../math/format.ts";
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

/** @returns a parameter at each row; empty until a row has come */
const valuesOf = ({ columns, length }: Run, parameter: number): Float64Array =>
  columns.parameters[parameter]?.subarray(0, length) ?? new Float64Array(0);

/** @returns the first step at which a parameter is further from 0; null: none is */
export function firstAway(run: Run, parameter: number, distance: number): number | null {
  const row = valuesOf(run, parameter).findIndex((value) => Math.abs(value) > distance);
  return row < 0 ? null : row;
}

/** @returns of each time that a parameter passes 0 the row before, over the first steps */
export function crossingsOf(run: Run, parameter: number, steps: number): number[] {
  const values = valuesOf(run, parameter).subarray(0, steps + 1);
  return Array.from(values.keys()).filter((row) => row + 1 < values.length && values[row] * values[row + 1] < 0);
}

/** @param selected  index of a run @returns whether evidence is not drawn, as its run is not selected */
export const awaitsSelection = (evidence: Evidence, selected: number | null): boolean =>
  "on_selection" in evidence && evidence.on_selection && evidence.run !== selected;

/** Shares of so many per cent and more are told by two digits. */
const MOST = 1e6;

/** @returns the loss at the end of a run, or by how much that is above the least; empty until then, or diverged */
export function endShare({ columns: { loss }, length, end }: Run, least: number | null): string {
  if (!end || end.stop_reason === "diverged") return "";
  const last = loss[length - 1];
  if (least === null) return formatExact(last, 2);
  const share = 100 * (last / least - 1);
  return `${share >= 10 && share < MOST ? formatGrouped(Math.round(share)) : formatExact(share, 2)} %`;
}

/** A chart goes this many times below its lowest goal, and below the level about which noise keeps a run. */
const BELOW: { [K in Evidence["kind"]]?: number } = { goal: 100, level: 10 };

/** @returns the least loss that is of interest, above a base; 0: any */
export function floorOf(evidence: Evidence[], base: number): number {
  const losses = evidence.flatMap((item) => {
    const below = BELOW[item.kind];
    return below && "loss" in item && item.loss !== null ? [(item.loss - base) / below] : [];
  });
  return losses.length ? Math.min(...losses) : 0;
}

/** @returns the least loss, where shares above it are told; null: losses are */
export function leastOf(evidence: Evidence[]): number | null {
  for (const item of evidence) if ("least" in item) return item.least;
  return null;
}
