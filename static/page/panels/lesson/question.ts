/** What a figure of a lesson asks before it runs, and how far off the answer was. */
import { html, nothing } from "lit-html";
import { createPanel } from "../../figure/panel.ts";
import { presetShown } from "../../state/preset.ts";
import { ask, beatOf, giveAnswer, setReveal } from "../../state/reveal.ts";
import { rightWords, verdictOf } from "../../words/guess.ts";
import { guessing } from "../shared/guessing.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Guess, Preset } from "../../state/types.ts";

const HOW: Record<Guess["kind"], string> = {
  place: "Point at the place on the map.", run: "Choose a run.", step: "Give a number of steps.", choice: "Choose one.",
};

/** The question of a figure, as a preset of its own. */
export const ownPreset = (query: string, question: string, guess: Guess): Preset =>
  ({ name: "", group: "", title: "", query, question, guess, sentence: "", ask: HOW[guess.kind] });

/**
 * @param onAnswer  it was seen what is right
 * @param rests  the step that the figure then goes to, of which the text speaks; null: it stays at the end
 */
export const createQuestion = (onAnswer: () => void, rests: number | null) => (figure: Figure) => {
  const { act, player, moved, seek, invalidate } = figure;
  let answered = false;
  let now: Frame;

  function start() {
    player.seek(0);
    player.play();
    moved();
  }

  function again() {
    act(giveAnswer, null);
    act(ask);
    seek(0);
  }

  const names = ({ scene: { wholeRuns } }: Frame) => wholeRuns.map(({ name }) => name);
  const button = (word: string, click: () => void, className: string) => html`<button type="button" class=${className} @click=${click}>${word}</button>`;

  function verdict(guess: Guess, frame: Frame) {
    const { answer } = frame.state;
    return html`<p class="question-verdict"><strong>${answer === null ? rightWords(guess, names(frame)) : verdictOf(guess, answer, names(frame))}</strong>
      ${button("Guess again", again, "quiet underlined")}</p>`;
  }

  const panel = createPanel(invalidate, figure.found("question") as HTMLElement, (frame) => {
    const { question, guess, ask: how } = frame.state.ownPreset as Preset;
    const shown = presetShown(frame.state);
    const beat = beatOf(frame);
    return html`<p class="question-ask">${question}</p><div class="question-hand" aria-live="polite">${
      !shown ? html`<p class="question-how">These are other runs than those it is asked of.</p>`
      : beat === "question" ? html`<p class="question-how">${how}</p>${guessing(guess as Guess, frame, act)}<p class="question-on">${
        frame.state.answer === null ? button("Show me without a guess", start, "quiet underlined") : button("Let it run", start, "button strong")}</p>`
      : beat === "run" ? nothing : verdict(guess as Guess, frame)}</div>`;
  });

  return {
    ...panel,
    render(frame: Frame) {
      now = frame;
      panel.render(frame);
      const seen = frame.longest > 0 && beatOf(frame) === "sentence";
      if (seen && !answered) onAnswer();
      answered ||= seen;
      if (seen && rests !== null && frame.state.reveal && player.atEnd()) {
        act(setReveal, false);
        seek(rests);
      }
    },
    /** For who stands at the wall: from the question to the run, to what is right. @returns whether there was something to go on to */
    on(): boolean {
      const beat = beatOf(now);
      if (beat === "question") start();
      else if (beat === "run") seek(Infinity);
      return beat === "question" || beat === "run";
    },
    /** @returns whether there was something to go back to */
    back(): boolean {
      const asked = beatOf(now) !== "question";
      if (asked) again();
      return asked;
    },
  };
};
