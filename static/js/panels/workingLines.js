/** A step in lines: the gradient, then each line of the rule. The arrow keys go from one to the next. */
import { latexParameter } from "../words/workingLatex.js";
import { fit, keepHeight, releaseHeight, unfit } from "../views/formula.js";
import { h, keyed } from "../dom.js";
import { createLine } from "./workingLine.js";
import { createSlope } from "./workingSlope.js";

/** @typedef {import("../net/katex.js").Setter} Setter */
/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("../net/step.js").WireLine} WireLine */
/** @typedef {{line: WireLine, index: number}} Numbered */

/** @param {WireLine} line @returns {string} its formula, as text where it is too long to be printed */
const formulaOf = ({ latex, formula }) => latex ?? `\\texttt{${formula.replace(/[\\{}_^#%&$]/g, "\\$&")}}`;

/** @param {KeyboardEvent} event @param {HTMLElement} list */
function walk(event, list) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const lines = /** @type {HTMLElement[]} */ ([...list.querySelectorAll(".working-line")]);
  const at = lines.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (!move || at < 0) return;
  event.preventDefault();
  lines[Math.min(lines.length - 1, Math.max(0, at + move))].focus();
}

/** @param {Setter} set @param {string} label */
export function createLines(set, label) {
  const slope = createSlope(set);
  const rules = h("ol", { class: "working-lines" });
  const root = h("ol", { class: "working-lines", "aria-label": label, onkeydown: (/** @type {KeyboardEvent} */ event) => walk(event, root) }, ...slope.roots, h("li", {}, rules));
  /** @type {ReturnType<typeof createLine>[]} */
  let made = [];
  let key = "";
  /** @type {{step: WireStep, parameter: string}} */
  let latest;
  const renderRules = keyed(rules, (/** @type {Numbered} */ { line, index }) => `${index} ${line.formula}`, () => {
    const line = createLine(set);
    made.push(line);
    return { root: line.root, render: (/** @type {Numbered} */ numbered) => draw(line, numbered.line) };
  });

  /** @param {ReturnType<typeof createLine>} part @param {WireLine} line */
  function draw(part, line) {
    const { latex, value } = line.values[latest.parameter];
    part.render({ of: line.name, formula: formulaOf(line), numbers: latex, value, names: { w: latexParameter(latest.parameter) } });
  }

  /** @returns {HTMLElement[]} */
  const fitted = () => [...slope.fitted(), ...made.flatMap((line) => line.fitted)];

  return {
    root,
    /** @param {WireStep} step @param {string} parameter */
    render(step, parameter) {
      latest = { step, parameter };
      const now = `${root.clientWidth} ${parameter} ${step.lines.map(({ formula }) => formula).join()}`;
      slope.render(step.gradient[parameter], parameter, { w: latexParameter(parameter) });
      renderRules(step.lines.map((line, index) => ({ line, index })));
      made = made.filter((line) => line.root.isConnected);
      const parts = /** @type {HTMLElement[]} */ ([...root.querySelectorAll(".working-line")]);
      if (now !== key) {
        unfit(fitted());
        releaseHeight(parts);
      }
      key = now;
      fit(fitted());
      keepHeight(parts);
      /** @type {HTMLElement} */ (slope.roots[0]).tabIndex = 0;
    },
  };
}
