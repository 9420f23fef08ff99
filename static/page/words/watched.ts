/** Says while the runs of a preset play how far they have come in what its question asks. */

import { formatExact, formatMeasured, formatPlace } from "../math/format.ts";
import { capitalized } from "../math/text.ts";
import { parametersAt } from "../state/columns.ts";
import { type Aim, arrivalStep } from "../state/evidenceValues.ts";
import { standings } from "../state/standings.ts";
import type { Evidence, Guess, Run, Scene } from "../state/types.ts";
import { goalWords } from "./evidence.ts";
import { stepsCount } from "./questions.ts";

/** A place of more numbers is not said. */
const NAMED = 2;

const isAim = (evidence: Evidence): evidence is Aim => evidence.kind === "goal" || evidence.kind === "away";

/** What a run has done that came there at a step. */
function arrivedWords(aim: Aim, step: number): string {
  if (aim.kind === "away") return `has left after ${stepsCount(step)}`;
  if (aim.loss === null) return `is done after ${stepsCount(step)}`;
  const at = goalWords(aim);
  return aim.stays ? `has been below ${at} since step ${formatExact(step)}` : `is at ${at} after ${stepsCount(step)}`;
}

/** Which have come there, in order; empty: none has. */
function arrivalWords(aim: Aim, runs: Run[]): string {
  const arrived = runs
    .flatMap((run) => {
      const step = run.hidden || run.end?.stop_reason === "diverged" ? null : arrivalStep(aim, run);
      return step === null ? [] : [{ short: run.short, step }];
    })
    .sort((a, b) => a.step - b.step);
  if (!arrived.length) return "";
  const [first, ...others] = arrived;
  const then = others.map(({ short, step }) => `${short}, ${formatExact(step)}`).join("; ");
  return `${capitalized(first.short)} ${arrivedWords(aim, first.step)}.${then && ` Then ${then}.`}`;
}

/** Where a run is. */
function placeWords({ short, columns, length }: Run, step: number): string {
  const row = Math.min(Math.floor(step), length - 1);
  const place = parametersAt(columns, row);
  const loss = formatMeasured(columns.loss[row]);
  return place.length > NAMED
    ? `${capitalized(short)} has the loss ${loss}.`
    : `${capitalized(short)} is at ${formatPlace(place)}, where the loss is ${loss}.`;
}

/** Which run is lowest, and how far it is from the next. */
function lowestWords({ shownRuns, problem }: Scene, step: number): string {
  const [first, second] = standings(shownRuns, problem, step).filter(({ loss }) => Number.isFinite(loss));
  if (!first) return "";
  const nameOf = ({ index }: { index: number }) => shownRuns[index].short;
  const then = second ? `; then ${nameOf(second)}, ${formatMeasured(second.loss)}` : "";
  return `Lowest now: ${nameOf(first)}, loss ${formatMeasured(first.loss)}${then}.`;
}

/**
 * @param step  of the playhead
 * @returns a sentence; empty before the first step
 */
export function watchedWords(guess: Guess, scene: Scene, step: number): string {
  const { shownRuns, wholeEvidence } = scene;
  const run = "run" in guess ? guess.run : null;
  const askedRun = shownRuns.length === 1 ? shownRuns[0] : shownRuns[run ?? -1];
  if (step < 1 || shownRuns.every(({ length }) => length < 2)) return "";
  const counts = guess.kind === "step" || (guess.kind === "run" && guess.unit === "steps");
  const aim = counts ? wholeEvidence.find(isAim) : undefined;
  const arrived = aim ? arrivalWords(aim, askedRun ? [askedRun] : shownRuns) : "";
  if (arrived) return arrived;
  return askedRun?.length ? placeWords(askedRun, step) : lowestWords(scene, step);
}
