/** Summarizes the guesses of many: a sentence, with cells for each run or option, or dots for each guess's distance. */

import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { component } from "../../component.ts";
import { marker } from "../../controls/choice.ts";
import type { Frame } from "../../figure/part.ts";
import { createPicture } from "../../marks/picture.ts";
import type { ThemeName } from "../../math/palette.ts";
import { type DotPlotContent, dotPlotPicture } from "../../pictures/guesses/dotPlot.ts";
import { answerDistance, countsByChoice, guessesInSight } from "../../state/guesses.ts";
import { questionOfKind } from "../../state/questions.ts";
import type { Answer, Guess, Guesses, Scene } from "../../state/types.ts";
import { distancesTitle, type GuessesNamed, guessesWords, offWords, ownGuessWords } from "../../words/guesses.ts";
import { questionWords } from "../../words/questions.ts";
import { countRow } from "./cells.ts";

interface GuessesContent {
  guesses: Guesses;
  /** the guess of this seat; null on a wall, which has none */
  ownAnswer: Answer | null;
  named: GuessesNamed;
  /** what is right, in a sentence */
  right?: string;
  /** slots of the runs to choose from */
  slots?: number[];
  theme: ThemeName;
  scale: number;
}

const dotPlot = component<DotPlotContent>((redraw) => {
  const picture = createPicture(dotPlotPicture);
  const observer = new ResizeObserver(redraw);

  function attach(root: Element | undefined) {
    picture.place(root);
    if (root) observer.observe(root);
    else observer.disconnect();
  }

  return (content) => {
    picture.render(content);
    return html`<div class="dot-plot" aria-hidden="true" ${ref(attach)}></div>`;
  };
});

/** How far off the guesses are, as dots over an axis; nothing on a wall. */
function plotOf({ guesses: { kind, entries, truth }, ownAnswer, theme, scale }: GuessesContent) {
  if (ownAnswer === null || truth === null) return nothing;
  const values = entries.map((entry) => answerDistance(entry, truth));
  const at = answerDistance(ownAnswer, truth);
  const flag = { at, text: `you, ${offWords(kind, at)}` };
  const title = distancesTitle(kind, entries.length);
  return html`<p class="beat-answer">${title}</p>${dotPlot({ values, flag, theme, scale })}`;
}

function guessBars({ guesses, ownAnswer, named: { names, values }, slots }: GuessesContent) {
  const { entries, again, choices, truth } = guesses;
  const counts = countsByChoice(entries, choices ?? names.length);
  const before = again && countsByChoice(again, choices ?? names.length);
  const most = Math.max(entries.length, again?.length ?? 0);
  const name = (k: number) =>
    html`<span class="guessed-name row">${slots ? marker(slots[k], false) : nothing}<span>${
      names[k]
    }${ownAnswer === k ? html` <span class="note">(yours)</span>` : nothing}</span><span class="guess-value to-end">${
      truth === null ? nothing : (values?.[k] ?? (k === truth ? "right" : nothing))
    }</span></span>`;
  return html`<ul class="guessed-rows">${counts.map(
    (count, k) =>
      html`<li class=${k === truth ? "is-right" : ""}>${name(k)}${countRow({ count, total: most })}${
        before ? countRow({ count: before[k], total: most, before: true }) : nothing
      }</li>`,
  )}</ul>`;
}

/** The picture beside the sentence: cells or dots; none where nobody has answered. */
function guessesPicture(shown: GuessesContent) {
  const { entries, again } = shown.guesses;
  if (!entries.length && !again?.length) return nothing;
  return questionOfKind(shown.guesses.kind).among ? guessBars(shown) : plotOf(shown);
}

/** The guesses with their sentences. */
function guessesSummary(shown: GuessesContent) {
  const { guesses, ownAnswer, named, right } = shown;
  const all = guessesWords(guesses, named);
  const strong = ownAnswer === null ? all.strong : ownGuessWords(guesses, ownAnswer, named);
  return html`${
    strong ? html`<p class="beat-sentence">${right} <strong>${strong}</strong></p>` : nothing
  }${ownAnswer === null && all.more ? html`<p class="beat-answer">${all.more}</p>` : nothing}${guessesPicture(shown)}`;
}

/** Where the other runs end, which the question is not about. */
function endsOf({ wholeRuns, problem }: Scene, questionRun: number | null): GuessesNamed["ends"] {
  return wholeRuns.flatMap(({ name, columns, length, end }, k) =>
    k === questionRun ||
    !end ||
    end.stop_reason === "diverged" ||
    columns.parameters.length !== problem.parameters.length
      ? []
      : [{ name, at: columns.parameters.map((column) => column[length - 1]) }],
  );
}

function guessesContent({ state, scene }: Frame, guesses: Guesses, guess: Guess): GuessesContent {
  const names = scene.wholeRuns.map(({ name }) => name);
  const words = questionWords(guess.kind);
  const values = words.values?.(guess);
  return {
    guesses,
    ownAnswer: state.exercise.answer,
    named: {
      names: words.options?.(guess) ?? names,
      values,
      ends: endsOf(scene, guesses.run),
      spans: scene.problem.domain.map(([low, high]) => high - low),
    },
    right: words.right(guess, names, scene.problem),
    slots: values ? scene.wholeRuns.map(({ slot }) => slot) : undefined,
    theme: scene.theme,
    scale: scene.scale,
  };
}

/** @returns the summary of the guesses of a figure's question; nothing without guesses to show */
export function guessesIn(frame: Frame, guess: Guess | null | undefined, withSentences: boolean) {
  const guesses = guessesInSight(frame.scene);
  if (!guesses || !guess) return nothing;
  const shown = guessesContent(frame, guesses, guess);
  return withSentences ? guessesSummary(shown) : guessesPicture(shown);
}
