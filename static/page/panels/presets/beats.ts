/** The words of a preset: its question, its run, its sentence and its change, and the buttons from beat to beat. */
import { html, nothing } from "lit-html";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, View } from "../../figure/part.ts";
import { unbroken } from "../../math/text.ts";
import { lettersOn } from "../../service/keys.ts";
import { lazy } from "../../service/lazy.ts";
import { loadStyle } from "../../service/style.ts";
import { askFirst, type BeatInOrder, beatsOf, hideAhead, showAhead, showAheadAtEnd } from "../../state/beats.ts";
import { hidesAhead, presetOfLandscape, presetWithStatus } from "../../state/exercise.ts";
import { setExplanation } from "../../state/explain.ts";
import { presetsOf } from "../../state/preset.ts";
import { hasRunsBefore } from "../../state/state.ts";
import type { Beat, Preset, State } from "../../state/types.ts";
import { playButton, renderKeepingFocus } from "../shared/focus.ts";
import { createQuestionControls } from "../shared/questionControls.ts";

const isFirst = (preset: Preset, state: State) => presetsOf(state)[0] === preset;

/** The catalog that comes first has its title alone. */
const lacksWords = ({ question, sentence }: Preset) => question === undefined || sentence === undefined;

export const beatsView: View = {
  name: "preset-words",
  place: { within: "words", attributes: { class: "preset-words" } },
  create(root, figure) {
    const { wholeCatalog, act, store, player, turn } = figure;
    const asking = createQuestionControls(figure);
    /** What the first scene says to those who come to it. */
    const newcomer = root.parentElement?.querySelector<HTMLElement>(".newcomer");
    newcomer?.remove();
    newcomer?.removeAttribute("hidden");
    const whole = lazy(wholeCatalog, figure);
    /** The words after the question, fetched once the runs play. */
    const after = lazy(
      () => Promise.all([import("./presetWords.ts"), loadStyle("guesses")]),
      figure,
      ([{ createPresetWords }]) => createPresetWords(figure, whole, go),
    );

    /** Which way the last key led: the first one has the code fetched that follows it. */
    let direction: 1 | -1 = 1;
    const turning = lazy(
      () => import("./turnBeat.ts"),
      figure,
      (loaded) => {
        loaded.turnBeat(figure, direction);
        return loaded;
      },
    );

    function go(beat: BeatInOrder) {
      // An open explanation would cover its words.
      if (turn(beat) && !figure.frame().narrow) act(setExplanation, null);
    }

    /** @param ready  its runs have come */
    function strip(beat: BeatInOrder, preset: Preset, ready: boolean) {
      const beats = beatsOf(preset);
      const at = beats.findIndex(([name]) => name === beat);
      return html`<ol class="beats" aria-label="Beats of this scene">${beats.map(
        ([name, word], k) => html`<li ?data-past=${k < at}><button type="button" class="beat"
      aria-current=${k === at ? "step" : nothing} ?disabled=${!ready} @click=${() => go(name)}>${word}</button></li>`,
      )}</ol>`;
    }

    /** The question, which stays in sight until the change is proposed. */
    const questionHead = ({ question }: Preset) => html`<h2 class="beat-question">${unbroken(question)}</h2>`;

    const question = (preset: Preset, frame: Frame) => html`${questionHead(preset)}${
      isFirst(preset, frame.state) && !frame.scene.projector ? newcomer : nothing
    }<p class="beat-ask">${unbroken(preset.ask)}</p><div
      class="beat-hand wraps ${lettersOn() ? "has-keys" : ""}">${asking(preset.guess, frame)}</div>`;

    function words(preset: Preset, beat: Beat, frame: Frame) {
      if (beat === "question") return question(preset, frame);
      if (beat === "run") return html`${questionHead(preset)}${after.show((part) => part.run(preset, frame))}`;
      return after.show((part) => part[beat](preset, frame));
    }

    const panel = createPanel(figure, root, {
      template(frame) {
        const { state } = frame;
        const { preset } = state.exercise;
        const { beat } = frame;
        if (!preset || !beat || state.fault?.kind === "refused") return nothing;
        const varied = !presetWithStatus(state, "prepared");
        // The words wait for the runs that they are about.
        if (beat !== "change" && !varied && hasRunsBefore(state)) return html`<p></p>`;
        if (!varied && lacksWords(preset)) return html`<p>${whole.note()}</p>`;
        const ready = varied || frame.longest > 0;
        return html`${strip(beat, preset, ready)}<div class="beat-words" data-beat=${beat}
      aria-live="polite">${words(preset, beat, frame)}</div>`;
      },
      rendered({ state }) {
        root.parentElement?.classList.toggle("has-preset", presetOfLandscape(state) !== null);
      },
    });

    return {
      prepare(frame) {
        turn(askFirst);
        const { preset } = frame.state.exercise;
        if (preset && lacksWords(preset) && presetWithStatus(frame.state, "prepared")) whole();
        player.setSlow(frame.scene.dwells.map(({ first, last }) => [first - 1, last]));
        // The sentence stays in sight, wherever the playhead goes after the end.
        if (player.atEnd()) act(showAheadAtEnd, frame);
      },
      render(frame) {
        renderKeepingFocus(
          root,
          () => panel.render(frame),
          () => (frame.playing ? playButton(figure) : root.querySelector(".beat[aria-current]")),
        );
      },
      /** @returns whether the key means something here */
      press(key: string): boolean {
        if (figure.frame().beat && (key === "PageDown" || key === "PageUp")) {
          direction = key === "PageDown" ? 1 : -1;
          turning()?.turnBeat(figure, direction);
          return true;
        }
        const chosen = root.querySelectorAll<HTMLElement>("html:not(.asked-of-class) .guess")[Number(key) - 1];
        chosen?.click();
        if (chosen || key !== "h") return Boolean(chosen);
        if (hidesAhead(store.get())) act(showAhead);
        else if (presetWithStatus(store.get(), "prepared")) go("question");
        else act(hideAhead);
        return true;
      },
    };
  },
};
