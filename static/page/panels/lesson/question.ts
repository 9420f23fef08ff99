/** What a figure of a lesson asks before it runs, and how far off the answer was. */
import { html, nothing } from "lit-html";
import { marker } from "../../controls/choice.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, View } from "../../figure/part.ts";
import { explain } from "../../state/explain.ts";
import { presetShown } from "../../state/preset.ts";
import { beatOf, giveAnswer, setReveal } from "../../state/reveal.ts";
import type { Guess, Preset } from "../../state/types.ts";
import { createAsking, wordButton } from "../shared/asking.ts";
import { keepKeys, playButton } from "../shared/focus.ts";

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
export const questionView = (onAnswer: () => void, rests: number | string | null): View => ({
  name: "question",
  place: { within: "root", attributes: { class: "question" } },
  create(root, figure) {
    const { act, player, seek, invalidate } = figure;
    const asking = createAsking(figure);
    let answered = false;

    function again() {
      act(giveAnswer, null);
      asking.again();
    }

    function verdict(guess: Guess, frame: Frame) {
      const said = asking.verdict(guess, frame) || asking.right(guess, frame);
      return html`<p class="question-verdict"><strong>${said}</strong>
      ${wordButton("Guess again", again, "quiet underlined")}</p>`;
    }

    /** While they run, whose line is whose: a chart alone names them at their ends. */
    const legend = ({ kind }: Guess, { scene: { wholeRuns } }: Frame) =>
      kind === "run"
        ? html`<ul class="guesses question-runs">${wholeRuns.map(
            ({ slot, name }) => html`<li>${marker(slot, false)}${name}</li>`,
          )}</ul>`
        : nothing;

    const panel = createPanel(invalidate, root, (frame) => {
      const { question, guess, ask: how } = frame.state.ownPreset as Preset;
      const shown = presetShown(frame.state);
      const beat = beatOf(frame);
      return html`<p class="beat-question">${question}</p><div class="beat-hand" aria-live="polite">${
        !shown
          ? html`<p class="beat-ask">These are other runs than those it is asked of.</p>`
          : beat === "question"
            ? html`<p class="beat-ask">${how}</p>${
                // Within a step of a network nothing runs: what is right is told there.
                frame.state.explain.substep === null
                  ? asking.hand(guess, frame, "Let it run")
                  : asking.hand(guess, frame, "Show what is right", () => act(setReveal, false))
              }`
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
          () => (frame.playing ? playButton(figure) : root.querySelector("button")),
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
  },
});
