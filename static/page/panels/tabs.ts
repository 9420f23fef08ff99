/** On narrow screens the panels are tabs: one at a time, under the map. On wide ones all of them show. */
import { h, setAttribute } from "../dom.ts";

type Tab = { id: string; word: string };

const TABS: Tab[] = [
  { id: "landscape", word: "Landscape" }, { id: "runs", word: "Runs" }, { id: "data", word: "Data" },
  { id: "loss", word: "Loss" }, { id: "standings", word: "Standings" },
  { id: "working", word: "Working" },
];

/** @param onShow  another panel shows: its parts have a size from now on */
export function createTabs(root: HTMLElement, onShow: () => void) {
  const buttons = TABS.map(({ id, word }) => h("button", { type: "button", role: "tab", class: "tab", "data-tab": id, "aria-controls": id, onclick: () => (show(id), bring()) }, word));
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
    const at = shown.findIndex((button) => button.dataset.tab === document.body.dataset.tab);
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

  function show(id: string) {
    document.body.dataset.tab = id;
    for (const button of buttons) {
      const chosen = button.dataset.tab === id;
      setAttribute(button, "aria-selected", String(chosen));
      button.tabIndex = chosen ? 0 : -1;
    }
    onShow();
  }

  show("runs");
  return {
    /** What stands in a tab of its own is brought forward; for anything else the runs. */
    show: (part: string) => show(TABS.some(({ id }) => id === part) ? part : "runs"),
  };
}
