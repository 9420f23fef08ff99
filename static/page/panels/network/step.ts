/** Finds the step of a network that a frame shows. */

import type { Frame } from "../../figure/part.ts";
import { memo } from "../../memo.ts";
import { labelOf } from "../../state/catalog.ts";
import type { Substep } from "../../state/networkStep.ts";
import { type Backward, currentSubstep, type NetworkStep, networkStepOf } from "../../state/networkStep.ts";
import { isPlainStep } from "../../state/phases.ts";
import type { NetworkProblem, Run, State, Wire } from "../../state/types.ts";
import type { StepOptimizer } from "../../words/networkWords.ts";
import { filledValue } from "../../words/stepLines.ts";

export interface ShownStep {
  network: NetworkProblem;
  run: Run;
  /** of the run */
  index: number;
  /** null: the whole step, as always while it plays */
  substep: Substep | null;
  step: NetworkStep;
}

/**
 * The step that a frame shows; while a control is held, and the parameters of the run have not come, the last one.
 * @param placeOf  the playhead, or where it stands for who reads numbers
 */
export function createShownStep<F extends Frame>(placeOf: (frame: F) => number): (frame: F) => ShownStep | null {
  const stepAt = memo(networkStepOf);
  let last: ShownStep | null = null;
  return (frame) => {
    const { state, scene, chosen: index, playing } = frame;
    const { network } = scene.problem;
    const run = index === null ? null : scene.wholeRuns[index];
    if (!network || !run || index === null) return null;
    const substep = playing ? null : currentSubstep(network, state.explain);
    // Substeps belong to a step that is taken: at the end of the run to the last one.
    const row = Math.max(0, Math.min(placeOf(frame), run.length - (substep ? 2 : 1)));
    const step = stepAt(network, run, row, state.explain.sample);
    if (step) last = { network, run, index, substep, step };
    return last?.network === network ? last : null;
  };
}

/** @returns of whose weights the network is made, where several runs train one; else empty */
export const weightsOwner = ({ scene: { shownRuns } }: Frame, { run }: Pick<ShownStep, "run">): string =>
  shownRuns.filter(({ hidden }) => !hidden).length > 1 ? run.short : "";

/** @returns the label of the optimizer, and its rate if a step is the rate times the gradient, else null */
export const stepOptimizerOf = (
  { catalog, entries }: State,
  index: number,
  { lines, rate }: Wire["Step"],
): StepOptimizer => ({
  label: labelOf(catalog, entries[index]?.optimizer ?? {}),
  rate: lines.length === 1 && isPlainStep(lines[0].formula) ? rate.value : null,
});

/** @returns the derivatives of the sample whose working was requested */
export function backwardOf({ backward }: Wire["Step"]): Backward {
  const layers = (backward ?? []).toReversed();
  const read = (formulaOf: (delta: Wire["Delta"]) => Wire["Evaluation"]) => [
    [],
    ...layers.map(({ delta }) => delta.map((neuronDelta) => filledValue(formulaOf(neuronDelta)))),
  ];
  return {
    local: read((delta) => delta.local_derivative),
    above: read((delta) => delta.from_above),
    delta: read((delta) => delta),
  };
}
