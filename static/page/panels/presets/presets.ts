/** The presets: scenes someone has prepared, in the order of a course: the one that shows, the way to the next, and the list of all. */
import { createPopover } from "../../controls/popover.ts";
import { h, setAttribute, setText } from "../../dom.ts";
import { icon } from "../../controls/icons.ts";
import { emptyAddress, readAddress, writeAddress } from "../../state/address.ts";
import { problemKey, addressOf } from "../../state/state.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Preset, State, PageAddress } from "../../state/types.ts";

/** What two views have in common when they show the same runs: looking closer is not leaving. */
const keyOf = (address: PageAddress): string => writeAddress({ ...address, window: null, display: emptyAddress().display }).query;

function addressOfPreset({ query, count }: Preset): PageAddress {
  const { address } = readAddress(query);
  return { ...address, display: { ...address.display, samples: count === "samples" } };
}

/** Where a scene is best looked at, where that is not the map. */
const hintOf = ({ look_at }: Preset) => (look_at === "loss" ? " See the loss chart." : "");

/** @param events  onLook: a part of the page is what the scene is about */
export const createPresets = ({ onOpen, onLook }: { onOpen: (address: PageAddress) => void; onLook: (part: string) => void }) => ({ place, id, service, store: { get: state } }: Figure) => {
  const root = place("scene");
  /** Where the sentence of the scene stands, and more numbers folded beneath it. */
  const words = h("div", { class: "scene-words", id: id("scene-words"), "data-part": "scene-words", hidden: true });
  place("words").prepend(words);
  const count = h("span", { class: "scene-count" });
  const title = h("span", { class: "scene-title" });
  const button = h("button", { type: "button", class: "scene-button" }, h("span", { class: "scene-names" }, count, title), icon("down"));
  const step = (by: 1 | -1, label: string) => h("button", { type: "button", class: "icon-button", "aria-label": label, title: `${label}: ${by > 0 ? "n" : "p"}`, onclick: () => go(by) }, icon(by > 0 ? "right" : "left"));
  root.append(button, step(-1, "Scene before"), step(1, "Next scene"));
  const [said, moreSaid] = [h("p"), h("p")];
  const more = h("details", { class: "scene-more", ontoggle: tellMore }, h("summary", {}, "more"), moreSaid) as HTMLDetailsElement;
  words.append(said, more);
  createPopover({ button, label: "Scenes", className: "scenes", fill: list });
  const keys: Map<Preset, string> = new Map();
  /** The scene that was opened last. */
  let opened: Preset | null = null;
  /** The scene whose sentence stands. */
  let told: Preset | null = null;

  const all = () => state().catalog?.presets ?? [];

  const keyOfPreset = (preset: Preset) => keys.get(preset) ?? (keys.set(preset, keyOf(addressOfPreset(preset))), (keys.get(preset) as string));

  /** @returns the one that is as it was prepared */
  function shownIn(now: State): Preset | null {
    const key = keyOf(addressOf(now, null));
    return all().find((preset) => keyOfPreset(preset) === key) ?? null;
  }

  function open(preset: Preset) {
    opened = preset;
    onOpen(addressOfPreset(preset));
    onLook(preset.look_at ?? "map");
  }

  /** From the last one on to the next, round the course. */
  function go(by: 1 | -1) {
    const presets = all();
    if (!presets.length) return;
    const at = opened ? presets.indexOf(opened) : by > 0 ? -1 : 0;
    open(presets[(at + by + presets.length) % presets.length]);
  }

  /** Fetched when it is unfolded. */
  async function tellMore() {
    const scene = told;
    if (!more.open || !scene) return;
    const text = await service.getMore(scene.name).catch(() => "The server does not answer. Fold this and unfold it to ask again.");
    if (scene === told) setText(moreSaid, text);
  }

  async function list(close: () => void) {
    const { createPresetList } = await import("./list.ts");
    const choose = (preset: Preset) => (close(), open(preset));
    return createPresetList(all(), { shown: shownIn(state()), theme: state().theme, onChoose: choose });
  }

  const countOf = (preset: Preset, shown: Preset | null, presets: Preset[]) => `Scene ${presets.indexOf(preset) + 1} of ${presets.length}${shown ? "" : ", changed"}`;

  /** The scene that was opened last and has been changed since. */
  function changed(now: State): { address: PageAddress; title: string } | null {
    if (!opened || keyOf(addressOf(now, null)) === keyOfPreset(opened)) return null;
    return { address: addressOfPreset(opened), title: opened.title };
  }

  return {
    changed,
    /** Keys for who stands at the wall. @returns whether it means something here */
    press(key: string): boolean {
      const by = ({ n: 1, p: -1 } as Record<string, 1 | -1>)[key.toLowerCase()];
      if (by) go(by);
      return by !== undefined;
    },
    render({ state: now }: Frame) {
      const presets = all();
      setAttribute(root, "data-waiting", presets.length === 0);
      const shown = shownIn(now);
      opened = shown ?? opened;
      const named = shown ?? (opened && problemKey(now) === JSON.stringify(addressOfPreset(opened).spec.problem) ? opened : null);
      setText(count, named ? countOf(named, shown, presets) : "Scenes");
      setText(title, named?.title ?? (presets.length ? `${presets.length} comparisons` : "On their way"));
      // Not while a hand is on what changes it: all below would move away under it.
      if (now.moving) return;
      words.hidden = !shown;
      setText(said, shown ? `${shown.sentence}${hintOf(shown)}` : "");
      more.hidden = !shown;
      if (shown === told) return;
      told = shown;
      more.open = false;
      setText(moreSaid, "");
    },
  };
};
