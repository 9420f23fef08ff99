/** The title block of the map: what it shows, its formula, what a tint means. */
import { createLegend } from "../../views/legend.ts";
import { typeset } from "../../service/katex.ts";
import { h, setText } from "../../dom.ts";
import type { Scene } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";

function formulaOf({ problem: { latex, kind, parameters } }: Scene): string {
  if (!latex) return "";
  return kind === "line_fit" || latex.includes("=") ? latex : `f(${parameters.join(", ")}) = ${latex}`;
}

/** Milliseconds: not before the picture stands. */
const DRAWN = 76;

export function createTitle({ place, after }: Figure) {
  const root = place("title");
  const title = h("h1");
  const formula = h("p", { class: "formula-set" });
  const legend = h("div", { class: "legend-bar" });
  const bar = createLegend(legend);
  root.append(h("div", { class: "title-words" }, title, formula), h("div", { class: "legend" }, h("span", { class: "legend-name" }, "loss"), legend));

  return {
    destroy: () => root.replaceChildren(),
    /** @param scene  its formula stands as it was typed until it can be set */
    render({ scene }: Frame) {
      const plain = scene.problem.expression ?? "";
      setText(title, scene.problem.label);
      bar.render(scene.levels, scene.theme);
      const latex = formulaOf(scene);
      if (formula.dataset.latex === latex && (latex || formula.textContent === plain)) return;
      formula.dataset.latex = latex;
      formula.replaceChildren(plain);
      if (latex) after(() => typeset(formula, latex), DRAWN);
    },
  };
}
