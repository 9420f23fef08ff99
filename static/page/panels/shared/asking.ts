/** A question before the runs play, and the verdict on its answer, in scenes and in lessons. */
import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/wordButton.ts";
import type { PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { ask } from "../../state/reveal.ts";
import type { Guess } from "../../state/types.ts";
import { answerWords, rightWords, verdictOf } from "../../words/guess.ts";
import { guessing } from "./guessing.ts";

export function createAsking({ act, play, seek }: StatePorts & PlaybackPorts) {
  /** Plays the runs; rows ahead of the playhead stay hidden. */
  function start() {
    act(ask);
    play(0);
  }

  function guessAgain() {
    act(ask);
    seek(0);
  }

  const namesOf = ({ scene: { wholeRuns } }: Frame) => wholeRuns.map(({ name }) => name);

  /** Nothing where nothing was answered. */
  const ifAnswered = (words: typeof verdictOf) => (guess: Guess | null | undefined, frame: Frame) =>
    guess && frame.state.answer !== null ? words(guess, frame.state.answer, namesOf(frame)) : "";

  return {
    start,
    guessAgain,
    /**
     * The controls that answer the question, and the button that plays the runs.
     * @param word  on the button once it is
     * @param go  what this does
     */
    hand: (guess: Guess | null | undefined, frame: Frame, word: string, go = start) =>
      html`${guess ? guessing(guess, frame, act) : nothing}<p class="beat-on wraps">${
        frame.state.answer === null
          ? wordButton("Show me without a guess", go, "quiet underlined")
          : wordButton(word, go, "button strong")
      }</p>`,
    /** @returns what was answered, until it is known whether that is right */
    answered: ifAnswered(answerWords),
    /** @returns how far off it was */
    verdict: ifAnswered(verdictOf),
    /** @returns what is right */
    right: (guess: Guess, frame: Frame): string => rightWords(guess, namesOf(frame)),
  };
}
