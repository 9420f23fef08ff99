/**
 * The panels as tabs, one at a time: on narrow screens under the map, on a wall beside it. On wide screens all of them
 * show.
 */
import { html } from "lit-html";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame, View } from "../../figure/part.ts";
import type { PlaceName } from "../../figure/places.ts";
import { rove } from "../../roving.ts";
import { isLineFit } from "../../state/catalog.ts";
import { explain, showTab } from "../../state/explain.ts";
import type { State } from "../../state/types.ts";

const TABS = Object.entries({
  landscape: "Landscape",
  runs: "Runs",
  data: "Data",
  loss: "Loss",
  standings: "Standings",
  working: "Working",
});

/** @returns what a scene is looked at in beside the map */
const chartOf = ({ problem, tab }: State) => (isLineFit(problem) && tab !== "loss" ? "data" : "loss");

/** @param views  that bring a place along */
const chosenOf = (frame: Frame, beside: string | null, views: View[]): string => {
  const { state, scene } = frame;
  if (!scene.projector)
    return views.some(({ name, shows }) => name === state.tab && shows?.(frame) === false) ? "runs" : state.tab;
  return state.explain.working ? "working" : (beside ?? chartOf(state));
};

export function createTabs({ root, act, store, id, place, invalidate, views }: Figure) {
  const tabs = place("tabs");
  const own = views.filter((view): view is View & { tab: string } => view.tab !== undefined);
  const all = [...TABS, ...own.map(({ name, tab }) => [name, tab])];
  /** Where the tabs would stand if they did not stick. */
  const unstuck = document.createElement("div");
  unstuck.className = "tabs-place";
  tabs.before(unstuck);
  /** It is drawn for a wall, and what was chosen there; null: the chart of the scene. */
  let [onWall, beside]: [boolean, string | null] = [false, null];

  /** The page scrolls until what the tab shows is in sight, right below the tabs. */
  function bring() {
    const top = Number.parseFloat(getComputedStyle(tabs).top);
    scrollBy({ top: unstuck.getBoundingClientRect().top - top, behavior: "instant" });
  }

  function mark(tab: string) {
    root.dataset.tab = tab;
    for (const [name] of [...all, ["stop"]])
      place(name as PlaceName).classList.toggle("is-chosen", name === tab || (name === "stop" && tab === "runs"));
  }

  /** At once, for whoever measures or focuses what shows now. */
  function show(tab: string) {
    if (onWall) {
      if (tab !== "working") beside = tab;
      act(explain, { working: tab === "working" });
    } else act(showTab, tab);
    mark(tab);
    panel.again();
  }

  function choose(tab: string) {
    show(tab);
    bring();
  }

  function key(event: KeyboardEvent) {
    const shown = [...tabs.querySelectorAll<HTMLElement>(".tab")].filter((tab) => tab.offsetParent !== null);
    const at = shown.findIndex((tab) => tab.dataset.tab === root.dataset.tab);
    rove(event, { at, count: shown.length, keys: "across" }, (next) => {
      show(shown[next].dataset.tab as string);
      shown[next].focus();
      bring();
    });
  }

  const panel = createPanel(invalidate, tabs, (frame) => {
    const chosen = chosenOf(frame, beside, own);
    onWall = frame.scene.projector;
    mark(chosen);
    const shown = [...TABS, ...own.filter(({ shows }) => shows?.(frame) !== false).map(({ name, tab }) => [name, tab])];
    return shown.map(
      ([tab, word]) => html`<button type="button" role="tab" class="word tab" data-tab=${tab}
      aria-controls=${id(tab)} aria-selected=${tab === chosen} tabindex=${tab === chosen ? 0 : -1}
      @click=${() => choose(tab)} @keydown=${key}>${word}</button>`,
    );
  });

  return {
    render: panel.render,
    destroy() {
      panel.destroy();
      unstuck.remove();
      delete root.dataset.tab;
    },
    /** What stands in a tab of its own is brought forward; for anything else the runs, on a wall the chart. */
    show(part: string) {
      const known = all.some(([tab]) => tab === part);
      act(showTab, known ? part : "runs");
      beside = known ? part : null;
      panel.again();
    },
    /** Rates are one key away on a wall. @returns whether it means something here */
    press(key: string): boolean {
      if (!onWall || key.toLowerCase() !== "r") return false;
      show(root.dataset.tab === "runs" ? chartOf(store.get()) : "runs");
      return true;
    },
  };
}
