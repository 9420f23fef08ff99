/** Sets the formulas of a text. One that is wider than its line can have the focus, and the arrow keys scroll it. */
import { setAttribute } from "../../dom.ts";
import { typeset } from "../../service/katex.ts";
import { sideBySide } from "../../words/lineBreaks.ts";

function offerScrolling(formula: HTMLElement) {
  const scrolls = formula.scrollWidth > formula.clientWidth;
  setAttribute(formula, "tabindex", scrolls ? 0 : null);
  setAttribute(formula, "role", scrolls ? "group" : null);
  setAttribute(formula, "aria-label", scrolls ? "Formula" : null);
}

/** @returns once all are set */
export async function setProseFormulas(): Promise<void> {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) offerScrolling(target as HTMLElement);
  });
  await Promise.all(
    [...document.querySelectorAll<HTMLElement>(".formula")].map(async (formula) => {
      const display = formula.classList.contains("display");
      await typeset(formula, display ? `\\displaystyle ${sideBySide(formula.textContent)}` : formula.textContent);
      if (display) observer.observe(formula);
    }),
  );
}
