/** A step in lines: the gradient, then each line of the rule. The arrow keys go from one to the next. */
import { latexParameter } from "../words/slopeLatex.js";
import { linesBeside } from "../words/stepLines.js";
import { fit, keepHeight, releaseHeight, unfit } from "../views/formula.js";
import { h, keyed, setAttribute } from "../dom.js";
import { createLine } from "./workingLine.js";
import { createSlope } from "./workingSlope.js";

/** @typedef {import("../net/katex.js").Setter} Setter */
/** @typedef {import("../net/step.js").WireStep} WireStep */
/** @typedef {import("../words/stepLines.js").LineText} LineText */

/** @param {HTMLElement} root @returns {HTMLElement[]} */
const linesIn = (root) => [...root.querySelectorAll(".working-line:not([hidden], [hidden] *)")].map((line) => /** @type {HTMLElement} */ (line));

/** @param {KeyboardEvent} event @param {HTMLElement} list */
function walk(event, list) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const lines = linesIn(list);
  const at = lines.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (!move || at < 0) return;
  event.preventDefault();
  lines[Math.min(lines.length - 1, Math.max(0, at + move))].focus();
}

/** @param {Setter} set @param {string} label */
export function createLines(set, label) {
  /** Whether a formula was set anew: digits written over the old ones are as wide as they were, and need no measuring. */
  let anew = false;
  const setAnew = (/** @type {HTMLElement} */ into, /** @type {string} */ latex) => {
    anew = true;
    set(into, latex);
  };
  const slope = createSlope(setAnew);
  const rules = h("ol", { class: "working-lines" });
  const root = h("ol", { class: "working-lines", "aria-label": label, onkeydown: (/** @type {KeyboardEvent} */ event) => walk(event, root) }, ...slope.roots, h("li", {}, rules));
  /** @type {ReturnType<typeof createLine>[]} */
  let made = [];
  let key = "";
  const renderRules = keyed(rules, (/** @type {LineText} */ text) => text.key, () => {
    const line = createLine(setAnew);
    made.push(line);
    return line;
  });

  /** What the lines have in common with those of other steps. */
  let kind = "";

  function settle() {
    const now = `${root.clientWidth} ${kind}`;
    const [fitted, lines] = [[...slope.fitted(), ...made.flatMap((line) => line.fitted)], linesIn(root)];
    if (now !== key) {
      unfit(fitted);
      releaseHeight(lines);
    }
    key = now;
    fit(fitted);
    keepHeight(lines);
  }

  /** The line that takes the step: the last one that changes the parameter. */
  function markResult() {
    const last = made.findLast(({ root: line }) => line.dataset.quantity === "w");
    for (const { root: line } of made) setAttribute(line, "data-result", line === last?.root);
  }

  /** A letter that came late is wider than the one that stood in for it. */
  document.fonts.addEventListener("loadingdone", () => kind && settle());
  new ResizeObserver(() => key.startsWith(`${root.clientWidth} `) || settle()).observe(root);

  return {
    root,
    reveal: slope.reveal,
    /** @param {WireStep} step @param {string[]} parameters  side by side where there are several */
    render(step, parameters) {
      const lines = linesBeside(step, parameters);
      /** @type {Record<string, string>} */
      const names = parameters.length > 1 ? {} : { w: latexParameter(parameters[0]) };
      slope.render(step, parameters, names);
      renderRules(lines);
      made = made.filter((line) => line.root.isConnected);
      markResult();
      const before = kind;
      kind = `${parameters.join()} ${lines.map((line) => line.key).join()}`;
      if (anew || kind !== before || step.gradient[parameters[0]].terms) settle();
      anew = false;
    },
  };
}
