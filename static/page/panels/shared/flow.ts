/** Going on and back by a clicker, in scenes on a wall and in figures of lessons. */
import type { FramePorts, PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import { explain } from "../../state/explain.ts";
import { ask, beatOf, type Moment, propose, setReveal } from "../../state/reveal.ts";

/** How a figure of a lesson is gone through. */
export interface Pace {
  /** taken one at a time, before the rest is played; where nothing is asked all is shown meanwhile */
  steps: number;
  /** where a network rests within a step, and those after it, one by one; none: it runs */
  substeps: string[];
}

/** What a press of a clicker does. */
type Press = "tell" | "step" | "play" | "end" | { substep: string };

/** @param pace  null: of a scene, whose run is over with one press @returns null: there is nothing to go on to */
export function pressOf(moment: Moment, pace: Pace | null): Press | null {
  const { state, step, playing, longest } = moment;
  const { steps, substeps } = pace ?? { steps: 0, substeps: [] };
  if (substeps.length) {
    if (state.reveal) return "tell";
    const next = substeps[substeps.indexOf(state.explain.substep ?? "") + 1];
    return next ? { substep: next } : null;
  }
  const beat = beatOf(moment);
  const looksOn = steps > 0 && !state.reveal;
  if ((beat === "sentence" && !looksOn) || beat === "change") return null;
  if (playing) return "end";
  if (longest > 0 && step >= longest) return looksOn ? null : "tell";
  if (step < steps) return "step";
  return !pace && step > 0 ? "end" : "play";
}

/**
 * Goes on: plays the runs, shows their end, tells the answer; within a step of a network, goes to the next substep.
 * @returns whether there was something to go on to
 */
export function goOn(
  { act, frame, play, pause, player, seek }: StatePorts & PlaybackPorts & FramePorts,
  pace: Pace | null = null,
): boolean {
  const press = pressOf(frame(), pace);
  if (press === "tell") act(setReveal, false);
  else if (press === "step") seek(Math.floor(player.step()) + 1);
  else if (press === "end") seek(Infinity);
  else if (press === "play") play();
  else if (press) {
    pause();
    act(explain, press);
  }
  return press !== null;
}

/** Goes back to the substep, the step or the beat before. @returns whether there was one */
export function goBack(
  { act, store, frame, seek }: StatePorts & PlaybackPorts & FramePorts,
  pace: Pace | null = null,
): boolean {
  const { steps, substeps } = pace ?? { steps: 0, substeps: [] };
  const moment = frame();
  const [beat, substep] = [beatOf(moment), substeps.indexOf(store.get().explain.substep ?? "")];
  if (beat === "change") act(propose, false);
  else if (substep > 0) act(explain, { substep: substeps[substep - 1] });
  else if (beat === "sentence" && !(steps > 0 && !moment.state.reveal)) {
    act(ask);
    if (!substeps.length) seek(Infinity);
  } else if (moment.step > 0 && !substeps.length) seek(Math.min(steps, Math.ceil(moment.step) - 1));
  else return false;
  return true;
}
