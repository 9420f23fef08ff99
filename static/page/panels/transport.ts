/** The playback under the map: start, back, play, forward, end, scrubber, step and speed. */
import { html, nothing, render } from "lit-html";
import { styles } from "../component.ts";
import { select } from "../controls/choice.ts";
import { type IconName, icon } from "../controls/icons.ts";
import { scrubber } from "../controls/scrubber.ts";
import type { FramePorts, Places, PlaybackPorts } from "../figure/figure.ts";
import { onEnd } from "../figure/lifetime.ts";
import type { Part, View } from "../figure/part.ts";
import { formatExact } from "../math/format.ts";
import { nextStep } from "../state/nextStep.ts";

const SPEEDS = Object.entries({ 0.25: "¼×", 0.5: "½×", 1: "1×", 2: "2×", 4: "4×" })
  .map(([name, label]) => ({ name, label }))
  .sort((a, b) => Number(a.name) - Number(b.name));

/** Gives the focus away after a press by pointer, so that Space plays and does not press the button again. */
function pressed({ detail, currentTarget }: MouseEvent, act: () => void) {
  act();
  if (detail > 0) (currentTarget as HTMLElement).blur();
}

function createTransport(root: HTMLElement, figure: PlaybackPorts & FramePorts & Places): Part {
  const { player, views, seek, play, pause, setSpeed } = figure;
  const toggle = () => (player.playing() ? pause() : play());
  const by = (steps: number) => () => seek(Math.floor(player.step()) + steps);
  const toStart = () => seek(0);
  const toEnd = () => seek(Infinity);
  const leap = (direction: number) => by(direction * Math.max(1, Math.round(player.length() / 10)))();
  /** Steps that a key moves the playhead by. */
  const KEYS: Record<string, () => void> = {
    " ": toggle,
    ArrowLeft: by(-1),
    ArrowRight: by(1),
    PageUp: () => leap(-1),
    PageDown: () => leap(1),
    Home: toStart,
    End: toEnd,
  };

  const button = (
    label: string,
    name: IconName,
    act: () => void,
    className = "icon-button",
    empty = false,
  ) => html`<button
    type="button" class=${className} aria-label=${label} title=${label} ?data-empty=${empty}
    @click=${(event: MouseEvent) => pressed(event, act)}>${icon(name)}</button>`;

  onEnd(figure.ended, () => render(nothing, root));
  return {
    render(frame) {
      const { state, scene, narrow, step, wordsStep, longest, playing, speed } = frame;
      const { shownRuns, theme, scale, guesses, hasHiddenRows } = scene;
      const ran = shownRuns.some(({ length }) => length > 0);
      // As wide as the largest step, so that the scrubber keeps its length while the number grows. Where an explanation
      // shows the next step, its number stands here, too.
      const within = Boolean(scene.problem.network) && state.explain.substep !== null && !playing;
      const index = within || views.some((view) => view.tellsOfStep?.(frame)) ? frame.chosen : null;
      const next = index === null ? null : nextStep(scene.wholeRuns[index], wordsStep);
      // With a substep chosen, a network shows its last step at the end of its run.
      const from = within && next?.last ? next.t - 1 : Math.floor(wordsStep);
      const to = next && next.t > from ? html`<span class="to">, next ${formatExact(next.t)}</span>` : nothing;
      const at = ran ? formatExact(from) : "–";
      const total = html`<span class="total">${ran && !hasHiddenRows ? ` of ${formatExact(longest)}` : ""}</span>`;
      const digits = styles({ "--digits": String(formatExact(longest).length) });
      const controls = html`<div class="transport-buttons row">${button("To the start", "first", toStart)}${button(
        "A step back",
        "back",
        by(-1),
      )}${button(
        playing ? "Pause" : "Play",
        playing ? "pause" : "play",
        toggle,
        "play",
        !shownRuns.length,
      )}${button("A step forward", "forward", by(1))}${button("To the end", "last", toEnd)}</div>
        ${scrubber({ shownRuns, theme, scale, guesses, hasHiddenRows, narrow, step, longest, onSeek: seek })}
        <div class="transport-step" ${digits}><p><span>step </span><strong>${at}</strong>${to}${total}</p>
          <label class="speed-label"><span>speed </span>${select({
            label: "Speed",
            className: "speed",
            options: SPEEDS,
            value: String(speed),
            onChoose: (name) => setSpeed(Number(name)),
          })}</label></div>`;
      render(controls, root);
    },
    /** @returns whether it means something here */
    press(key: string): boolean {
      KEYS[key]?.();
      return key in KEYS;
    },
  };
}

export const transportView: View = {
  name: "transport",
  place: { within: "stage", attributes: { class: "transport", role: "group", "aria-label": "Playback" } },
  create: createTransport,
};
