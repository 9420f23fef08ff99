/** What a figure of a lesson asks before it runs, and how far off the answer was. */
import { html, nothing } from "lit-html";
import { marker } from "../../controls/choice.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { explain } from "../../state/explain.ts";
import { presetShown } from "../../state/preset.ts";
import { ask, beatOf, giveAnswer, setReveal } from "../../state/reveal.ts";
import type { Guess, Preset } from "../../state/types.ts";
import { rightWords, verdictOf } from "../../words/guess.ts";
import { keepKeys } from "../shared/focus.ts";
import { guessing } from "../shared/guessing.ts";

const HOW: Record<Guess["kind"], string> = {
  place: "Point at the place on the map.",
  run: "Choose a run.",
  step: "Give a number of steps.",
  choice: "Choose one.",
};

/** The question of a figure, as a preset of its own. */
export const ownPreset = (query: string, question: string, guess: Guess): Preset => ({
  name: "",
  group: "",
  title: "",
  query,
  question,
  guess,
  sentence: "",
  ask: HOW[guess.kind],
});

/**
 * @param onAnswer  it was seen what is right
 * @param rests  the step, or the substep, that the figure then goes to, as the text speaks of it; null: it stays
 */
export const createQuestion = (onAnswer: () => void, rests: number | string | null) => (figure: Figure) => {
  const { act, player, play, seek, invalidate } = figure;
  let answered = false;

  /** Within a step of a network nothing runs: what is right is told there. */
  const restsWithin = ({ state }: Frame) => state.explain.substep !== null;
  const tell = () => act(setReveal, false);

  function start() {
    play(0);
  }

  function again() {
    act(giveAnswer, null);
    act(ask);
    seek(0);
  }

  const names = ({ scene: { wholeRuns } }: Frame) => wholeRuns.map(({ name }) => name);
  const button = (word: string, click: () => void, className: string) =>
    html`<button type="button" class=${className} @click=${click}>${word}</button>`;

  function verdict(guess: Guess, frame: Frame) {
    const { answer } = frame.state;
    const said = answer === null ? rightWords(guess, names(frame)) : verdictOf(guess, answer, names(frame));
    return html`<p class="question-verdict"><strong>${said}</strong>
      ${button("Guess again", again, "quiet underlined")}</p>`;
  }

  /** While they run, whose line is whose: a chart alone names them at their ends. */
  const legend = ({ kind }: Guess, { scene: { wholeRuns } }: Frame) =>
    kind === "run"
      ? html`<ul class="guesses question-runs">${wholeRuns.map(
          ({ slot, name }) => html`<li>${marker(slot, false)}${name}</li>`,
        )}</ul>`
      : nothing;

  const root = figure.found("question") as HTMLElement;
  const panel = createPanel(invalidate, root, (frame) => {
    const { question, guess, ask: how } = frame.state.ownPreset as Preset;
    const shown = presetShown(frame.state);
    const beat = beatOf(frame);
    return html`<p class="question-ask">${question}</p><div class="question-hand" aria-live="polite">${
      !shown
        ? html`<p class="question-how">These are other runs than those it is asked of.</p>`
        : beat === "question"
          ? html`<p class="question-how">${how}</p>${guessing(guess as Guess, frame, act)}<p class="question-on">${
              frame.state.answer === null
                ? button("Show me without a guess", restsWithin(frame) ? tell : start, "quiet underlined")
                : restsWithin(frame)
                  ? button("Show what is right", tell, "button strong")
                  : button("Let it run", start, "button strong")
            }</p>`
          : beat === "run"
            ? legend(guess as Guess, frame)
            : verdict(guess as Guess, frame)
    }</div>`;
  });

  return {
    ...panel,
    render(frame: Frame) {
      keepKeys(
        root,
        () => panel.render(frame),
        () => (frame.playing ? figure.place("transport").querySelector(".play") : root.querySelector("button")),
      );
      const seen = frame.longest > 0 && beatOf(frame) === "sentence";
      if (seen && !answered) {
        onAnswer();
        if (typeof rests === "string") act(explain, { substep: rests });
      }
      answered ||= seen;
      if (seen && typeof rests === "number" && frame.state.reveal && player.atEnd()) {
        act(setReveal, false);
        seek(rests);
      }
    },
  };
};
