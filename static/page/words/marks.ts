/**
 * Reads LaTeX whose parts are marked with their quantity, as the server writes it: `\htmlData{of=m_hat}{\hat{m}}`.
 * KaTeX turns a mark into an attribute, by which the page finds the same quantity in every line.
 */

const MARK = "\\htmlData{of=";

/** @param at  index of an opening brace @returns the index of its closing brace */
export function closingBrace(latex: string, at: number): number {
  for (let k = at, depth = 0; k < latex.length; k++) {
    if (latex[k] === "\\") k++;
    else if (latex[k] === "{") depth++;
    else if (latex[k] === "}" && --depth === 0) return k;
  }
  return latex.length;
}

/** @param print  writes each mark; power: the exponent after it, if any */
function rewritten(latex: string, print: (name: string, inside: string, power: string) => string): string {
  const at = latex.indexOf(MARK);
  if (at < 0) return latex;
  const named = at + MARK.length;
  const open = latex.indexOf("}{", named) + 1;
  const end = closingBrace(latex, open);
  const raised = latex.startsWith("^{", end + 1) ? closingBrace(latex, end + 2) : end;
  const inside = rewritten(latex.slice(open + 1, end), print);
  const power = rewritten(latex.slice(end + 1, raised + 1), print);
  return (
    latex.slice(0, at) + print(latex.slice(named, open - 1), inside, power) + rewritten(latex.slice(raised + 1), print)
  );
}

/**
 * The outermost marks, in order.
 * @returns before: all the LaTeX before the mark
 */
export function marksOf(latex: string): { name: string; before: string; inside: string }[] {
  const marks: { name: string; before: string; inside: string }[] = [];
  for (let at = latex.indexOf(MARK); at >= 0; ) {
    const open = latex.indexOf("}{", at) + 1;
    const end = closingBrace(latex, open);
    marks.push({
      name: latex.slice(at + MARK.length, open - 1),
      before: latex.slice(0, at),
      inside: latex.slice(open + 1, end),
    });
    at = latex.indexOf(MARK, end);
  }
  return marks;
}

const mark = (name: string, inside: string) => `${MARK}${name}}{${inside}}`;

/** The exponent of a letter stands within the mark, above its index; that of a number stays outside. */
const isLetter = (inside: string) => !/^-?(\d|\\infty|\\text)/.test(inside);

/** Screen readers spell out letters of a formula; a text is read as a word. */
const inWords = (latex: string) =>
  latex.replace(/\\mathrm\{([a-z]{2,}(?:\\ [a-z0-9]+)*)\}/g, (_, words) => `\\textrm{${words.replaceAll("\\ ", " ")}}`);

/**
 * Marked LaTeX for the page.
 * @param shown  what to print for a quantity instead, by its name
 */
export function latexForPage(latex: string, shown: Record<string, string> = {}): string {
  return inWords(
    rewritten(latex, (name, inside, power) => {
      const letters = isLetter(inside);
      const text = (letters && shown[name]) || inside;
      return letters ? mark(name, text + power) : mark(name, text) + power;
    }),
  );
}

/** @returns LaTeX to paste into a document */
export function withoutMarks(latex: string): string {
  return rewritten(latex, (_, inside, power) => inside + power);
}
