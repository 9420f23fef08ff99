/** What many guessed: a sentence, and cells for each run or option, or dots over an axis. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { component } from "../../component.ts";
import { marker } from "../../controls/choice.ts";
import type { Frame } from "../../figure/part.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import type { ThemeName } from "../../math/palette.ts";
import { createDotPlot } from "../../pictures/guesses/dotPlot.ts";
import { loadStyle } from "../../service/style.ts";
import { answerDistance, countsOf, guessesShown, middleOf } from "../../state/guesses.ts";
import type { Answer, Guess, Guesses, Scene } from "../../state/types.ts";
import { valueWords } from "../../words/guess.ts";
import { comparedWords, farWords, type GuessesNamed, guessesWords, isOneOf } from "../../words/guesses.ts";
import { rightWords } from "../../words/verdict.ts";
import { countRow } from "./cells.ts";

interface GuessesShown {
  guesses: Guesses;
  /** the guess of this seat; null: a wall, which has none */
  ownAnswer: Answer | null;
  named: GuessesNamed;
  /** what is right, in a sentence */
  right?: string;
  /** slots of the runs to choose from */
  slots?: number[];
  theme: ThemeName;
  scale: number;
}

const dotPlot = component<Parameters<ReturnType<typeof createDotPlot>["render"]>[0]>((redraw) => {
  const picture = createDotPlot();
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

/** The dots over an axis: at a seat how far off the guesses are, on a wall the numbers themselves. */
function plotOf({ guesses, ownAnswer, theme, scale }: GuessesShown) {
  const { kind, entries, again, truth } = guesses;
  if (ownAnswer !== null && truth !== null) {
    const [off, at] = [entries.map((entry) => answerDistance(entry, truth)), answerDistance(ownAnswer, truth)];
    const text = `you, ${kind === "point" ? formatMeasured(at, 2) : formatExact(at, 3)}`;
    return html`<p class="beat-answer">${farWords(kind, entries.length)}</p>${dotPlot({
      values: off,
      again: null,
      flag: { at, text },
      truth: null,
      title: "off",
      theme,
      scale,
    })}`;
  }
  if (kind !== "number" || !entries.length) return nothing;
  const middle = middleOf(guesses, entries) as number;
  const flag = { at: middle, text: `middle ${formatExact(middle, 4)}` };
  const shown = { values: entries as number[], again: again as number[] | null, truth: truth as number | null };
  return dotPlot({ ...shown, flag, title: "", theme, scale });
}

function rowsOf({ guesses, ownAnswer, named: { names, values }, slots }: GuessesShown) {
  const { entries, again, choices, truth } = guesses;
  const counts = countsOf(entries, choices ?? names.length);
  const before = again && countsOf(again, choices ?? names.length);
  const most = Math.max(entries.length, again?.length ?? 0);
  const name = (k: number) =>
    html`<span class="guessed-name row">${slots ? marker(slots[k], false) : nothing}<span>${
      names[k]
    }${ownAnswer === k ? html` <span class="note">(yours)</span>` : nothing}</span><span class="guess-value">${
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
function guessesPicture(shown: GuessesShown) {
  const { entries, again } = shown.guesses;
  if (!entries.length && !again?.length) return nothing;
  return isOneOf(shown.guesses) ? rowsOf(shown) : plotOf(shown);
}

/** The guesses with their sentences. */
function guessesSummary(shown: GuessesShown) {
  const { guesses, ownAnswer, named, right } = shown;
  const all = guessesWords(guesses, named);
  const strong = ownAnswer === null ? all.strong : comparedWords(guesses, ownAnswer, named);
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

function shownGuesses({ state, scene }: Frame, guesses: Guesses, guess: Guess | null): GuessesShown {
  const names = scene.wholeRuns.map(({ name }) => name);
  const ofRuns = guess?.kind === "run";
  return {
    guesses,
    ownAnswer: state.answer,
    named: {
      names: guess?.kind === "choice" ? guess.options : names,
      values: ofRuns ? names.map((_, k) => valueWords(guess, k)) : undefined,
      ends: guesses.kind === "point" ? endsOf(scene, guesses.run) : [],
      spans: scene.problem.domain.map(([low, high]) => high - low),
    },
    right: guess ? rightWords(guess, names) : "",
    slots: ofRuns ? scene.wholeRuns.map(({ slot }) => slot) : undefined,
    theme: scene.theme,
    scale: scene.scale,
  };
}

/** @returns the guesses of the question of a figure; nothing where there is none to show */
function guessesIn(frame: Frame, guess: Guess | null | undefined, withSentences: boolean) {
  const guesses = guessesShown(frame.scene);
  if (!guesses) return nothing;
  const shown = shownGuesses(frame, guesses, guess ?? null);
  return withSentences ? guessesSummary(shown) : guessesPicture(shown);
}

export async function createGuesses() {
  await loadStyle("guesses");
  return { guessesIn, guessesSummary };
}
