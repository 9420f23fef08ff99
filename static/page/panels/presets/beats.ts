/** What a scene asks, shows, says and proposes, one after the other: its words, and the way from one to the next. */
import { html, nothing } from "lit-html";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, View } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";
import { setExplained } from "../../state/explain.ts";
import { presetInPlace, presetShown, presetVaried } from "../../state/preset.ts";
import { type Beat, beatOf, propose, setReveal } from "../../state/reveal.ts";
import { hasRunsBefore } from "../../state/state.ts";
import type { Preset } from "../../state/types.ts";
import { createAsking } from "../shared/asking.ts";
import { keepKeys, playButton } from "../shared/focus.ts";

const BEATS: [Beat, string][] = [
  ["question", "Question"],
  ["run", "Run"],
  ["sentence", "Sentence"],
  ["change", "Change"],
];

export const beatsView: View = {
  name: "preset-words",
  place: { within: "words", attributes: { class: "preset-words" } },
  create(root, figure) {
    const { wholeCatalog, act, store, player, seek } = figure;
    const asking = createAsking(figure);
    const whole = lazy(wholeCatalog, figure);
    /** What is said once it has run. */
    const after = lazy(async () => (await import("./outcome.ts")).createOutcome(figure, asking, whole), figure);

    const GO: Record<Beat, () => void> = {
      question: asking.again,
      run: asking.start,
      sentence() {
        act(propose, false);
        if (store.get().projector) act(setReveal, false);
        seek(Infinity);
      },
      change: () => act(propose, true),
    };

    /** Runs that are set otherwise are not those that the scene asks and tells of. */
    function go(beat: Beat) {
      if (beat === "change" && presetVaried(store.get())) return;
      after.now()?.back();
      GO[beat]();
      // What it says stands in the column.
      if (!figure.frame().narrow) act(setExplained, null);
    }

    /** @param ready  its runs have come */
    const strip = (beat: Beat, { change }: Preset, ready: boolean) =>
      html`<ol class="beats" aria-label="Beats of this scene">${BEATS.map(
        (
          [name, word],
          k,
        ) => html`<li ?data-past=${k < BEATS.findIndex(([one]) => one === beat)}><button type="button" class="beat"
      aria-current=${name === beat ? "step" : nothing} ?disabled=${!ready} ?hidden=${name === "change" && !change}
      @click=${() => go(name)}>${word}</button></li>`,
      )}</ol>`;

    /** It stands there until something else is to be done. */
    const asked = ({ question }: Preset) => html`<h2 class="beat-question">${question}</h2>`;

    const question = (preset: Preset, frame: Frame) => html`${asked(preset)}<p class="beat-ask">${preset.ask}</p><div
      class="beat-hand">${asking.hand(preset.guess, frame, "Let them run")}</div>`;

    const said = (words: string) => (words ? html`<p class="beat-answer">${words}</p>` : nothing);

    const running = (preset: Preset, frame: Frame) =>
      html`${asked(preset)}${said(asking.answered(preset.guess, frame))}`;

    function words(preset: Preset, beat: Beat, frame: Frame) {
      if (beat === "question") return question(preset, frame);
      if (beat === "run" && !frame.scene.guesses) return running(preset, frame);
      return after()?.[beat](preset, frame) ?? after.note();
    }

    const panel = createPanel(
      figure,
      root,
      (frame) => {
        const { state } = frame;
        const varied = presetVaried(state);
        const preset = varied ?? presetShown(state);
        if (state.fault || !preset) return nothing;
        const beat = varied ? "change" : beatOf(frame);
        // The sentence would be of another picture.
        if (beat !== "change" && hasRunsBefore(state)) return html`<p></p>`;
        if (!varied && (preset.question === undefined || preset.sentence === undefined)) {
          whole();
          return html`<p>${whole.note()}</p>`;
        }
        const ready = varied !== null || frame.longest > 0;
        return html`${strip(beat, preset, ready)}<div class="beat-words" data-beat=${beat}
      aria-live="polite">${words(preset, beat, frame)}</div>`;
      },
      ({ state }) => {
        const preset = presetInPlace(state);
        root.parentElement?.classList.toggle("has-preset", preset !== null);
        root.parentElement?.classList.toggle("looks-at-loss", preset?.look_at === "loss");
      },
    );

    return {
      render(frame: Frame) {
        if (player.atEnd()) after.now()?.keep(frame);
        player.setSlow(frame.scene.dwells.map(({ first, last }) => [first - 1, last]));
        keepKeys(
          root,
          () => panel.render(frame),
          () => (frame.playing ? playButton(figure) : root.querySelector(".beat[aria-current]")),
        );
      },
      /** @returns whether the key means something here */
      press(key: string): boolean {
        if (key.toLowerCase() !== "h") return false;
        if (store.get().reveal) act(setReveal, false);
        else if (presetShown(store.get())) go("question");
        else act(setReveal, true);
        return true;
      },
    };
  },
};
