/**
 * The way into what explains a run: the working of a step in the right column, and the drawer under the map. Each part
 * is fetched when it is first opened, so that the page opens as light as without them.
 */
import { explain } from "../state/explain.ts";
import { icon } from "../controls/icons.ts";
import { h } from "../dom.ts";
import { fetched } from "./shared/fetched.ts";
import { bring, createOpening, onEscape } from "./shared/focus.ts";
import type { Figure } from "../figure/figure.ts";
import type { Frame } from "../figure/part.ts";

/** The drawer from the first screen on: what it holds besides is one word further. */
const BUTTONS = [["charts", "States"], ["average", "Averages"], ["compare", "Compare"], ["rule", "Your rule"]];

const narrow = matchMedia("(max-width: 1099px)");

/** Under the map where there is room, else below the working. */
function placeDrawer(drawer: HTMLElement, working: HTMLElement, { stage, ended }: Figure) {
  const put = () => (narrow.matches ? working.after(drawer) : stage().append(drawer));
  narrow.addEventListener("change", put, { signal: ended });
  put();
}

export function createExplanations(figure: Figure) {
  const { store, act } = figure;
  const open = () => {
    asked = true;
    act(explain, { working: true });
  };
  const opener = h("button", { type: "button", class: "quiet working-opener", "aria-expanded": "false", onclick: open }, "Working of the next step", icon("down"));
  const doors = h("div", { class: "working-ways" }, ...BUTTONS.map(([drawer, word]) => h("button", { type: "button", class: "quiet", onclick: () => act(explain, { drawer }) }, word)));
  const panel = h("div", { id: figure.id("working-panel"), "data-part": "working-panel" });
  const root = figure.place("working");
  /** Opened by hand, and not yet brought into sight. */
  let asked = false;
  root.append(opener, doors, panel);
  const working = fetched(async () => (await import("./working/working.ts")).createWorking(panel, figure), figure);
  const drawer = h("section", { id: figure.id("drawer"), class: "drawer", "aria-label": "Explanations", hidden: true });
  placeDrawer(drawer, root, figure);
  const contents = fetched(async () => (await import("./drawer/drawer.ts")).createDrawer(drawer, figure), figure);

  function show(frame: Frame) {
    const part = working();
    part?.render(frame);
    if (part && asked) bring(root, panel.querySelector("h2"));
    asked &&= !part;
  }

  const opening = createOpening(drawer, () => (panel.hidden ? opener : panel.querySelector("h2")));
  onEscape(panel, () => act(explain, { working: false }));
  onEscape(drawer, () => act(explain, { drawer: null }));

  return {
    chartExports: () => (store.get().explain.drawer === null ? [] : (contents()?.chartExports?.() ?? [])),
    render(frame: Frame) {
      const { state, working: shown } = frame;
      const left = !shown && panel.contains(document.activeElement);
      opener.hidden = shown;
      doors.hidden = shown || state.explain.drawer !== null;
      panel.hidden = !shown;
      if (left) opener.focus();
      if (shown) show(frame);
      opening.begin(state.explain.drawer !== null);
      const content = drawer.hidden ? null : contents();
      content?.render(frame);
      if (content) opening.finish();
    },
    destroy() {
      root.replaceChildren();
      drawer.remove();
    },
  };
}
