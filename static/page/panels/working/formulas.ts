/** Formulas of templates, each set anew where its text is another. */
import { component } from "../../component.ts";
import { createFormula } from "../../pictures/setFormula.ts";
import { formulaSetter } from "../../service/katex.ts";

type FormulaText = { latex: string; className: string; names: Record<string, string> };

/** @param onSet  one is set anew, and not only its digits */
export async function createFormulas({ style, onSet = () => {} }: { style?: "text"; onSet?: () => void } = {}) {
  const set = await formulaSetter();
  const setAnew: typeof set = (into, latex) => {
    onSet();
    return set(into, latex);
  };
  const formula = component<FormulaText>(() => {
    let made: ReturnType<typeof createFormula> | undefined;
    let shown = "";
    return ({ latex, className, names }) => {
      made ??= createFormula(setAnew, className, style);
      const key = `${latex} ${JSON.stringify(names)}`;
      if (key !== shown) made.render(latex, names);
      shown = key;
      return made.root;
    };
  });
  return (latex: string, className = "", names = {}) => formula({ latex, className, names });
}

export type Formulas = Awaited<ReturnType<typeof createFormulas>>;
