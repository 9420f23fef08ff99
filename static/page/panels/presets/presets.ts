/** Presets, in the order of a course: the one that shows, the way to the next, the list of all. Visitors read "scene". */
import { html, nothing } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { popover } from "../../controls/popover.ts";
import { icon } from "../../controls/icons.ts";
import { openAddress } from "../../state/actions.ts";
import { emptyAddress, readAddress, writeAddress } from "../../state/address.ts";
import { addressOf, problemKey, runKey } from "../../state/state.ts";
import { fetched } from "../shared/fetched.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import type { Preset, State, PageAddress } from "../../state/types.ts";

/** What two views have in common when they show the same runs: looking closer is not leaving. */
function keyOf(address: PageAddress): string {
  return writeAddress({ ...address, window: null, display: emptyAddress().display }).query;
}

function addressOfPreset({ query, count }: Preset): PageAddress {
  const { address } = readAddress(query);
  return { ...address, display: { ...address.display, samples: count === "samples" } };
}

/** Where a preset is best looked at, where that is not the map. */
const hintOf = ({ look_at }: Preset) => (look_at === "loss" ? " See the loss chart." : "");

const NO_ANSWER = "The server does not answer. Fold this and unfold it to ask again.";

type Given = { onOpen: (address: PageAddress) => void; onLook: (part: string) => void };

/** @param given.onLook  a part of the page is what the preset is about */
export const createPresets = ({ onOpen, onLook }: Given) => (figure: Figure) => {
  const { place, wholeCatalog, history, act, store, invalidate } = figure;
  const state = store.get;
  const [root, words] = [place("preset"), place("preset-words")];
  const keys: Map<Preset, string> = new Map();
  /** The preset that was opened last. */
  let opened: Preset | null = null;
  let silent = false;

  const all = (now: State) => now.catalog?.presets ?? [];

  function keyOfPreset(preset: Preset): string {
    const key = keys.get(preset) ?? keyOf(addressOfPreset(preset));
    keys.set(preset, key);
    return key;
  }

  /** @returns the one that is as it was prepared */
  function shownIn(now: State): Preset | null {
    const key = keyOf(addressOf(now, null));
    return all(now).find((preset) => keyOfPreset(preset) === key) ?? null;
  }

  function open(preset: Preset) {
    opened = preset;
    onOpen(addressOfPreset(preset));
    onLook(preset.look_at ?? "map");
  }

  /** From the last one on to the next, round the course. */
  function go(by: 1 | -1) {
    const presets = all(state());
    if (!presets.length) return;
    const at = opened ? presets.findIndex(({ name }) => name === opened?.name) : by > 0 ? -1 : 0;
    open(presets[(at + by + presets.length) % presets.length]);
  }

  /** Fetched when it is unfolded. */
  async function tellMore({ open }: HTMLDetailsElement) {
    if (!open) return;
    silent = await wholeCatalog().then(() => false, () => true);
    sentence.again();
  }

  async function list(close: () => void) {
    const [{ openPresetList }] = await Promise.all([import("./list.ts"), wholeCatalog()]);
    const now = state();
    const onChoose = (preset: Preset) => (close(), open(preset));
    return openPresetList({ presets: all(now), shown: shownIn(now), theme: now.theme, onChoose });
  }

  const step = (by: 1 | -1, label: string) => html`<button type="button" class="icon-button" aria-label=${label}
    title="${label}: ${by > 0 ? "n" : "p"}" @click=${() => go(by)}>${icon(by > 0 ? "right" : "left")}</button>`;

  const edit = (label: string, keys: string, name: "undo" | "redo", able: boolean) => html`<button type="button"
    class="icon-button" aria-label=${label} title="${label}: ${keys}" aria-disabled=${able ? nothing : "true"}
    @click=${history[name]}>${icon(name)}</button>`;

  const back = (preset: Preset) => html`<button type="button" class="quiet preset-back"
    title="Back to “${preset.title}”" @click=${() => act(openAddress, addressOfPreset(preset))}>Back to the scene</button>`;

  const way = createPanel(invalidate, root, ({ state: now }) => {
    const presets = all(now);
    root.toggleAttribute("data-waiting", presets.length === 0);
    const shown = shownIn(now);
    opened = shown ?? presets.find(({ name }) => name === opened?.name) ?? null;
    const same = opened !== null && problemKey(now) === JSON.stringify(addressOfPreset(opened).spec.problem);
    const named = shown ?? (same ? opened : null);
    const at = !named ? "Scenes" : shown ? `Scene ${presets.indexOf(named) + 1} of ${presets.length}` : "Changed";
    const title = named?.title ?? (presets.length ? `${presets.length} comparisons` : "On their way");
    const opens = popover({ label: "Scenes", className: "presets", fill: list });
    return html`<p class="preset-count"><span>${at}</span>${
      opened && !shown ? back(opened) : nothing}</p>${
      edit("Undo", "Ctrl+Z", "undo", history.canUndo())}${edit("Redo", "Ctrl+Shift+Z", "redo", history.canRedo())}
      <button type="button" class="preset-button" title=${title} ${opens}><span class="preset-title">${title}</span>${
      icon("down")}</button>${step(-1, "Scene before")}${step(1, "Next scene")}`;
  });

  // A drag that ends where it began leaves nothing to undo.
  store.subscribe((now, before) => void (before.moving && !now.moving && way.again()));

  /** @returns whether what is drawn is of what was asked for before: the sentence would be of another picture */
  const isLate = (now: State) => now.entries.some((entry) =>
    now.runs[entry.id] && now.runs[entry.id].key !== runKey(now, entry));

  const whole = fetched(wholeCatalog, { ...figure, invalidate: () => sentence.again() });

  /** The sentence of the preset, and more numbers folded beneath it. */
  const sentence = createPanel(invalidate, words, ({ state: now }) => {
    const shown = shownIn(now);
    // Its place stays when the preset is changed, or all below would move away under the hand.
    words.parentElement?.classList.toggle("has-preset", opened !== null);
    if (!shown || now.fault) return nothing;
    if (isLate(now)) return html`<p></p>`;
    if (shown.sentence === undefined) {
      whole();
      return html`<p></p>`;
    }
    const toggle = ({ currentTarget }: Event) => void tellMore(currentTarget as HTMLDetailsElement);
    const text = shown.more ?? (silent ? NO_ANSWER : "");
    const folded = html`<details class="preset-more" @toggle=${toggle}><summary>more</summary><p>${text}</p></details>`;
    return html`<p>${shown.sentence}${hintOf(shown)}</p>${keyed(shown.name, folded)}`;
  });

  return {
    /** Keys for who stands at the wall. @returns whether it means something here */
    press(key: string): boolean {
      const by = ({ n: 1, p: -1 } as Record<string, 1 | -1>)[key.toLowerCase()];
      if (by) go(by);
      return by !== undefined;
    },
    render(frame: Frame) {
      way.render(frame);
      sentence.render(frame);
    },
    destroy() {
      way.destroy();
      sentence.destroy();
    },
  };
};
