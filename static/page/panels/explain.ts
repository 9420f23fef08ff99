/**
 * What explains a run: the working of a step in the right column, and the drawer under the map. Each is fetched when it
 * is first opened. A lesson shows the one or the other for good; the playground has ways into both.
 */
import { html } from "lit-html";
import { icon } from "../controls/icons.ts";
import { h } from "../dom.ts";
import type { Figure } from "../figure/figure.ts";
import { createPanel } from "../figure/panel.ts";
import { type Frame, type Part, panelIn, type View } from "../figure/part.ts";
import { narrowScreen } from "../size.ts";
import { explain, showsWorking, showTab } from "../state/explain.ts";
import { contentOf, drawerWays } from "./shared/drawerWays.ts";
import { bring, createOpening, onEscape } from "./shared/focus.ts";
import { lazyPart } from "./shared/lazyView.ts";

const narrow = narrowScreen();

const DRAWER = { class: "drawer", "aria-label": "Explanations" };

const loadWorking = async (root: HTMLElement, figure: Figure) =>
  (await figure.withCatalog(() => import("./working/working.ts"))).createWorking(root, figure);

const loadDrawer = async (root: HTMLElement, figure: Figure) =>
  (await figure.withCatalog(() => import("./drawer/drawer.ts"))).createDrawer(root, figure);

/** Under the map where there is room, else below the working. */
function placeDrawer(drawer: HTMLElement, working: HTMLElement, { stage, ended }: Figure) {
  const put = () => (narrow.matches ? working.after(drawer) : stage().append(drawer));
  narrow.addEventListener("change", put, { signal: ended });
  put();
}

function createExplanations(root: HTMLElement, figure: Figure): Part {
  const { act, id } = figure;
  const place = h("div", { id: id("working-panel"), "data-part": "working-panel" });
  const drawer = h("section", { ...DRAWER, id: id("drawer"), hidden: true });
  placeDrawer(drawer, root, figure);
  /** Opened by hand, and not yet brought into sight. */
  let asked = false;
  const again = () => panel.again();
  const working = lazyPart(figure, place, () => loadWorking(place, figure), again);
  const contents = lazyPart(figure, drawer, () => loadDrawer(drawer, figure), again);

  const open = () => {
    asked = true;
    act(explain, { working: true });
  };
  const panel = createPanel(figure.invalidate, root, (frame) => {
    const { state } = frame;
    const shown = showsWorking(frame);
    // The ways in stay until what they lead to has come.
    const there = shown && working.isThere();
    place.hidden = !shown;
    const drawn = state.explain.drawer !== null && contents.isThere();
    return html`<button type="button"
      class="quiet working-opener" aria-expanded="false" ?hidden=${there} @click=${open}>Working of the next step${icon(
        "down",
      )}</button>
    <div class="working-ways" ?hidden=${there || drawn}>${drawerWays("page", (name) =>
      act(explain, { drawer: name }),
    )}</div>${place}`;
  });

  /** Where the keys go when something is closed. */
  const title = () => root.querySelector<HTMLElement>(place.hidden ? ".working-opener" : ".working-head h2");
  const opening = createOpening(drawer, title);
  onEscape(place, () => act(explain, { working: false }));
  onEscape(drawer, () => act(explain, { drawer: null }));

  function show(frame: Frame) {
    working.render(frame);
    if (asked && working.isThere()) {
      asked = false;
      bring(root, title());
    }
  }

  return {
    chartExports: contents.chartExports,
    render(frame: Frame) {
      const shown = showsWorking(frame);
      figure.root.classList.toggle("is-working", shown);
      const left = !shown && place.contains(document.activeElement);
      panel.render(frame);
      if (left) title()?.focus();
      if (shown) show(frame);
      opening.begin(frame.state.explain.drawer !== null);
      if (drawer.hidden) return;
      contents.render(frame);
      if (contents.isThere()) opening.finish();
    },
    destroy() {
      working.destroy();
      contents.destroy();
      panel.destroy();
      drawer.remove();
      figure.root.classList.remove("is-working");
    },
  };
}

export const explanationsView: View = {
  name: "working",
  place: panelIn("right", "Working of a step"),
  tab: "Working",
  needs: ({ explain: { drawer } }) => [
    ...(contentOf(drawer)?.gradients ? ["gradient" as const] : []),
    ...(drawer === "steps" || drawer === "search" ? ["evaluations" as const] : []),
  ],
  create: createExplanations,
};

export const workingView: View = {
  name: "working",
  place: panelIn("right", "Working of a step"),
  create(root, figure) {
    figure.act(showTab, "working");
    return lazyPart(figure, root, () => loadWorking(root, figure));
  },
};

export const drawerView: View = {
  name: "drawer",
  place: { within: "root", tag: "section", attributes: DRAWER },
  needs: () => ["gradient"],
  create: (root, figure) => lazyPart(figure, root, () => loadDrawer(root, figure)),
};
