/** Shows the tabs of all explanations and, in place of the right column, the open one. */
import { html } from "lit-html";
import { popover } from "../../controls/popover.ts";
import { h } from "../../dom.ts";
import { onEnd } from "../../figure/ending.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import { type Frame, type MovingFrame, type Part, panelIn, type View } from "../../figure/part.ts";
import { EXPLANATIONS_PANEL, setExplanation, showsWorking } from "../../state/explain.ts";
import { EXPLANATIONS, explanationNamed, WORKING } from "../../state/explanations.ts";
import { onEscape, revealAndFocus } from "../shared/focus.ts";
import { currentExplanation } from "./all.ts";
import { moreExplanations } from "./openers.ts";
import { explanationIn, workingIn } from "./views.ts";

function createExplanations(root: HTMLElement, figure: Figure): Part {
  const { act, id } = figure;
  const place = h("div", { id: id("working"), "data-part": "working" });
  const explanation = h("div", { class: "explanation column", id: id("explanation") });
  const working = workingIn(place, figure);
  const contents = explanationIn(explanation, figure, currentExplanation);
  /** Whether a visitor has opened an explanation that has yet to be scrolled into sight. */
  let requested = false;
  /** The explanation that was open in the frame before; undefined: there was no frame. */
  let before: string | null | undefined;
  let opener: Element | null = null;

  const more = popover({
    label: "More that explains the runs",
    fill: (close) => moreExplanations((name) => act(setExplanation, name), close),
  });
  const tabs = (frame: Frame) => {
    const open = currentExplanation(frame);
    const usual = EXPLANATIONS.filter(({ from }) => from === "page");
    // An explanation that has no tab of its own has one while it is open.
    return html`<div class="explain-tabs wraps" role="group" aria-label="What explains the runs">${[
      ...usual,
      ...(open && !usual.includes(open) ? [open] : []),
    ].map(
      (explanation) => html`<button type="button" class="word" aria-expanded=${explanation === open}
        ?hidden=${frame.narrow && explanation === WORKING} data-explains=${explanation.name}
        @click=${() => act(setExplanation, explanation === open ? null : explanation.name)}>${
          explanation.label
        }</button>`,
    )}<button type="button" class="word" ${more}>More</button></div>`;
  };
  const panel = createPanel(figure, root, (frame) =>
    // On a narrow screen all stands below each other, and the page scrolls.
    frame.narrow ? html`${place}${tabs(frame)}${explanation}` : html`${place}${explanation}${tabs(frame)}`,
  );
  onEscape(root, () => act(setExplanation, null));
  onEnd(figure.ended, () => figure.root.classList.remove("is-working", "is-explaining"));

  /** Returns the focus to the control that opened the explanation, or to its tab. */
  function giveBack(closed: string) {
    const tab = root.querySelector<HTMLElement>(`[data-explains="${closed}"]`) ?? root.querySelector("button");
    (opener instanceof HTMLElement && opener.checkVisibility() ? opener : tab)?.focus();
  }

  return {
    chartExports: contents.chartExports,
    prepare(frame) {
      const open = currentExplanation(frame);
      return {
        ...(showsWorking(frame) && working.prepare(frame)),
        ...(open && open !== WORKING && contents.prepare(frame)),
      };
    },
    render(frame: MovingFrame) {
      const open = currentExplanation(frame)?.name ?? null;
      const had = [place, explanation].some((part) => part.contains(document.activeElement));
      place.hidden = !showsWorking(frame);
      explanation.hidden = open === null || open === WORKING.name;
      figure.root.classList.toggle("is-working", !place.hidden);
      figure.root.classList.toggle("is-explaining", !frame.narrow && open !== null);
      panel.render(frame);
      if (before !== undefined && open !== before) {
        if (open === null && before && had) giveBack(before);
        // False where an address or the browser's history has opened it.
        requested = open !== null && document.activeElement !== document.body;
        if (requested && !had) opener = document.activeElement;
      }
      before = open;
      const [part, at] = explanation.hidden ? [working, place] : [contents, explanation];
      if (!place.hidden) working.render(frame);
      if (!explanation.hidden) contents.render(frame);
      if (!requested || !part.isThere()) return;
      requested = false;
      const title = at.querySelector("h2");
      if (frame.narrow) revealAndFocus(at, title);
      else title?.focus({ preventScroll: true });
    },
  };
}

/** The view of explanations; where panels are tabs, its tab opens the working. */
export const explanationTabs: View = {
  name: EXPLANATIONS_PANEL,
  place: panelIn("right", "Explanations"),
  tab: WORKING.label,
  columns: (state) => explanationNamed(state.explain.explanation)?.columns ?? [],
  tellsOfStep: (frame) => showsWorking(frame) || Boolean(currentExplanation(frame)?.ofStep),
  create: createExplanations,
};
