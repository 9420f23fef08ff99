/** The gradient in one parameter: of a formula with its numbers put in, of data by the chain rule. */
import { valueOf } from "../words/stepLines.js";
import { slopeFormula } from "../words/workingLatex.js";
import { createLine } from "./workingLine.js";
import { createTerms } from "./workingTerms.js";

/** @typedef {import("../net/katex.js").Setter} Setter */
/** @typedef {import("../net/step.js").WireStep} WireStep */

/** @param {Setter} set */
export function createSlope(set) {
  const line = createLine(set);
  line.root.tabIndex = 0;
  const terms = createTerms(set);
  return {
    roots: [line.root, terms.root],
    fitted: () => (terms.root.hidden ? line.fitted : terms.fitted()),
    reveal: terms.reveal,
    /** @param {WireStep} step @param {string} parameter @param {Record<string, string>} names */
    render(step, parameter, names) {
      const slope = step.gradient[parameter];
      const onData = slope.terms !== null;
      line.root.hidden = onData;
      terms.root.hidden = !onData;
      if (onData) terms.render(step, parameter);
      else line.render({ of: "g", formula: slopeFormula(slope, parameter), numbers: slope.latex, value: valueOf(slope), names });
    },
  };
}
