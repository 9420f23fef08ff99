/** What a scene asks, shows, says and proposes, one after the other: its words, and the way from one to the next. */
import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, View } from "../../figure/part.ts";
import { lazy } from "../../service/lazy.ts";
import { explain } from "../../state/explain.ts";
import { presetChanged, presetInPlace, presetShown } from "../../state/preset.ts";
import { type Beat, beatOf, makeChange, propose, setReveal } from "../../state/reveal.ts";
import { countedOf } from "../../state/samples.ts";
import { hasRunsBefore } from "../../state/state.ts";
import type { Preset } from "../../state/types.ts";
import { wordButton as button, createAsking } from "../shared/asking.ts";
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
    const { wholeCatalog, act, store, player, seek, invalidate } = figure;
    const asking = createAsking(figure);
    const again = () => panel.again();
    const whole = lazy(wholeCatalog, figure, again);
    /** Fetched with the first evidence. */
    const marking = lazy(async () => (await import("../../words/told.ts")).markedParts, figure, again);
    let unfolded = false;

    /** An open working would hide the question. */
    function askAgain() {
      asking.again();
      act(explain, { working: false });
    }

    const GO: Record<Beat, () => void> = {
      question: askAgain,
      run: asking.start,
      sentence() {
        act(propose, false);
        if (store.get().projector) act(setReveal, false);
        seek(Infinity);
      },
      change: () => act(propose, true),
    };

    /** @param ready  its runs have come */
    const strip = (beat: Beat, { change }: Preset, ready: boolean) =>
      html`<ol class="beats" aria-label="Beats of this scene">${BEATS.map(
        (
          [name, word],
          k,
        ) => html`<li ?data-past=${k < BEATS.findIndex(([one]) => one === beat)}><button type="button" class="beat"
      aria-current=${name === beat ? "step" : nothing} ?disabled=${!ready} ?hidden=${name === "change" && !change}
      @click=${GO[name]}>${word}</button></li>`,
      )}</ol>`;

    /** It stands there until something else is to be done. */
    const asked = ({ question }: Preset) => html`<h2 class="beat-question">${question}</h2>`;

    const question = (preset: Preset, frame: Frame) => html`${asked(preset)}<p class="beat-ask">${preset.ask}</p><div
      class="beat-hand">${asking.hand(preset.guess, frame, "Let them run")}</div>`;

    const said = (words: string) => (words ? html`<p class="beat-answer">${words}</p>` : nothing);

    const running = (preset: Preset, frame: Frame) =>
      html`${asked(preset)}${said(asking.answered(preset.guess, frame))}`;

    function sentence(preset: Preset, frame: Frame) {
      const toggle = ({ currentTarget }: Event) => {
        unfolded = (currentTarget as HTMLDetailsElement).open;
        panel.again();
      };
      // Fetched when it is unfolded.
      const wanted = preset.more === undefined && unfolded;
      if (wanted) whole();
      const more = wanted ? whole.note() : html`<p>${preset.more}</p>`;
      const folded = html`<details class="preset-more" @toggle=${toggle}><summary
        class="aside">more</summary>${more}</details>`;
      const { state, scene } = frame;
      const counts = countedOf(state, scene.wholeRuns, scene.ghosts)?.of ?? null;
      const text = preset.sentence ?? "";
      const mark = scene.evidence.length ? marking() : undefined;
      const parts = mark?.(text, scene, counts) ?? [{ text, marked: false }];
      const told = parts.map(({ text, marked }) => (marked ? html`<strong>${text}</strong>` : text));
      return html`${asked(preset)}<p class="beat-sentence">${told}</p>
      ${said(asking.verdict(preset.guess, frame))} ${keyed(preset.name, folded)}`;
    }

    const proposal = ({ change }: Preset, made: boolean) =>
      change
        ? html`<h2 class="beat-question">${change.do}${made ? ":" : "."}</h2>
    ${
      made
        ? html`<p class="beat-sentence">${change.then}</p>`
        : html`<p class="beat-ask">What will it do? <span
        class="by-hand">From here on every path follows your hand.</span></p>
      <p class="beat-on">${button("Set it for me", () => act(makeChange, change), "quiet underlined")}</p>`
    }`
        : nothing;

    function words(preset: Preset, beat: Beat, frame: Frame) {
      if (beat === "question") return question(preset, frame);
      if (beat === "run") return running(preset, frame);
      return beat === "change" ? proposal(preset, false) : sentence(preset, frame);
    }

    const panel = createPanel(
      invalidate,
      root,
      (frame) => {
        const { state } = frame;
        const [preset, changed] = [presetShown(state), presetChanged(state)];
        if (state.fault || !(preset ?? changed)) return nothing;
        // The sentence would be of another picture.
        if (hasRunsBefore(state)) return html`<p></p>`;
        if (changed)
          return html`${strip("change", changed, true)}<div class="beat-words"
        aria-live="polite">${proposal(changed, true)}</div>`;
        if (!preset || preset.question === undefined || preset.sentence === undefined) {
          whole();
          return html`<p>${whole.note()}</p>`;
        }
        const beat = beatOf(frame);
        return html`${strip(beat, preset, frame.longest > 0)}<div class="beat-words" data-beat=${beat}
      aria-live="polite">${words(preset, beat, frame)}</div>`;
      },
      ({ state }) => {
        const preset = presetInPlace(state);
        root.parentElement?.classList.toggle("has-preset", preset !== null);
        root.parentElement?.classList.toggle("looks-at-loss", preset?.look_at === "loss");
      },
    );

    return {
      destroy: panel.destroy,
      render(frame: Frame) {
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
        else if (presetShown(store.get())) askAgain();
        else act(setReveal, true);
        return true;
      },
    };
  },
};
