/** The title block of the map: what it shows, its formula, what a tint means. */
import { createLegend } from "../views/legend.js";
import { typeset } from "../net/katex.js";
import { h, setText } from "../dom.js";

/** @typedef {import("../state/types.js").Scene} Scene */

/** @param {Scene} scene @returns {string} */
function formulaOf({ problem: { latex, kind, parameters } }) {
  if (!latex) return "";
  return kind === "line_fit" || latex.includes("=") ? latex : `f(${parameters.join(", ")}) = ${latex}`;
}

/** Not before the picture stands. @param {() => void} act */
const afterDrawing = (act) => requestAnimationFrame(() => setTimeout(act, 60));

/** @param {HTMLElement} root */
export function createTitle(root) {
  const title = h("h1");
  const formula = h("p", { class: "formula-set" });
  const legend = h("div", { class: "legend-bar" });
  const bar = createLegend(legend);
  root.append(h("div", { class: "title-words" }, title, formula), h("div", { class: "legend" }, h("span", { class: "legend-name" }, "loss"), legend));

  return {
    /** @param {Scene} scene  its formula stands as it was typed until it can be set */
    render(scene) {
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
