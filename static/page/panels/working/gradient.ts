/** The gradient: of a formula with its numbers put in, a line for each parameter, of data by the chain rule. */
import { gradientFormula } from "../../words/gradientLatex.ts";
import { flat, valueOf } from "../../words/stepLines.ts";
import { createLine } from "./line.ts";
import { createTerms } from "./terms.ts";
import type { Setter } from "../../service/katex.ts";
import type { WireStep } from "../../service/step.ts";

export function createGradient(set: Setter) {
  const lines = [createLine(set), createLine(set)];
  lines[0].root.tabIndex = 0;
  const terms = createTerms(set);
  return {
    roots: [...lines.map(({ root }) => root), terms.root],
    fitted: () => (terms.root.hidden ? lines.filter(({ root }) => !root.hidden).flatMap(({ fitted }) => fitted) : terms.fitted()),
    reveal: terms.reveal,
    /** @param parameters  side by side where there are several */
    render(step: WireStep, parameters: string[], names: Record<string, string>) {
      const beside = parameters.length > 1;
      const onData = step.gradient[parameters[0]].terms !== null;
      lines.forEach(({ root, render }, k) => {
        root.hidden = onData || k >= parameters.length;
        if (root.hidden) return;
        const { latex, ...rest } = step.gradient[parameters[k]];
        render({ of: "g", formula: gradientFormula(step, parameters[k], beside), numbers: beside ? flat(latex) : latex, value: valueOf({ ...rest, latex }), names });
      });
      terms.root.hidden = !onData;
      if (onData) terms.render(step, parameters[0]);
    },
  };
}
