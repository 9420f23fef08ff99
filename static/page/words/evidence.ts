/** What each kind of evidence says in numbers, and how runs are compared by it. */

import { formatExact } from "../math/format.ts";
import { type Counts, countAt } from "../math/series.ts";
import { arrivalStep, crossingsOf, endLossText } from "../state/evidenceValues.ts";
import type { Evidence, EvidenceOf, Run, Scene } from "../state/types.ts";
import { stepsCount } from "./questions.ts";

/**
 * measure: what is measured; does: the predicate after the run's name; value: the measured value in short; as: the runs
 * with the same end
 */
export type Measure = { measure: string; does: string; value: string; as?: string };

interface EvidenceWords<E extends Evidence> {
  /** @param counts  along the axis of the loss chart; null: steps @returns texts with the numbers that it draws */
  numbers(evidence: E, scene: Scene, counts: Counts[] | null): string[];
  /** @returns what is told of a run whose settings were changed; null: another kind says so */
  measure?(evidence: E, run: Run, index: number, scene: Scene): Measure | null;
}

/** Of each run a step, and how far along the axis that is. */
const stepNumbers = ({ shownRuns }: Scene, counts: Counts[] | null, count: (run: Run) => number | null): string[] =>
  shownRuns.flatMap((run, k) => {
    const step = count(run);
    return step === null ? [] : [String(step), String(countAt(step, counts?.[k]))];
  });

/** @returns what a goal is at, in words: "loss 2" */
export const goalWords = ({ text }: EvidenceOf<"goal">): string => (/^\d/.test(text) ? `loss ${text}` : text);

const goal: EvidenceWords<EvidenceOf<"goal">> = {
  numbers: (goal, scene, counts) => [
    goal.text,
    ...stepNumbers(scene, counts, (run) => (goal.loss === null ? run.length - 1 : arrivalStep(goal, run))),
  ],
  measure(goal, run, index) {
    const { loss, stays, runs } = goal;
    if (runs && !runs.includes(index)) return null;
    const step = arrivalStep(goal, run);
    const value = step === null ? "never" : formatExact(step);
    if (loss === null) {
      const does = `is ${step === null ? "not " : ""}done after ${stepsCount(run.length - 1)}`;
      return { measure: "done after", does, value };
    }
    const at = goalWords(goal);
    const measure = `steps to ${at}`;
    const does =
      step === null
        ? `never ${stays ? "stays below" : "gets to"} ${at}`
        : `${stays ? "stays below" : "is at"} ${at} after ${stepsCount(step)}`;
    return { measure, does, value };
  },
};

const stepsAway: EvidenceWords<EvidenceOf<"away">> = {
  numbers: (evidence, scene, counts) => stepNumbers(scene, counts, (run) => arrivalStep(evidence, run)),
  measure(evidence, run, _, { problem }) {
    const step = arrivalStep(evidence, run);
    const at = `${formatExact(evidence.distance)} from ${problem.parameters[evidence.parameter]} = 0`;
    const measure = `steps to ${at}`;
    return step === null
      ? { measure, does: `is never ${at}`, value: "never" }
      : { measure, does: `is ${at} after ${stepsCount(step)}`, value: formatExact(step) };
  },
};

const ends: EvidenceWords<EvidenceOf<"ends">> = {
  numbers: ({ least }, { shownRuns }) => shownRuns.map((run) => endLossText(run, least)),
  measure({ least }, run) {
    const value = endLossText(run, least);
    const above = least === null ? "" : " above the least loss";
    return { measure: `ends${above}`, does: `ends ${least === null ? "at loss " : ""}${value}${above}`, value };
  },
};

const withText = { numbers: ({ text }: { text: string }) => [text] };
const withTexts = { numbers: ({ texts }: { texts: string[] }) => texts };

const WORDS: { [K in Evidence["kind"]]: EvidenceWords<EvidenceOf<K>> } = {
  goal,
  away: stepsAway,
  ends,
  crossings: {
    numbers: ({ parameter, steps }, { shownRuns }) =>
      shownRuns.map((run) => String(crossingsOf(run, parameter, steps).length)),
  },
  level: withText,
  moment: withText,
  line: withText,
  limit: withText,
  read_off: withTexts,
  rescaled: withTexts,
  left: withTexts,
  step: { numbers: () => [] },
};

export const evidenceWords = (kind: Evidence["kind"]): EvidenceWords<Evidence> => WORDS[kind];
