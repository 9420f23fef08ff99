/** The controls below an open question, in presets and in lessons. */
import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/choice.ts";
import type { PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Guess } from "../../state/types.ts";
import { guessControls } from "./guessing.ts";

/** @returns the controls that answer a question, and the button that plays the runs */
export const createQuestionControls =
  ({ act, turn }: StatePorts & PlaybackPorts) =>
  /** @param show  shows the right answer at once, if nothing is to be played */
  (guess: Guess | null | undefined, frame: Frame, show?: () => void) => {
    const isAnswered = frame.state.exercise.answer !== null;
    // On a wall a presenter goes on for a class, which guesses aloud.
    const run = isAnswered ? "Run" : frame.scene.projector ? "Next: run" : "Run without a guess";
    const strong = isAnswered ? " strong" : "";
    return html`${guess ? guessControls(guess, frame, act) : nothing}<p class="beat-on wraps">${wordButton(
      show ? "Show what is right" : run,
      show ?? (() => turn("run")),
      `button${strong}`,
    )}</p>`;
  };
