/** The highlighted quantity: the one that is pointed at, marked in formulas, charts and on the map alike. */

/** @param quantity  by its name in the rule; null: none */
export type Highlight = (quantity: string | null) => void;

/** The name of a point of the data as a quantity; no name in a rule has a dot. @param point  its index */
export const pointQuantity = (point: number) => `point.${point}`;

/** @returns the index of the point that is highlighted */
export const highlightedPoint = (highlighted: string | null): number | null =>
  highlighted?.startsWith("point.") ? Number(highlighted.slice(6)) : null;

function quantityAt(target: EventTarget | null): string | null {
  const mark = target instanceof Element ? target.closest("[data-of], [data-quantity]") : null;
  return mark?.getAttribute("data-of") ?? mark?.getAttribute("data-quantity") ?? null;
}

/** Highlights the quantity that is pointed at, tapped, or whose line has the focus. */
export function listenToHighlights(root: HTMLElement, highlight: Highlight) {
  root.addEventListener(
    "pointerover",
    ({ target, pointerType }) => pointerType === "mouse" && highlight(markedOnly(target)),
  );
  root.addEventListener("pointerleave", () => highlight(null));
  root.addEventListener("click", ({ target }) => highlight(markedOnly(target)));
  root.addEventListener(
    "focusin",
    ({ target }) => target instanceof HTMLElement && target.matches(":focus-visible") && highlight(quantityAt(target)),
  );
  root.addEventListener("focusout", () => highlight(null));
}

const markedOnly = (target: EventTarget | null) =>
  target instanceof Element && target.closest("[data-of]") ? quantityAt(target) : null;

/** @param parameter  which a rule calls w */
export function showHighlight(root: HTMLElement, highlighted: string | null, parameter: string) {
  const same = highlighted === "w" || highlighted === parameter ? ["w", parameter] : [highlighted];
  for (const mark of root.querySelectorAll("[data-of]"))
    mark.classList.toggle("is-lit", same.includes(mark.getAttribute("data-of")));
}
