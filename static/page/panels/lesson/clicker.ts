/** A figure of a lesson gone through press by press, for who stands at the wall. */

import type { OwnFigure } from "../../figure/figure.ts";
import { explain } from "../../state/explain.ts";
import { type Pace, pressOf, setReveal } from "../../state/reveal.ts";

/**
 * From the question to the run, to what is right; within a step, from one substep to the next.
 * @returns whether there was something to go on to
 */
export function goOn({ act, frame, play, pause, player, seek }: OwnFigure, pace: Pace): boolean {
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

/** To the substep before. @returns whether there was one */
export function goBack({ act, store }: OwnFigure, { substeps }: Pace): boolean {
  const at = substeps.indexOf(store.get().explain.substep ?? "");
  if (at > 0) act(explain, { substep: substeps[at - 1] });
  return at > 0;
}
