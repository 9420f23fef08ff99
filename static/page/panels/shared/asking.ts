/** What is asked before runs set off, and what is said of the answer: in scenes and in figures of lessons alike. */
import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/wordButton.ts";
import type { PlaybackPorts, StatePorts } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { ask } from "../../state/reveal.ts";
import type { Guess } from "../../state/types.ts";
import { answerWords, rightWords, verdictOf } from "../../words/guess.ts";
import { guessing } from "./guessing.ts";

export function createAsking({ act, play, seek }: StatePorts & PlaybackPorts) {
  /** They set off, and what lies ahead stays hidden. */
  function start() {
    act(ask);
    play(0);
  }

  function again() {
    act(ask);
    seek(0);
  }

  const namesOf = ({ scene: { wholeRuns } }: Frame) => wholeRuns.map(({ name }) => name);

  /** Nothing where nothing was answered. */
  const told = (words: typeof verdictOf) => (guess: Guess | null | undefined, frame: Frame) =>
    guess && frame.state.answer !== null ? words(guess, frame.state.answer, namesOf(frame)) : "";

  return {
    start,
    again,
    /** How it is answered, and the way on. @param word  on the button once it is @param go  what this does */
    hand: (guess: Guess | null | undefined, frame: Frame, word: string, go = start) =>
      html`${guess ? guessing(guess, frame, act) : nothing}<p class="beat-on wraps">${
        frame.state.answer === null
          ? wordButton("Show me without a guess", go, "quiet underlined")
          : wordButton(word, go, "button strong")
      }</p>`,
    /** @returns what was answered, until it is known whether that is right */
    answered: told(answerWords),
    /** @returns how far off it was */
    verdict: told(verdictOf),
    /** @returns what is right */
    right: (guess: Guess, frame: Frame): string => rightWords(guess, namesOf(frame)),
  };
}
