/** How a clicker goes through a figure of a lesson. */
import { beatOf, type Moment } from "../state/reveal.ts";

/** How a figure of a lesson is gone through. */
export interface Pace {
  /** taken one at a time, before the rest is played */
  steps: number;
  /** where a network rests within a step, and those after it, one by one; none: it runs */
  substeps: string[];
}

/** What a press of a clicker does. */
export type Press = "tell" | "step" | "play" | "end" | { substep: string };

/** @returns null: there is nothing left in the figure to go on to */
export function pressOf(moment: Moment, { steps, substeps }: Pace): Press | null {
  const { state, step, playing, longest } = moment;
  if (substeps.length) {
    if (state.reveal) return "tell";
    const next = substeps[substeps.indexOf(state.explain.substep ?? "") + 1];
    return next ? { substep: next } : null;
  }
  if (beatOf(moment) === "sentence") return null;
  if (playing) return "end";
  if (longest > 0 && step >= longest) return state.ownPreset && "tell";
  return step < steps ? "step" : "play";
}
