/**
 * The panels as tabs, one at a time: on narrow screens under the map, on a wall beside it. On wide screens all of them
 * show.
 */
import { html } from "lit-html";
import type { FramePorts, Places, StatePorts } from "../../figure/figure.ts";
import { onEnd } from "../../figure/lifetime.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, Part, View } from "../../figure/part.ts";
import { rove } from "../../roving.ts";
import { isLineFit } from "../../state/catalog.ts";
import { presetOfLandscape } from "../../state/exercise.ts";
import { EXPLANATIONS_PANEL, openExplanation, showTab } from "../../state/explain.ts";
import type { State } from "../../state/types.ts";

/** @returns the panel that a preset names beside the map */
export function chartOf(state: State) {
  return isLineFit(state.problem) && presetOfLandscape(state)?.look_at !== "loss" ? "data" : "loss";
}

function createTabs(tabs: HTMLElement, figure: StatePorts & FramePorts & Places): Part {
  const { root, act, store, id, elementOf, views } = figure;
  const panelsBegin = document.createElement("div");
  panelsBegin.className = "tabs-place";
  tabs.before(panelsBegin);

  const shownIn = (frame: Frame) => views.filter(({ tab, shows }) => tab && shows?.(frame) !== false);

  function chosenIn(frame: Frame): string {
    const { scene, state, stacked } = frame;
    const { panel } = state;
    if (openExplanation(state)) return EXPLANATIONS_PANEL;
    if (scene.projector) return panel ?? chartOf(state);
    const chosenTab = shownIn(frame).find(({ name }) => name === panel)?.name;
    const first = stacked && presetOfLandscape(state)?.look_at !== "loss" ? "runs" : chartOf(state);
    return chosenTab ?? first;
  }

  /** Scrolls the page until the panel is in sight. */
  const bring = () => panelsBegin.scrollIntoView({ behavior: "instant" });

  function mark(chosen: string) {
    root.dataset.tab = chosen;
    for (const { name, below = name } of views) elementOf(name)?.classList.toggle("is-chosen", below === chosen);
  }

  function choose(tab: string) {
    act(showTab, tab);
    bring();
  }

  function key(event: KeyboardEvent) {
    const visible = [...tabs.querySelectorAll<HTMLElement>(".tab")].filter((tab) => tab.offsetParent !== null);
    const at = visible.findIndex((tab) => tab.dataset.tab === root.dataset.tab);
    rove(event, { at, count: visible.length, keys: "across" }, (next) => {
      act(showTab, visible[next].dataset.tab as string);
      visible[next].focus();
      bring();
    });
  }

  const panel = createPanel(figure, tabs, (frame) => {
    const chosen = chosenIn(frame);
    mark(chosen);
    const open = openExplanation(frame.state);
    return shownIn(frame).map(
      ({ name, tab }) => html`<button type="button" role="tab" class="word tab" data-tab=${name}
      aria-controls=${id(name)} aria-selected=${name === chosen} tabindex=${name === chosen ? 0 : -1}
      @click=${() => choose(name)} @keydown=${key}>${name === EXPLANATIONS_PANEL && open ? open.label : tab}</button>`,
    );
  });

  // Marked at once, not in the next frame, as callers then measure or focus the panel.
  store.subscribe((state, before) => {
    if (state.panel !== before.panel || state.explain !== before.explain) mark(chosenIn(figure.frame()));
  });

  onEnd(figure.ended, () => {
    panelsBegin.remove();
    delete root.dataset.tab;
  });
  return panel;
}

export const tabsView: View = {
  name: "tabs",
  place: { within: "root", attributes: { class: "tabs", role: "tablist", "aria-label": "Panels" } },
  create: createTabs,
};
