/** Past all that comes before, the keys come to where a skip link leads. */
import type { Figure } from "./figure/figure.ts";
import { showTab } from "./state/explain.ts";

/** What has the keys there. */
const FIRST: Record<string, string> = {
  "#words": ".beat-words, .sentence",
  "#map": ".map-ground",
  "#transport": ".play",
  "#runs": ".run-toggle, .invitation button",
};

export function openSkipLinks({ act }: Pick<Figure, "act">) {
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".skip")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const part = document.querySelector(link.hash);
      if (link.hash === "#runs" && !part?.checkVisibility()) act(showTab, "runs");
      const to = part?.querySelector<HTMLElement>(FIRST[link.hash]);
      if (to && to.tabIndex < 0) to.tabIndex = -1;
      to?.focus();
    });
  }
}
