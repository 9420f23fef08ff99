/** Formulas fit their lines, and lines keep their height while nothing but numbers changes. */

import { watchSize } from "../../figure/ending.ts";
import { fit, keepHeight, releaseHeight, unfit } from "../../views/formula.ts";

/**
 * @param of  selects what keeps its height
 * @returns to be called with what the lines have in common with those of other steps, and whether any was set anew
 */
export function createFitting(list: HTMLElement, of: string, ended: AbortSignal) {
  let [kind, width] = ["", 0];
  const within = (selector: string) => [...list.querySelectorAll<HTMLElement>(selector)];

  function settle(another: boolean) {
    const [formulas, lines] = [within(".set-formula"), within(of)];
    if (another || list.clientWidth !== width) {
      unfit(formulas);
      releaseHeight(lines);
    }
    width = list.clientWidth;
    fit(formulas);
    keepHeight(lines);
  }

  /** A letter that came late is wider than the one that stood in for it. */
  document.fonts.addEventListener("loadingdone", () => kind && settle(false), { signal: ended });
  watchSize(list, () => list.clientWidth === width || settle(false), ended);

  return (now: string, anew: boolean) => {
    const another = now !== kind;
    kind = now;
    if (anew || another) settle(another);
  };
}
