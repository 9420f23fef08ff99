/** The question of a lesson's figure, asked before its runs play, and the verdict on the answer. */
import { html, nothing } from "lit-html";
import { wordButton } from "../../controls/choice.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, View } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";
import { loadStyle } from "../../service/style.ts";
import { setAnswer, showAhead, showAheadAtEnd } from "../../state/beats.ts";
import { presetWithStatus } from "../../state/exercise.ts";
import { setExplain } from "../../state/explain.ts";
import type { Evidence, Guess, Preset } from "../../state/types.ts";
import { questionWords } from "../../words/questions.ts";
import { playButton, renderKeepingFocus } from "../shared/focus.ts";
import { guessRows } from "../shared/guessing.ts";
import { createQuestionControls } from "../shared/questionControls.ts";
import { verdictOn } from "../shared/verdict.ts";

/** The preset of a figure: its question, if it has one, and its evidence. */
export const ownPreset = (
  query: string,
  question: { ask: string; guess: Guess } | null,
  evidence: Evidence[],
): Preset => ({
  name: "",
  group: "",
  title: "",
  query,
  question: question?.ask ?? "",
  guess: question?.guess,
  sentence: "",
  ask: question ? questionWords(question.guess.kind).how : "",
  evidence,
});

/** @returns how each row looks once answered: whether it is right, and its measure. @param right  null until known */
function rowResults(guess: Guess, { state: { exercise } }: Frame, right: number | null) {
  const values = right === null ? undefined : questionWords(guess.kind).values?.(guess);
  return (k: number) => ({
    look: right === k ? "is-right" : right !== null && exercise.answer === k ? "is-wrong" : "",
    value: values && html`<span class="guess-value">${values[k]}</span>`,
  });
}

/**
 * @param onAnswer  called when the right answer shows
 * @param isAsked  whether the figure shows the runs of its question, not those of a text or a check
 * @param rests  the step or substep that the figure then goes to, since the text is about it; null: it stays
 */
export const questionView = (onAnswer: () => void, isAsked: () => boolean, rests: number | string | null): View => ({
  name: "question",
  place: { within: "root", attributes: { class: "question" } },
  create(root, figure) {
    const { act, player, seek, turn } = figure;
    const asking = createQuestionControls(figure);
    let answered = false;
    /** Whether the question was asked, or the runs played, since the answer last showed. */
    let open = false;

    function guessAgain() {
      act(setAnswer, null);
      turn("question");
    }

    const guesses = lazy(
      async () => (await Promise.all([import("../guesses/summary.ts"), loadStyle("guesses")]))[0],
      figure,
    );

    /** What many have guessed, or the rows that were chosen from. @param right  once it is known */
    const rows = (guess: Guess, frame: Frame, right: number | null) =>
      frame.scene.guesses
        ? guesses.show((part) => part.guessesIn(frame, guess, true))
        : guessRows(guess, frame, act, rowResults(guess, frame, right));

    function verdict(guess: Guess, frame: Frame) {
      const verdictWords = frame.scene.guesses ? "" : verdictOn(frame, guess);
      const right = typeof guess.answer === "number" ? guess.answer : null;
      return html`${rows(guess, frame, right)}<p class="question-verdict"><strong>${verdictWords}</strong>
      ${wordButton("Guess again", guessAgain, "quiet underlined")}</p>`;
    }

    const panel = createPanel(figure, root, (frame) => {
      const { question, guess, ask: how } = frame.state.exercise.preset as Preset;
      const isOfThese = presetWithStatus(frame.state, "prepared") !== null;
      const { beat } = frame;
      return html`<p class="beat-question">${question}</p><div class="beat-hand" aria-live="polite">${
        !isOfThese
          ? html`<p class="beat-ask">The question is about other runs than these.</p>`
          : beat === "question"
            ? html`${how ? html`<p class="beat-ask">${how}</p>` : nothing}${
                // At a substep of a network nothing plays: the answer is told at once.
                asking(guess, frame, frame.state.explain.substep === null ? undefined : () => act(showAhead))
              }`
            : beat === "run"
              ? rows(guess as Guess, frame, null)
              : verdict(guess as Guess, frame)
      }</div>`;
    });

    return {
      /** Shows the right answer once it may show. */
      prepare(frame) {
        if (!isAsked()) return;
        const outcomeSeen = frame.longest > 0 && frame.outcomeShows;
        if (outcomeSeen && !answered) {
          onAnswer();
          if (typeof rests === "string") act(setExplain, { substep: rests });
        }
        answered ||= outcomeSeen;
        // The answer stays, at every step, until the question is asked again.
        if (outcomeSeen && open && player.atEnd()) {
          act(showAheadAtEnd, frame);
          if (typeof rests === "number") seek(rests);
        }
        open = !outcomeSeen;
      },
      render(frame) {
        if (!isAsked()) return;
        renderKeepingFocus(
          root,
          () => panel.render(frame),
          () => (frame.playing ? playButton(figure) : root.querySelector<HTMLElement>("button:enabled")),
        );
      },
    };
  },
});
