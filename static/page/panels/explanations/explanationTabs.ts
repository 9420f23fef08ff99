/** Shows the tabs of all explanations and, in place of the right column, the open one. */
import { html } from "lit-html";
import { popover } from "../../controls/popover.ts";
import { h } from "../../dom.ts";
import { onEnd } from "../../figure/ending.ts";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import { type Frame, type MovingFrame, type Part, panelIn, type View } from "../../figure/part.ts";
import { EXPLANATIONS_PANEL, openExplanation, setExplanation, showsWorking } from "../../state/explain.ts";
import { EXPLANATIONS, type Explanation, WORKING } from "../../state/explanations.ts";
import { onEscape, revealAndFocus } from "../shared/focus.ts";
import { moreExplanations } from "./openers.ts";
import { explanationIn, workingIn } from "./views.ts";

/** @returns the open explanation; null: none, or the working, which has a place of its own */
function openBesidesWorking({ state }: Frame) {
  const open = openExplanation(state);
  return open && open !== WORKING ? open : null;
}

function createExplanations(root: HTMLElement, figure: Figure): Part {
  const { act, id } = figure;
  const place = h("div", { id: id("working"), "data-part": "working" });
  const explanation = h("div", { class: "explanation column", id: id("explanation") });
  const working = workingIn(place, figure);
  const contents = explanationIn(explanation, figure, openBesidesWorking);
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
    )}<button type="button" class="word" ${opensMore}>More</button></div>`;
  };
  const panel = createPanel(figure, root, (frame) =>
    // On a narrow screen all stands below each other, and the page scrolls.
    frame.narrow ? html`${place}${tabs(frame)}${explanation}` : html`${place}${explanation}${tabs(frame)}`,
  );
  onEscape(root, () => act(setExplanation, null));
  onEnd(figure.ended, () => figure.root.classList.remove("is-working", "is-explaining"));

  /** Returns the focus to the control that opened the explanation, or to its tab. */
  function giveBack({ name }: Explanation) {
    const tab = root.querySelector<HTMLElement>(`[data-explains="${name}"]`) ?? root.querySelector("button");
    (opener instanceof HTMLElement && opener.checkVisibility() ? opener : tab)?.focus();
  }

  return {
    chartExports: contents.chartExports,
    prepare(frame) {
      return {
        ...(showsWorking(frame) && working.prepare(frame)),
        ...(openBesidesWorking(frame) && contents.prepare(frame)),
      };
    },
    render(frame: MovingFrame) {
      const open = openExplanation(frame.state) ?? null;
      const hadFocus = [place, explanation].some((part) => part.contains(document.activeElement));
      place.hidden = !showsWorking(frame);
      explanation.hidden = !openBesidesWorking(frame);
      figure.root.classList.toggle("is-working", !place.hidden);
      figure.root.classList.toggle("is-explaining", !frame.narrow && open !== null);
      panel.render(frame);
      if (before !== undefined && open !== before) {
        if (open === null && before && hadFocus) giveBack(before);
        // False where an address or the browser's history has opened it.
        requested = open !== null && document.activeElement !== document.body;
        if (requested && !hadFocus) opener = document.activeElement;
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
  columns: (state) => openExplanation(state)?.columns ?? [],
  tellsOfStep: (frame) => showsWorking(frame) || Boolean(openExplanation(frame.state)?.ofStep),
  create: createExplanations,
};
