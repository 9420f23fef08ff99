/** A question before the runs play, in scenes and in lessons. */
import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/wordButton.ts";
import type { PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Guess, Scene } from "../../state/types.ts";
import { answerWords } from "../../words/guess.ts";
import { guessing } from "./guessing.ts";

export const runNames = ({ wholeRuns }: Scene): string[] => wholeRuns.map(({ name }) => name);

export function createAsking({ act, turn }: StatePorts & PlaybackPorts) {
  return {
    /**
     * The controls that answer the question, and the button that plays the runs.
     * @param word  on the button once it is
     * @param go  what this does
     */
    hand: (guess: Guess | null | undefined, frame: Frame, word: string, go: () => void = () => turn("run")) =>
      html`${guess ? guessing(guess, frame, act) : nothing}<p class="beat-on wraps">${
        frame.state.answer === null
          ? wordButton("Show me without a guess", go, "quiet underlined")
          : wordButton(word, go, "button strong")
      }</p>`,
    /** @returns what was answered, until it is known whether that is right; empty where nothing was */
    answered: (guess: Guess | null | undefined, { state: { answer }, scene }: Frame) =>
      guess && answer !== null ? answerWords(guess, answer, runNames(scene)) : "",
  };
}
