/** The step of the network that a figure shows, from its frame. */

import type { Frame } from "../../figure/part.ts";
import { memo } from "../../reads.ts";
import { hyperparameterOf, labelOf } from "../../state/catalog.ts";
import type { NetworkStep } from "../../state/networkStep.ts";
import { createNetworkStep, gradientOfStep, substepShown } from "../../state/networkStep.ts";
import { ruleOf } from "../../state/rules.ts";
import type { Substep } from "../../state/substep.ts";
import type { NetworkProblem, Run, State } from "../../state/types.ts";
import type { Stepping } from "../../words/networkWords.ts";
import { chosenRun } from "../shared/chosenRun.ts";

export interface ShownStep {
  network: NetworkProblem;
  run: Run;
  /** of the run */
  index: number;
  /** null: the whole step, as always while it plays */
  substep: Substep | null;
  step: NetworkStep;
}

/** What a plain gradient step is written as. */
const PLAIN = "w=w-lr*g";
/** As far as rounding may take a step from the rate times the gradient, of the parameter and of 1. */
const ROUNDED = 1e-9;

/** @param placeOf  the playhead, or where it stands for who reads numbers */
export function createShownStep(placeOf: (frame: Frame) => number): (frame: Frame) => ShownStep | null {
  const stepAt = createNetworkStep();
  return (frame) => {
    const { state, scene, playing } = frame;
    const { network } = scene.problem;
    const index = chosenRun(scene);
    const run = index === null ? null : scene.wholeRuns[index];
    if (!network || !run || index === null) return null;
    const substep = playing ? null : substepShown(network, state.explain);
    // A substep is of a step that is taken: where the run has ended, of the last one.
    const row = Math.max(0, Math.min(placeOf(frame), run.length - (substep ? 2 : 1)));
    const step = stepAt({ network, run, row, wanted: state.explain.sample });
    return step && { network, run, index, substep, step };
  };
}

/** What takes the step, and its rate where what it takes away is the rate times the gradient. */
export const createStepping = () =>
  memo(
    ({
      state: { catalog, entries },
      step,
      index,
    }: {
      state: State;
      step: NetworkStep;
      index: number;
    }): Stepping & { gradient: Float64Array } => {
      const optimizer = entries[index]?.optimizer ?? {};
      const gradient = gradientOfStep(step);
      const rate = hyperparameterOf(catalog, optimizer, "learning_rate");
      const { w, after } = step;
      const plain =
        ruleOf(catalog, optimizer).replace(/\s/g, "") === PLAIN &&
        rate !== null &&
        after !== null &&
        w.every((before, k) => Math.abs(before - rate * gradient[k] - after[k]) <= ROUNDED * (1 + Math.abs(before)));
      return { label: labelOf(catalog, optimizer), rate: plain ? rate : null, gradient };
    },
    "state",
  );
