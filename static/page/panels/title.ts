/** The title block of the map: what it shows, its formula, what a tint means. */
import { createLegend } from "../views/legend.ts";
import { typeset } from "../net/katex.ts";
import { h, setText } from "../dom.ts";
import type { Scene } from "../state/types.ts";

function formulaOf({ problem: { latex, kind, parameters } }: Scene): string {
  if (!latex) return "";
  return kind === "line_fit" || latex.includes("=") ? latex : `f(${parameters.join(", ")}) = ${latex}`;
}

/** Not before the picture stands. */
const afterDrawing = (act: () => void) => requestAnimationFrame(() => setTimeout(act, 60));

export function createTitle(root: HTMLElement) {
  const title = h("h1");
  const formula = h("p", { class: "formula-set" });
  const legend = h("div", { class: "legend-bar" });
  const bar = createLegend(legend);
  root.append(h("div", { class: "title-words" }, title, formula), h("div", { class: "legend" }, h("span", { class: "legend-name" }, "loss"), legend));

  return {
    /** @param scene  its formula stands as it was typed until it can be set */
    render(scene: Scene) {
      const plain = scene.problem.expression ?? "";
      setText(title, scene.problem.label);
      bar.render(scene.levels, scene.theme);
      const latex = formulaOf(scene);
      if (formula.dataset.latex === latex && (latex || formula.textContent === plain)) return;
      formula.dataset.latex = latex;
      formula.replaceChildren(plain);
      if (latex) afterDrawing(() => typeset(formula, latex));
    },
  };
}
