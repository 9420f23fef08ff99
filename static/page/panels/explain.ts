/**
 * The way into what explains a run: the working of a step in the right column, and the drawer under the map. Each part
 * is fetched when it is first opened, so that the page opens as light as without them.
 */
import { html } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { standing } from "../component.ts";
import { icon } from "../controls/icons.ts";
import type { Figure } from "../figure/figure.ts";
import { createPanel } from "../figure/panel.ts";
import { type Frame, type Part, panelIn, type View } from "../figure/part.ts";
import { lazy } from "../service/lazy.ts";
import { narrowScreen } from "../size.ts";
import { explain, showsWorking } from "../state/explain.ts";
import { contentOf, drawerWays } from "./shared/drawerWays.ts";
import { bring, createOpening, onEscape } from "./shared/focus.ts";

const narrow = narrowScreen();

const drawerSection = (id: string) =>
  html`<section id=${id} class="drawer" aria-label="Explanations" hidden></section>`;

/** Under the map where there is room, else below the working. */
function placeDrawer(drawer: HTMLElement, working: HTMLElement, { stage, ended }: Figure) {
  const put = () => (narrow.matches ? working.after(drawer) : stage().append(drawer));
  narrow.addEventListener("change", put, { signal: ended });
  put();
}

function createExplanations(root: HTMLElement, figure: Figure): Part {
  const { store, act, withCatalog } = figure;
  let place: HTMLElement;
  const drawer = standing<string, HTMLElement>(drawerSection, figure.id("drawer")).root;
  placeDrawer(drawer, root, figure);
  /** Opened by hand, and not yet brought into sight. */
  let asked = false;
  const again = () => panel.again();
  const working = lazy(
    async () => (await withCatalog(() => import("./working/working.ts"))).createWorking(place, figure),
    figure,
    again,
    () => place,
  );
  const contents = lazy(
    async () => (await withCatalog(() => import("./drawer/drawer.ts"))).createDrawer(drawer, figure),
    figure,
    again,
    () => drawer,
  );

  const open = () => {
    asked = true;
    act(explain, { working: true });
  };
  const attach = (element?: Element) => {
    if (!element) return;
    place = element as HTMLElement;
    onEscape(place, () => act(explain, { working: false }));
  };
  const panel = createPanel(figure.invalidate, root, (frame) => {
    const { state } = frame;
    const shown = showsWorking(frame);
    // The ways in stay until what they lead to has come.
    const there = shown && working() !== null;
    const drawn = state.explain.drawer !== null && contents() !== null;
    return html`<button type="button"
      class="quiet working-opener" aria-expanded="false" ?hidden=${there} @click=${open}>Working of the next step${icon(
        "down",
      )}</button>
    <div class="working-ways" ?hidden=${there || drawn}>${drawerWays("page", (name) =>
      act(explain, { drawer: name }),
    )}</div>
    <div id=${figure.id("working-panel")} data-part="working-panel" ?hidden=${!shown} ${ref(attach)}></div>`;
  });

  /** Where the keys go when something is closed. */
  const title = () => root.querySelector<HTMLElement>(place.hidden ? ".working-opener" : ".working-head h2");
  const opening = createOpening(drawer, title);
  onEscape(drawer, () => act(explain, { drawer: null }));

  function show(frame: Frame) {
    const part = working();
    part?.render(frame);
    if (part && asked) bring(root, title());
    asked &&= !part;
  }

  return {
    chartExports: () => (store.get().explain.drawer === null ? [] : (contents.now()?.chartExports?.() ?? [])),
    render(frame: Frame) {
      const shown = showsWorking(frame);
      figure.root.classList.toggle("is-working", shown);
      const left = !shown && place?.contains(document.activeElement);
      panel.render(frame);
      if (left) title()?.focus();
      if (shown) show(frame);
      opening.begin(frame.state.explain.drawer !== null);
      const content = drawer.hidden ? null : contents();
      content?.render(frame);
      if (content) opening.finish();
    },
    destroy() {
      working.now()?.destroy();
      contents.now()?.destroy();
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
