/**
 * Shows the words of a preset once its runs play: its sentence, the proposed change, and the result of that or of any
 * other change. Loaded when first shown.
 */
import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { wordButton as button, runSample } from "../../controls/choice.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { unbroken } from "../../math/text.ts";
import { lessonAddress } from "../../service/glossary.ts";
import type { Lazy } from "../../service/lazy.ts";
import { applyProposedChange, BEATS, type BeatInOrder, restorePreset } from "../../state/beats.ts";
import { limitOf } from "../../state/evidence.ts";
import { presetWithStatus, withExercise } from "../../state/exercise.ts";
import { setExplanation } from "../../state/explain.ts";
import { neighbouringPreset, proposedValue } from "../../state/preset.ts";
import { runCountsOf } from "../../state/runCounts.ts";
import { hasRunsBefore } from "../../state/state.ts";
import type { Preset, ProposedChange, State } from "../../state/types.ts";
import { changedSettingsWords, changeHeading, changeVerdict, stillProposed } from "../../words/changedSettings.ts";
import { markedParts } from "../../words/markedNumbers.ts";
import { watchedWords } from "../../words/watched.ts";
import { guessesIn } from "../guesses/summary.ts";
import { choices } from "../shared/guessing.ts";
import { paramRow } from "../shared/paramRow.ts";
import { settingOf } from "../shared/setting.ts";
import { answerWords, isDecided, verdictOn } from "../shared/verdict.ts";
import { openPreset } from "./opening.ts";

/** Splits a text into sentences; a period within a number or before a small letter ends none. */
const factsOf = (more: string): string[] => more.split(/(?<=[.!?]) (?=[\p{Lu}\d])/u);

/** A slider for a value of a run, beside the words that speak of it. */
function valueSlider(act: Figure["act"], { run, param }: { run: number | null; param: string }, frame: Frame) {
  const { state, scene } = frame;
  if (run === null) return nothing;
  const { name, short } = scene.shownRuns[run];
  const [entry, prepared] = [state.entries[run], scene.prepared.find(({ index }) => index === run)];
  const [current, was] = [entry, prepared && { ...entry, optimizer: prepared.before }].map(
    (candidate) => candidate && settingOf(state, candidate, param, act),
  );
  return current
    ? html`<div class="beat-ruler slot-${entry.slot}">${
        !scene.projector
          ? html`<p class="beat-ruler-name row">${runSample(entry.slot)}<strong>${short}</strong><span
              class="note">${param.replace(/^schedule\./, "").replaceAll("_", " ")}</span></p>`
          : nothing
      }${paramRow(current.param, current.value, entry.slot, current.set, name, {
        was: was?.value,
        target: proposedValue(state, run, param),
        limit: param === "learning_rate" ? limitOf(scene.shownEvidence, run) : undefined,
      })}</div>`
    : nothing;
}

/** On a wall the answer waits for a press. */
const waitsAtEnd = ({ state, playing, wordsStep, longest }: Frame) =>
  state.projector && !playing && longest > 0 && wordsStep >= longest;

/** On a wall, the slider of the first run with a declared limit, on which that is marked. */
function limitSlider(act: Figure["act"], frame: Frame) {
  const { projector, shownEvidence, shownRuns } = frame.scene;
  const run = shownRuns.findIndex((_, index) => limitOf(shownEvidence, index));
  return projector && run >= 0 ? valueSlider(act, { run, param: "learning_rate" }, frame) : nothing;
}

/**
 * @param whole  requests the whole catalog, which has further fields of a preset
 * @param go  goes to a beat
 */
export function createPresetWords(
  figure: Pick<Figure, "act" | "open" | "store">,
  whole: Lazy<unknown>,
  go: (beat: BeatInOrder) => void,
) {
  const { act } = figure;
  /** The words about the last change, which stay until the next runs are received. */
  let message = "";

  /** Buttons below the sentence, to change, explanation and lesson; none if a clicker or a leader goes on. */
  function waysOn({ change, explanation, lesson, lesson_title }: Preset, { state, scene }: Frame) {
    if (scene.projector || state.exercise.leader) return nothing;
    const address = lesson && lessonAddress(lesson);
    const why = explanation && state.explain.explanation !== explanation;
    return html`${change ? button("Now change it", () => go("change"), "button strong") : nothing}${
      why ? button("See why", () => act(setExplanation, explanation), "quiet underlined") : nothing
    }${address ? html`<a href=${address}>Lesson: ${lesson_title}</a>` : nothing}`;
  }

  /** What a press leads to, in the words that the presenter reads. */
  const next = () => button(`Next: ${BEATS.sentence.toLowerCase()}`, () => go("sentence"), "quiet underlined");

  /** The way back from a change. */
  const back = ({ exercise }: State) =>
    exercise.ahead === "shownEarly"
      ? button("Back to the question", () => go("question"), "quiet underlined")
      : button("Put it back", () => act(restorePreset), "quiet underlined");
  const make = (change: NonNullable<Preset["change"]>) =>
    button("Set it for me", () => act(applyProposedChange, change), "quiet underlined");

  /** What the change may do, to choose from, and the button that makes it. */
  function changeOptions({ change_guess }: Preset, change: ProposedChange, { exercise }: State) {
    const choose = (changeAnswer: number) => act(withExercise, { changeAnswer });
    const rows = change_guess
      ? choices(change_guess.options.map(unbroken), exercise.changeAnswer, choose)
      : whole.note();
    return html`<div class="beat-hand wraps">${rows}<p class="beat-on wraps">${make(change)}</p></div>`;
  }

  /** The button to the next preset; none if a clicker or a leader goes on. */
  function onward({ state, scene }: Frame, className: string) {
    const next = scene.projector || state.exercise.leader ? null : neighbouringPreset(state, 1);
    return next ? button(`Next: ${next.title}`, () => openPreset(figure, next), className) : nothing;
  }

  /** The words, in which numbers that stand in the picture are set strong. */
  const marked = (words: string, { state, scene }: Frame) =>
    markedParts(words, scene, runCountsOf(state, scene)?.runs ?? null).map(({ text, marked: strong }) =>
      strong ? html`<strong>${text}</strong>` : text,
    );

  return {
    /** Below the question while its runs play: what it is about, how far they have come in that, and the answers. */
    run({ guess, about = "" }: Preset, frame: Frame) {
      const { scene, wordsStep, state } = frame;
      const { projector, exercise } = state;
      const tells = !projector && !exercise.leader && isDecided(frame, guess);
      const answer = tells ? verdictOn(frame, guess) : answerWords(frame, guess);
      const among = scene.guesses && guessesIn(frame, guess, true);
      const watched =
        guess && !tells
          ? html`<p class="beat-watch" aria-live="off">${watchedWords(guess, scene, wordsStep)}</p>`
          : nothing;
      return html`${about && !projector ? html`<p class="beat-ask">${unbroken(about)}</p>` : nothing}${
        among ?? (answer ? html`<p class="beat-answer">${answer}</p>` : nothing)
      }${watched}${waitsAtEnd(frame) ? html`<p class="beat-on">${next()}</p>` : nothing}`;
    },
    sentence(preset: Preset, frame: Frame) {
      if (preset.more === undefined) whole();
      const facts = factsOf(preset.more ?? "").map((fact) => html`<li>${marked(fact, frame)}</li>`);
      const folded = html`<details class="preset-more"><summary
        class="note">Facts</summary>${preset.more === undefined ? whole.note() : html`<ul>${facts}</ul>`}</details>`;
      // A picture of what many guessed marks what is right; without one it is said.
      const among = frame.scene.guesses ? guessesIn(frame, preset.guess, false) : nothing;
      const verdict = among === nothing ? verdictOn(frame, preset.guess) : "";
      const sentence = marked(preset.sentence ?? "", frame);
      // On a phone what a press leads to stays in sight.
      const slider = limitSlider(act, frame);
      // On a wall marks at a slider are the cause, and what a class guessed has its room.
      const crowded = slider !== nothing || (frame.scene.projector && frame.scene.guesses);
      const why = preset.why && !crowded ? html`<p class="beat-why">${unbroken(preset.why)}</p>` : nothing;
      return html`<h2 class="beat-question">${unbroken(preset.question)}</h2>${
        verdict ? html`<p class="beat-answer"><strong>${verdict}</strong></p>` : nothing
      }<p class="beat-sentence">${sentence}</p>${frame.narrow ? nothing : why}${slider}${among}
      <div class="beat-on wraps">${waysOn(preset, frame)}${keyed(preset.name, folded)}</div>${
        frame.narrow ? why : nothing
      }`;
    },
    /** The change. While its slider is dragged only words may change, or the slider would be replaced. */
    change(preset: Preset, frame: Frame) {
      const { state, scene, narrow } = frame;
      const { change, change_guess, question } = preset;
      if (!change_guess) whole();
      const proposed = state.exercise.proposes ? stillProposed(preset, scene) : undefined;
      const varied = !presetWithStatus(state, "prepared");
      if (!varied) message = "";
      else if (!hasRunsBefore(state)) message = changedSettingsWords(preset, scene) || (state.dragging ? message : "");
      const made = change && presetWithStatus(state, "changed");
      const then = made ? marked(preset.changed_sentence ?? "", frame) : message;
      const verdict = made && change_guess ? changeVerdict(change_guess, state.exercise.changeAnswer) : "";
      const ways = made
        ? [onward(frame, "button strong"), back(state)]
        : [back(state), proposed ? make(proposed) : nothing, onward(frame, "quiet underlined")];
      // On a phone the question stays over the map, and the task comes to the slider, which is scrolled to.
      return html`${narrow ? html`<p class="beat-question beat-asked">${unbroken(question)}</p>` : nothing}<h2
        class="beat-question">${unbroken(changeHeading(preset, scene, proposed))}</h2>${
          proposed ? valueSlider(act, proposed.control, frame) : nothing
        }${
          varied
            ? html`${verdict ? html`<p class="beat-answer"><strong>${verdict}</strong></p>` : nothing}<p
                class="beat-sentence">${then}</p><p class="beat-on wraps">${ways}</p>`
            : change &&
              html`<p class="beat-ask">What will it do? <span
      class="by-hand">From here on every path follows your hand.</span></p>${changeOptions(preset, change, state)}`
        }`;
    },
  };
}
