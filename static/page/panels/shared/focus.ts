/** Moves the focus to what opens, and back to what opened it. */
import type { Figure } from "../../figure/figure.ts";

/** Scrolls a part into sight and gives the focus to an element in it. */
export function revealAndFocus(part: Element, to: HTMLElement | null) {
  part.scrollIntoView({ block: "start", behavior: "instant" });
  if (to && to.tabIndex < 0) to.tabIndex = -1;
  to?.focus({ preventScroll: true });
}

/** Renders a part. If that removes the element with the focus, another one gets it. @param next  finds that one */
export function renderKeepingFocus(part: HTMLElement, render: () => void, next: () => HTMLElement | null) {
  const had = part.querySelector(":focus-visible") !== null;
  render();
  if (had && document.activeElement === document.body) next()?.focus();
}

/** The button that has the focus while a run plays. */
export const playButton = ({ elementOf }: Pick<Figure, "elementOf">): HTMLElement | null =>
  elementOf("transport")?.querySelector<HTMLElement>(".play") ?? null;

/** Escape closes a part from inside it, unless something in it has its own use for the key. */
export function onEscape(part: HTMLElement, close: () => void) {
  part.addEventListener("keydown", (event) => {
    if (
      event.key !== "Escape" ||
      event.defaultPrevented ||
      (event.target as Element).matches("input:not([type=range]), textarea")
    )
      return;
    event.preventDefault();
    close();
  });
}
