/** Shows the tabs of all explanations and, in place of the right column, the open one. */
import { html } from "lit-html";
import { popover } from "../../controls/popover.ts";
import { h } from "../../dom.ts";
import type { Figure } from "../../figure/figure.ts";
import { onEnd } from "../../figure/lifetime.ts";
import { createPanel } from "../../figure/panel.ts";
import { type Frame, type MovingFrame, type Part, panelIn, type View } from "../../figure/part.ts";
import { memo } from "../../memo.ts";
import { sizeOf } from "../../size.ts";
import { EXPLANATIONS_PANEL, openExplanation, setExplanation } from "../../state/explain.ts";
import { EXPLANATIONS, type Explanation, WORKING } from "../../state/explanations.ts";
import { onEscape, revealAndFocus } from "../shared/focus.ts";
import { moreExplanations } from "./openers.ts";
import { explanationIn } from "./views.ts";

function createExplanations(root: HTMLElement, figure: Figure): Part {
  const { act, id, elementOf } = figure;
  const place = h("div", { class: "explanation column", id: id("explanation") });
  const part = explanationIn(place, figure, ({ state }) => openExplanation(state) ?? null);
  /** Whether a visitor has opened an explanation that has yet to be scrolled into sight. */
  let requested = false;
  /** The explanation that was open in the frame before; undefined: there was no frame. */
  let before: Explanation | null | undefined;
  let opener: Element | null = null;

  const opensMore = popover({
    label: "More that explains the runs",
    fill: (close) => moreExplanations((name) => act(setExplanation, name), close),
  });
  const tabs = (frame: Frame) => {
    const open = openExplanation(frame.state);
    const usual = EXPLANATIONS.filter(({ from }) => from === "page");
    // The others have a tab where there is room for it, and while they are open.
    const others = EXPLANATIONS.filter((other) => !usual.includes(other) && (other.more || other === open));
    return html`<div class="explain-tabs wraps" role="group" aria-label="What explains the runs">${[
      ...usual,
      ...others,
    ].map(
      (explanation) => html`<button type="button" class="word" aria-expanded=${explanation === open}
        data-explains=${explanation.name} ?data-other=${!usual.includes(explanation)}
        @click=${() => act(setExplanation, explanation === open ? null : explanation.name)}>${
          explanation.label
        }</button>`,
    )}<button type="button" class="word" ${opensMore}>More</button></div>`;
  };
  /** Hides the last of the other tabs until all stand in one line. */
  const fitTabs = memo((_open: Explanation | undefined, _width: number, _fonts: string) => {
    const row = root.querySelector(".explain-tabs") as HTMLElement;
    const others = [...row.querySelectorAll<HTMLElement>("[data-other]")];
    for (const tab of others) tab.hidden = false;
    for (const tab of others.reverse()) tab.hidden = row.scrollWidth > row.clientWidth && tab.ariaExpanded !== "true";
  });
  const panel = createPanel(figure, root, {
    // On a narrow screen all stands below each other, and the page scrolls.
    template: (frame) => (frame.narrow ? html`${tabs(frame)}${place}` : html`${place}${tabs(frame)}`),
    rendered: ({ state }) => fitTabs(openExplanation(state), sizeOf(root).width, document.fonts.status),
  });
  onEscape(root, () => act(setExplanation, null));
  onEnd(figure.ended, () => figure.root.classList.remove("is-working", "is-explaining"));

  /** Returns the focus to the control that opened the explanation, or to its tab. */
  function giveBack({ name }: Explanation) {
    const tabs = [`[data-explains="${name}"]`, ".explain-tabs button"].map((tab) => root.querySelector(tab));
    const to = [opener, ...tabs, elementOf("tabs")?.querySelector(`[data-tab="${EXPLANATIONS_PANEL}"]`)];
    const shown = to.find((element) => element?.checkVisibility());
    if (shown instanceof HTMLElement) shown.focus();
  }

  return {
    chartExports: part.chartExports,
    prepare: (frame) => openExplanation(frame.state) && part.prepare(frame),
    render(frame: MovingFrame) {
      const open = openExplanation(frame.state) ?? null;
      const hadFocus = place.contains(document.activeElement);
      place.hidden = !open;
      figure.root.classList.toggle("is-working", open === WORKING);
      figure.root.classList.toggle("is-explaining", !frame.narrow && open !== null);
      panel.render(frame);
      if (before !== undefined && open !== before) {
        if (open === null && before && hadFocus) giveBack(before);
        const focused = document.activeElement;
        // False where an address or the browser's history has opened it; at the tab of a panel the keys stay.
        requested = open !== null && focused !== document.body && !focused?.matches("[role=tab]");
        if (requested && !hadFocus) opener = focused;
      }
      before = open;
      if (!open) return;
      part.render(frame);
      if (!requested || !part.isThere()) return;
      requested = false;
      const title = place.querySelector("h2");
      if (frame.narrow) revealAndFocus(place, title);
      else title?.focus({ preventScroll: true });
    },
  };
}

/** The view of explanations; where panels are tabs, its tab has the name of the open one, or opens the working. */
export const explanationTabs: View = {
  name: EXPLANATIONS_PANEL,
  place: panelIn("right", "Explanations"),
  tab: WORKING.label,
  columns: (state) => openExplanation(state)?.columns ?? [],
  tellsOfStep: ({ state }) => Boolean(openExplanation(state)?.ofStep),
  create: createExplanations,
};
