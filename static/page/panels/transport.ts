/** Under the map: to the start, back, play, forward, to the end, the scrubber, the step, the speed. */
import { createScrubber } from "../controls/scrubber.ts";
import { icon, setIcon } from "../controls/icons.ts";
import { chosen } from "../math/format.ts";
import { h, setAttribute, setText } from "../dom.ts";
import { watchSize } from "../figure/ending.ts";
import type { Figure } from "../figure/figure.ts";
import type { Frame } from "../figure/part.ts";
import type { IconName } from "../controls/icons.ts";

const SPEEDS = [0.25, 0.5, 1, 2, 4];

const printed = (speed: number) => ({ 0.25: "¼", 0.5: "½" })[speed] ?? String(speed);

/** After a press by pointer Space plays on, instead of pressing the button again. */
function pressed({ detail, currentTarget }: MouseEvent, act: () => void) {
  act();
  if (detail > 0) (currentTarget as HTMLElement).blur();
}

export function createTransport({ place, player, moved, invalidate, ended }: Figure) {
  const root = place("transport");
  const does = (act: () => void) => () => {
    act();
    moved();
  };
  const toggle = does(() => (player.playing() ? player.pause() : player.play()));
  const by = (steps: number) => does(() => player.seek(Math.floor(player.step()) + steps));
  const toStart = does(() => player.seek(0));
  const toEnd = does(() => player.seek(player.length()));
  const button = (label: string, name: IconName, act: () => void, className = "icon-button") =>
    h("button", { type: "button", class: className, "aria-label": label, title: label, onclick: (event: MouseEvent) => pressed(event, act) }, icon(name));

  const play = button("Play", "play", toggle, "play");
  const scrubber = createScrubber({ onSeek: (step) => does(() => player.seek(step))() });
  const step = h("strong");
  const total = h("span", { class: "total" });
  const speed = h("select", { class: "select speed", "aria-label": "Speed", onchange: does(() => player.setSpeed(Number(speed.value))) },
    ...SPEEDS.map((value) => h("option", { value, selected: value === 1 }, `${printed(value)}×`)));
  const words = h("div", { class: "transport-step" }, h("p", {}, h("span", {}, "step "), step, total), h("label", { class: "speed-label" }, h("span", {}, "speed "), speed));
  root.append(
    h("div", { class: "transport-buttons" }, button("To the start", "first", toStart), button("A step back", "back", by(-1)), play,
      button("A step forward", "forward", by(1)), button("To the end", "last", toEnd)),
    scrubber.root,
    words);

  watchSize(scrubber.root, () => (scrubber.resize(), invalidate()), ended);

  /** Steps that a key moves the playhead by. */
  const KEYS: Record<string, () => void> = {
    " ": toggle, ArrowLeft: by(-1), ArrowRight: by(1), PageUp: () => leap(-1), PageDown: () => leap(1), Home: toStart, End: toEnd,
  };
  const leap = (direction: number) => by(direction * Math.max(1, Math.round(player.length() / 10)))();

  return {
    destroy: () => root.replaceChildren(),
    /** @returns whether it means something here */
    press(key: string): boolean {
      KEYS[key]?.();
      return key in KEYS;
    },
    render({ scene, longest, wordsStep }: Frame) {
      const playing = player.playing();
      setIcon(play.firstElementChild as unknown as SVGElement, playing ? "pause" : "play");
      setAttribute(play, "aria-label", playing ? "Pause" : "Play");
      play.title = playing ? "Pause" : "Play";
      setAttribute(play, "data-empty", !scene.runs.length);
      const ran = scene.runs.some(({ length }) => length > 0);
      setText(step, ran ? chosen(Math.floor(wordsStep)) : "–");
      setText(total, ran ? ` of ${chosen(longest)}` : "");
      // Wide enough for every step to come, so that the scrubber keeps its length while the figures grow.
      words.style.setProperty("--digits", String(chosen(longest).length));
      scrubber.render(scene, player.step(), longest);
    },
  };
}
