/** A question before the runs play, in scenes and in lessons. */
import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/choice.ts";
import type { PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Guess } from "../../state/types.ts";
import { guessing } from "./guessing.ts";

/** @returns the controls that answer a question, and the button that plays the runs */
export const createAsking =
  ({ act, turn }: StatePorts & PlaybackPorts) =>
  /** @param word  on the button once it is answered @param unanswered  until then @param go  what this does */
  (
    guess: Guess | null | undefined,
    frame: Frame,
    word: string,
    go: () => void = () => turn("run"),
    unanswered = "Show me without a guess",
  ) =>
    html`${guess ? guessing(guess, frame, act) : nothing}<p class="beat-on wraps">${
      frame.state.exercise.answer === null
        ? wordButton(unanswered, go, "button")
        : wordButton(word, go, "button strong")
    }</p>`;
