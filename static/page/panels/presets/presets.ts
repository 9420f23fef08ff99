/** Presets in the order of a course: the one that shows, its neighbours, the list of all. Visitors read "scene". */
import { html, nothing } from "lit-html";
import { icon } from "../../controls/icons.ts";
import { popover } from "../../controls/popover.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import { openAddress } from "../../state/actions.ts";
import { addressOfPreset, presetChanged, presetShown, presetsOf } from "../../state/preset.ts";
import { problemKey } from "../../state/state.ts";
import type { PageAddress, Preset, ProblemSpec } from "../../state/types.ts";

/** @returns what names a landscape, whatever is changed of it */
const landscapeOf = ({ surface, dataset, network, expression }: ProblemSpec) =>
  JSON.stringify([surface, dataset, network?.dataset, expression !== undefined]);

type PresetPorts = { onOpen: (address: PageAddress) => void; onLook: (part: string) => void };

/** @param given.onLook  a part of the page is what the preset is about */
export const createPresets =
  ({ onOpen, onLook }: PresetPorts) =>
  (figure: Figure) => {
    const { place, withCatalog, history, act, store, invalidate } = figure;
    const state = store.get;
    const [root, words] = [place("preset"), place("words")];
    /** The preset that was opened last. */
    let opened: Preset | null = null;
    /** It took the place of something that is no preset. */
    let tookPlace = false;

    function open(preset: Preset) {
      tookPlace = state().entries.length > 0 && !presetShown(state()) && !presetChanged(state());
      opened = preset;
      onOpen(addressOfPreset(preset, true));
      onLook(preset.look_at ?? "map");
    }

    /** From the last one on to the next, round the course. */
    function go(by: 1 | -1) {
      const presets = presetsOf(state());
      if (!presets.length) return;
      const at = opened ? presets.findIndex(({ name }) => name === opened?.name) : by > 0 ? -1 : 0;
      open(presets[(at + by + presets.length) % presets.length]);
    }

    async function list(close: () => void) {
      const { openPresetList } = await withCatalog(() => import("./list.ts"));
      const now = state();
      const onChoose = (preset: Preset) => {
        close();
        open(preset);
      };
      return openPresetList({ presets: presetsOf(now), shown: presetShown(now), theme: now.theme, onChoose });
    }

    const step = (by: 1 | -1, label: string) => html`<button type="button" class="icon-button" aria-label=${label}
    title="${label}: ${by > 0 ? "n" : "p"}" @click=${() => go(by)}>${icon(by > 0 ? "right" : "left")}</button>`;

    const edit = (label: string, keys: string, name: "undo" | "redo", able: boolean) => html`<button type="button"
    class="icon-button" aria-label=${label} title="${label}: ${keys}" aria-disabled=${able ? nothing : "true"}
    @click=${history[name]}>${icon(name)}</button>`;

    const back = (preset: Preset) => html`<button type="button" class="quiet preset-back"
    title="Back to “${preset.title}”"
    @click=${() => act(openAddress, addressOfPreset(preset, false))}>Back to the scene</button>`;

    const way = createPanel(invalidate, root, ({ state: now }) => {
      const presets = presetsOf(now);
      root.toggleAttribute("data-waiting", presets.length === 0);
      const shown = presetShown(now);
      opened = shown ?? presets.find(({ name }) => name === opened?.name) ?? null;
      const same = opened !== null && problemKey(now) === JSON.stringify(addressOfPreset(opened, false).spec.problem);
      // Its place stays when the scene is changed, or all below would move. On another landscape its room is needed.
      const placed =
        opened !== null && landscapeOf(now.problem) === landscapeOf(addressOfPreset(opened, false).spec.problem);
      words.classList.toggle("has-preset", placed);
      words.classList.toggle("looks-at-loss", placed && opened?.look_at === "loss");
      const named = shown ?? (same ? opened : null);
      if (!shown) tookPlace = false;
      const number = named ? presets.indexOf(named) + 1 : 0;
      const at = !named
        ? "Scenes"
        : !shown
          ? "Changed"
          : tookPlace
            ? `Scene ${number}; undo brings yours back`
            : `Scene ${number} of ${presets.length}`;
      const title = named?.title ?? (presets.length ? `${presets.length} comparisons` : "On their way");
      const opens = popover({ label: "Scenes", className: "presets", fill: list });
      return html`<p class="preset-count"><span role="status">${at}</span>${
        opened && !shown ? back(opened) : nothing
      }</p>${edit(
        "Undo",
        "Ctrl+Z",
        "undo",
        history.canUndo(),
      )}${edit("Redo", "Ctrl+Shift+Z", "redo", history.canRedo())}
      <button type="button" class="button preset-button" title=${title} ${opens}><span
        class="preset-title">${title}</span>${icon(
          "down",
        )}</button>${step(-1, "Scene before")}${step(1, "Next scene")}`;
    });

    // A drag that ends where it began leaves nothing to undo.
    store.subscribe((now, before) => void (before.moving && !now.moving && way.again()));

    return {
      /** Keys for who stands at the wall. @returns whether it means something here */
      press(key: string): boolean {
        const by = ({ n: 1, p: -1 } as Record<string, 1 | -1>)[key.toLowerCase()];
        if (by) go(by);
        return by !== undefined;
      },
      go,
      render: way.render,
      destroy: way.destroy,
    };
  };
