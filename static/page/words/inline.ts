/** Writes fractions in a line, so that a low formula keeps its digits at full size. */
import { closing, withoutMarks } from "./marks.ts";

const FRACTION = "\\frac{";

/** The text without the contents of braces and brackets. */
function outermost(latex: string) {
  let text = latex;
  for (let before = ""; before !== text; ) [before, text] = [text, text.replace(/\{[^{}]*\}|\([^()]*\)/g, "")];
  return text;
}

/** @param loose  operators that need brackets around the text */
function whole(latex: string, loose: RegExp): string {
  if (!loose.test(outermost(latex)) && !withoutMarks(latex).startsWith("-")) return latex;
  return latex.includes("(") ? `\\bigl(${latex}\\bigr)` : `(${latex})`;
}

/** @returns such as `(a + b)/(2 c)` for `\frac{a + b}{2 c}` */
export function inline(latex: string): string {
  const at = latex.indexOf(FRACTION);
  if (at < 0) return latex;
  const middle = closing(latex, at + FRACTION.length - 1);
  const end = closing(latex, middle + 1);
  const [above, below] = [latex.slice(at + FRACTION.length, middle), latex.slice(middle + 2, end)].map(inline);
  const fraction = `${whole(above, / [+-] /)}/${whole(below, / ([+-]|\\cdot) |\//)}`;
  return `${latex.slice(0, at)}${fraction}${inline(latex.slice(end + 1))}`;
}
