/** On narrow screens the panels are tabs: one at a time, under the map. On wide ones all of them show. */
import { html } from "lit-html";
import { showTab } from "../../state/explain.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Figure } from "../../figure/figure.ts";

const TABS = Object.entries({
  landscape: "Landscape", runs: "Runs", data: "Data", loss: "Loss", standings: "Standings", working: "Working",
});

export function createTabs({ root, act, store, id, place, invalidate, views }: Figure) {
  const tabs = place("tabs");
  const all = [...TABS, ...views.map(({ name, tab }) => [name, tab])];
  /** Where the tabs would stand if they did not stick. */
  const unstuck = document.createElement("div");
  unstuck.className = "tabs-place";
  tabs.before(unstuck);

  /** The page scrolls until what the tab shows is in sight, right below the tabs. */
  function bring() {
    const top = Number.parseFloat(getComputedStyle(tabs).top);
    scrollBy({ top: unstuck.getBoundingClientRect().top - top, behavior: "instant" });
  }

  /** At once, for whoever measures or focuses what shows now. */
  function show(tab: string) {
    act(showTab, tab);
    root.dataset.tab = tab;
  }

  function key(event: KeyboardEvent) {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const shown = [...tabs.querySelectorAll<HTMLElement>(".tab")].filter((tab) => tab.offsetParent !== null);
    const at = shown.findIndex((tab) => tab.dataset.tab === store.get().tab);
    const next = shown[(at + move + shown.length) % shown.length];
    show(next.dataset.tab as string);
    next.focus();
    bring();
  }

  const panel = createPanel(invalidate, tabs, ({ state: { tab: chosen } }) => {
    root.dataset.tab = chosen;
    return all.map(([tab, word]) => html`<button type="button" role="tab" class="tab" data-tab=${tab}
      aria-controls=${id(tab)} aria-selected=${tab === chosen} tabindex=${tab === chosen ? 0 : -1}
      @click=${() => (show(tab), bring())} @keydown=${key}>${word}</button>`);
  });

  return {
    render: panel.render,
    destroy() {
      panel.destroy();
      unstuck.remove();
      delete root.dataset.tab;
    },
    /** What stands in a tab of its own is brought forward; for anything else the runs. */
    show: (part: string) => show(all.some(([tab]) => tab === part) ? part : "runs"),
  };
}
