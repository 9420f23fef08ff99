/**
 * What explains a run: the working of a step, and the other explanations. Each is fetched when it is first opened, and
 * takes the place of the right column, at whose foot are the tabs of all. A lesson shows the one or the other for good.
 */
import { html } from "lit-html";
import { popover } from "../controls/popover.ts";
import { h } from "../dom.ts";
import { onEnd } from "../figure/ending.ts";
import type { Figure } from "../figure/figure.ts";
import { createPanel } from "../figure/panel.ts";
import { type Frame, type Part, panelIn, type View } from "../figure/part.ts";
import { bringForward, explained, setExplained, showsWorking } from "../state/explain.ts";
import { contentOf, TABBED } from "./shared/explanations.ts";
import { bring, onEscape } from "./shared/focus.ts";
import { lazyPart } from "./shared/lazyView.ts";

const loadWorking = async (root: HTMLElement, figure: Figure) =>
  (await figure.withCatalog(() => import("./working/working.ts"))).createWorking(root, figure);

const loadExplanation = async (root: HTMLElement, figure: Figure) =>
  (await figure.withCatalog(() => import("./explanations/explanation.ts"))).createExplanation(root, figure);

/** What is open of it; on a narrow screen the working has a tab of the page. */
const openIn = ({ narrow, state }: Frame) => (narrow ? state.explain.explanation : explained(state));

function createExplanations(root: HTMLElement, figure: Figure): Part {
  const { act, id } = figure;
  const place = h("div", { id: id("working-panel"), "data-part": "working-panel" });
  const explanation = h("div", { class: "explanation column", id: id("explanation") });
  const working = lazyPart(figure, place, () => loadWorking(place, figure));
  const contents = lazyPart(figure, explanation, () => loadExplanation(explanation, figure));
  /** Opened by hand, and not yet brought into sight. */
  let asked = false;
  /** undefined: nothing has been shown yet */
  let before: string | null | undefined;
  let opener: Element | null = null;

  const more = popover({
    label: "More that explains the runs",
    fill: async (close) => (await import("./explanations/more.ts")).moreWays((name) => act(setExplained, name), close),
  });
  const tabs = (frame: Frame) => {
    const open = openIn(frame);
    // One that stands behind More has a tab while it is open.
    const other = TABBED.some(({ name }) => name === open) ? undefined : contentOf(open);
    return html`<div class="explain-tabs wraps" role="group" aria-label="What explains the runs">${[
      ...TABBED,
      ...(other ? [other] : []),
    ].map(
      ({ name, word }) => html`<button type="button" class="word" aria-expanded=${name === open}
        ?hidden=${frame.narrow && name === "working"} data-explains=${name}
        @click=${() => act(setExplained, name === open ? null : name)}>${word}</button>`,
    )}<button type="button" class="word" ${more}>More</button></div>`;
  };
  const panel = createPanel(figure, root, (frame) =>
    // On a narrow screen all stands below each other, and the page scrolls.
    frame.narrow ? html`${place}${tabs(frame)}${explanation}` : html`${place}${explanation}${tabs(frame)}`,
  );
  onEscape(root, () => act(setExplained, null));
  onEnd(figure.ended, () => figure.root.classList.remove("is-working", "is-explaining"));

  /** The keys go back to what opened it, or to its tab. */
  function giveBack(closed: string) {
    const tab = root.querySelector<HTMLElement>(`[data-explains="${closed}"]`) ?? root.querySelector("button");
    (opener instanceof HTMLElement && opener.checkVisibility() ? opener : tab)?.focus();
  }

  return {
    chartExports: contents.chartExports,
    render(frame: Frame) {
      const open = openIn(frame);
      const had = [place, explanation].some((part) => part.contains(document.activeElement));
      place.hidden = frame.narrow ? !showsWorking(frame) : open !== "working";
      explanation.hidden = frame.state.explain.explanation === null;
      figure.root.classList.toggle("is-working", !place.hidden);
      figure.root.classList.toggle("is-explaining", !frame.narrow && open !== null);
      panel.render(frame);
      if (before !== undefined && open !== before) {
        if (open === null && before && had) giveBack(before);
        // Opened by an address or by going back: nobody has asked for it here.
        asked = open !== null && document.activeElement !== document.body;
        if (asked && !had) opener = document.activeElement;
      }
      before = open;
      const [part, at] = explanation.hidden ? [working, place] : [contents, explanation];
      if (!place.hidden) working.render(frame);
      if (!explanation.hidden) contents.render(frame);
      if (!asked || !part.isThere()) return;
      asked = false;
      const title = at.querySelector("h2");
      if (frame.narrow) bring(at, title);
      else title?.focus({ preventScroll: true });
    },
  };
}

export const explanationTabs: View = {
  name: "working",
  place: panelIn("right", "Explanations"),
  tab: "Working",
  needs: ({ explain: { explanation } }) => [
    ...(contentOf(explanation)?.gradients ? ["gradient" as const] : []),
    ...(explanation === "steps" || explanation === "search" ? ["evaluations" as const] : []),
  ],
  create: createExplanations,
};

export const workingView: View = {
  name: "working",
  place: panelIn("right", "Explanations"),
  create(root, figure) {
    figure.act(bringForward, "working");
    return lazyPart(figure, root, () => loadWorking(root, figure));
  },
};

export const explanationView: View = {
  name: "explanation",
  place: { within: "root", tag: "section", attributes: { class: "explanation column", "aria-label": "Explanations" } },
  needs: () => ["gradient"],
  create: (root, figure) => lazyPart(figure, root, () => loadExplanation(root, figure)),
};
