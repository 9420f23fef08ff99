/** The state of a run at the playhead, and why it ends. A run stops; the words never say that it converges. */

import { formatExact, formatMeasured } from "../math/format.ts";
import { countInWords } from "../math/text.ts";
import { isLossRising } from "../state/columns.ts";
import { type Progress, progressAt } from "../state/standings.ts";
import type { End, Problem, Run, StopSpec } from "../state/types.ts";
import { undefinedWords } from "./divergence.ts";
import { arrivalOf, endPointWords, excessWords } from "./endPoint.ts";

/** A gradient above this is mentioned when a run stops. */
const STEEP = 0.1;

const steps = (count: number) => countInWords(count, "step", formatExact);

/** @returns the norm of the last gradient used */
function lastGradient({ columns, length }: Run): number | null {
  if (!columns.gradient || length < 2) return null;
  return Math.hypot(...columns.gradient.map((column) => column[length - 2]));
}

/** @returns whether the last step changed any parameter */
function moved({ columns: { parameters }, length }: Run): boolean {
  return length < 2 || parameters.some((column) => column[length - 1] !== column[length - 2]);
}

/** @returns the norm of a large gradient at which it stopped, in words */
function gradientLeft(run: Run): string {
  const gradient = lastGradient(run);
  return gradient !== null && gradient >= STEEP ? `; the gradient is still ${formatMeasured(gradient, 2)}` : "";
}

function growth({ columns: { loss }, length }: Run): string {
  return `growing: its loss is ${formatMeasured(loss[length - 1])}, at the start it was ${formatMeasured(loss[0])}`;
}

/** @returns how the run can still end */
function prospect(run: Run, stop: StopSpec): string {
  const { stop_reason: reason, n_steps, diverged_at } = run.end as End;
  if (undefinedWords(run.end)) return `will end at step ${formatExact(n_steps + 1)}, where ${undefinedWords(run.end)}`;
  if (reason === "diverged") return `will diverge at step ${formatExact(diverged_at ?? n_steps + 1)}`;
  if (reason === "max_steps")
    return `will ${isLossRising(run) ? "still be growing after" : "go on to its limit of"} ${steps(n_steps)}`;
  const why =
    reason === "target_loss"
      ? `the loss reaches ${formatExact(stop.target_loss ?? 0)}`
      : reason === "method_done"
        ? "it has no further step to take"
        : `every step is below ${formatExact(stop.min_step_size ?? 0)}`;
  return `stops after ${steps(n_steps)}: ${why}`;
}

/** @returns whether it was at rest at its limit of steps; empty at a stationary point, which is named already */
function unrest(run: Run, problem: Problem): string {
  if (!run.columns.parameters.length) return "";
  if (!moved(run)) return ", and the last moved nothing";
  const arrival = arrivalOf(run, problem);
  return arrival && arrival.kind !== "none" ? "" : ", still moving";
}

/** @returns why it ended */
function cause(run: Run, stop: StopSpec, problem: Problem): string {
  const { stop_reason: reason, n_steps, diverged_at } = run.end as End;
  if (undefinedWords(run.end)) return `ended at step ${formatExact(n_steps + 1)}: there ${undefinedWords(run.end)}`;
  if (reason === "diverged") return `diverged at step ${formatExact(diverged_at ?? n_steps + 1)}`;
  if (isLossRising(run)) return growth(run);
  if (reason === "max_steps") return `ended at its limit of ${steps(n_steps)}${unrest(run, problem)}`;
  if (reason === "target_loss") return `reached loss ${formatExact(stop.target_loss ?? 0)} after ${steps(n_steps)}`;
  if (reason === "method_done") return `${steps(n_steps)}, no further step to take${gradientLeft(run)}`;
  const below = `${n_steps === 1 ? "already" : "the last"} below ${formatExact(stop.min_step_size ?? 0)}`;
  return `${steps(n_steps)}, ${below}${gradientLeft(run)}`;
}

/** Whether it arrived at a minimum, in a word or two. */
function verdict(run: Run, problem: Problem, progress: Progress): string {
  if (progress !== "stopped" && progress !== "spent") return "";
  const arrival = arrivalOf(run, problem);
  const reason = run.end?.stop_reason;
  if (!arrival) return reason === "min_step_size" ? "stopped" : "";
  if (arrival.kind !== "none") return endPointWords(arrival, problem.minima);
  if (reason === "target_loss") return "";
  return [reason === "min_step_size" ? "stopped short" : "not at a minimum", excessWords(arrival, "the least")]
    .filter(Boolean)
    .join(", ");
}

export interface Outcome {
  /** whether it arrived at a minimum; empty while it runs, and where that is not known */
  verdict: string;
  why: string;
}

/**
 * @param step  the playhead
 * @returns without capitals and full stops, to stand below the name of the run
 */
export function outcomeOf(run: Run, stop: StopSpec, step: number, problem: Problem): Outcome {
  const walking = (why: string) => ({ verdict: "", why });
  if (run.length === 0) return walking("on its way");
  if (!run.end) return walking(`received up to step ${formatExact(run.length - 1)}`);
  const progress = progressAt(run, step);
  return progress === "walking"
    ? walking(prospect(run, stop))
    : { verdict: verdict(run, problem, progress), why: cause(run, stop, problem) };
}
