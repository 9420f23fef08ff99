/**
 * The lines of a working, wherever they stand: their formulas fit, they keep their height while nothing but numbers
 * changes, the arrow keys go from one to the next, points too, and quantities light up.
 */

import type { FramePorts, StatePorts } from "../../figure/figure.ts";
import { listenToHighlights, showHighlight } from "../../figure/highlight.ts";
import { watchSize } from "../../figure/lifetime.ts";
import type { Frame } from "../../figure/part.ts";
import { fitToWidth, keepHeight, releaseHeight, restoreFullSize } from "../../pictures/setFormula.ts";
import { rove } from "../../roving.ts";
import { createFormulas } from "./formulas.ts";
import { chosenParameter } from "./runAndParameter.ts";

function walk(event: KeyboardEvent) {
  const lines = [...(event.currentTarget as Element).querySelectorAll<HTMLElement>(".working-line, .term[tabindex]")];
  const at = lines.indexOf(document.activeElement as HTMLElement);
  rove(event, { at, count: lines.length, keys: "down", ends: true }, (next) => lines[next].focus());
}

/** @param lineSelector  selects what keeps its height @param style  of the formulas */
export async function createLineList(
  { highlight, ended }: StatePorts & FramePorts,
  lineSelector: string,
  style?: "text",
) {
  /** A formula was set anew: digits over the old ones are as wide as they were, and need no measuring. */
  let anew = false;
  const onSet = () => {
    anew = true;
  };
  const formula = await createFormulas({ style, onSet });
  let list: HTMLElement;
  let [kind, width] = ["", 0];
  const within = (selector: string) => [...list.querySelectorAll<HTMLElement>(selector)];

  function fitAll(another: boolean) {
    const [set, lines] = [within(".set-formula"), within(lineSelector)];
    if (another || list.clientWidth !== width) {
      restoreFullSize(set);
      releaseHeight(lines);
    }
    width = list.clientWidth;
    fitToWidth(set);
    keepHeight(lines);
  }

  return {
    formula,
    /** The element that holds them. */
    attach(element?: Element) {
      if (!element) return;
      list = element as HTMLElement;
      [kind, width] = ["", 0];
      /** A letter that came late is wider than the one that stood in for it. */
      document.fonts.addEventListener("loadingdone", () => kind && fitAll(false), { signal: ended });
      watchSize(list, () => list.clientWidth === width || fitAll(false), ended);
      list.addEventListener("keydown", walk);
      listenToHighlights(list, highlight);
    },
    /**
     * After each rendering.
     * @param newKind  what the lines have in common with those of other steps @param other  they are of other length
     */
    settle(newKind: string, { state, scene }: Frame, other: boolean = false) {
      const another = newKind !== kind;
      kind = newKind;
      if (anew || other || another) fitAll(another);
      anew = false;
      showHighlight(list, state.highlighted, scene.problem.parameters[chosenParameter(state, scene)]);
    },
  };
}
