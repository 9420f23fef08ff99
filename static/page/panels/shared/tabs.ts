/** On narrow screens the panels are tabs: one at a time, under the map. On wide ones all of them show. */
import { showTab } from "../../state/explain.ts";
import { h, setAttribute } from "../../dom.ts";
import type { Figure } from "../../figure/figure.ts";

type Tab = { id: string; word: string };

const TABS: Tab[] = [
  { id: "landscape", word: "Landscape" }, { id: "runs", word: "Runs" }, { id: "data", word: "Data" },
  { id: "loss", word: "Loss" }, { id: "standings", word: "Standings" },
  { id: "working", word: "Working" },
];

export function createTabs(figure: Figure) {
  const root = figure.place("tabs");
  const tabs = [...TABS, ...figure.views.map(({ name, tab }) => ({ id: name, word: tab }))];
  const buttons = tabs.map(({ id, word }) => h("button", { type: "button", role: "tab", class: "tab", "data-tab": id, "aria-controls": figure.id(id), onclick: () => (show(id), bring()) }, word));
  /** Where the tabs would stand if they did not stick. */
  const place = h("div", { class: "tabs-place" });
  root.setAttribute("role", "tablist");
  root.append(...buttons);
  root.before(place);
  root.addEventListener("keydown", (event) => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const shown = buttons.filter((button) => button.offsetParent !== null);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    const at = shown.findIndex((button) => button.dataset.tab === figure.store.get().tab);
    const next = shown[(at + move + shown.length) % shown.length];
    show(next.dataset.tab as string);
    next.focus();
    bring();
  });

  /** The page scrolls until what the tab shows is in sight, right below the tabs. */
  function bring() {
    const top = Number.parseFloat(getComputedStyle(root).top);
    scrollBy({ top: place.getBoundingClientRect().top - top, behavior: "instant" });
  }

  /** At once, for whoever measures or focuses what shows now. */
  function show(tab: string) {
    figure.act(showTab, tab);
    write();
  }

  function write() {
    const id = figure.store.get().tab;
    figure.root.dataset.tab = id;
    for (const button of buttons) {
      const chosen = button.dataset.tab === id;
      setAttribute(button, "aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
  }

  write();
  return {
    render: write,
    destroy() {
      place.remove();
      root.replaceChildren();
      delete figure.root.dataset.tab;
    },
    /** What stands in a tab of its own is brought forward; for anything else the runs. */
    show: (part: string) => show(tabs.some(({ id }) => id === part) ? part : "runs"),
  };
}
