/** The bar of presets (visitors read "scene"): the present one, buttons to its neighbours, and the list of all. */
import { html, nothing } from "lit-html";
import { icon } from "../../controls/icons.ts";
import { popover } from "../../controls/popover.ts";
import { createPanel } from "../../figure/panel.ts";
import { panelIn, type View } from "../../figure/part.ts";
import { openAddress } from "../../state/actions.ts";
import { presetWithStatus } from "../../state/exercise.ts";
import { addressOfPreset, neighbouringPreset, presetsOf } from "../../state/preset.ts";
import { problemKey } from "../../state/state.ts";
import type { Preset } from "../../state/types.ts";
import { openNeighbouringPreset, openPreset } from "./opening.ts";

/** Titles with more letters have two lines on their button. */
const LONG = 20;

export const presetsView: View = {
  name: "preset",
  place: panelIn("left", "Scenes"),
  create(root, figure) {
    const { withCatalog, history, act, store } = figure;
    const go = (by: 1 | -1) => openNeighbouringPreset(figure, by);

    async function list(close: () => void) {
      const { openPresetList } = await withCatalog(() => import("./list.ts"));
      const state = store.get();
      const onChoose = (preset: Preset) => {
        close();
        openPreset(figure, preset);
      };
      return openPresetList({
        presets: presetsOf(state),
        shown: presetWithStatus(state, "prepared"),
        theme: state.theme,
        onChoose,
      });
    }

    const step = (
      by: 1 | -1,
      label: string,
      able: boolean,
    ) => html`<button type="button" class="icon-button" aria-label=${label}
    title="${label}: ${by > 0 ? "n" : "p"}" 
    aria-disabled=${able ? nothing : "true"}
    @click=${() => go(by)}>${icon(by > 0 ? "right" : "left")}</button>`;

    const edit = (label: string, keys: string, name: "undo" | "redo", able: boolean) => html`<button type="button"
    class="icon-button" aria-label=${label} title="${label}: ${keys}" aria-disabled=${able ? nothing : "true"}
    @click=${history[name]}>${icon(name)}</button>`;

    const back = (preset: Preset) => html`<button type="button" class="quiet preset-back"
    title="Back to “${preset.title}”"
    @click=${() => act(openAddress, addressOfPreset(preset, false))}>Undo all changes</button>`;

    const way = createPanel(figure, root, ({ state: current, canUndo, canRedo }) => {
      const presets = presetsOf(current);
      root.toggleAttribute("data-waiting", presets.length === 0);
      const { preset: opened, replacedOwnRuns } = current.exercise;
      const prepared = presetWithStatus(current, "prepared");
      const same = opened !== null && problemKey(current) === problemKey(addressOfPreset(opened, false).spec);
      const named = prepared ?? (same ? opened : null);
      const number = named ? presets.indexOf(named) + 1 : 0;
      const at = !named
        ? "Scenes"
        : !prepared
          ? "Changed"
          : replacedOwnRuns
            ? `Scene ${number}; undo brings yours back`
            : `Scene ${number} of ${presets.length}`;
      const title = named?.title ?? (presets.length ? "Your own runs" : "On their way");
      const stepTo = (by: 1 | -1, label: string) => step(by, label, neighbouringPreset(current, by) !== null);
      const opens = popover({ label: "Scenes", className: "presets", fill: list });
      return html`<p class="note preset-count row"><span role="status">${at}</span>${
        opened && !prepared ? back(opened) : nothing
      }</p>${edit("Undo", "Ctrl+Z", "undo", canUndo)}${edit("Redo", "Ctrl+Shift+Z", "redo", canRedo)}
      <button type="button" class="button preset-button row" title=${title} ${opens}><span
        class="preset-title" ?data-long=${title.length > LONG}>${title}</span>${icon(
          "down",
        )}</button>${stepTo(-1, "Scene before")}${stepTo(1, "Next scene")}`;
    });

    return {
      ...way,
      /** N and P open the next scene and the one before. @returns whether it means something here */
      press(key: string): boolean {
        const by = ({ n: 1, p: -1 } as Record<string, 1 | -1>)[key];
        if (by) go(by);
        return by !== undefined;
      },
    };
  },
};
