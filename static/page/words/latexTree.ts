/** Parses the server's LaTeX into parts in a row, and writes parts as LaTeX again. */

export interface LatexPart {
  /** how it begins: a sign, a command, an opening bracket */
  open: string;
  /** how it ends, if it has an end */
  close: string;
  /** its groups */
  inside: LatexPart[][];
  /** the quantity that it is marked as; empty: none */
  name: string;
  /** its exponent and index as LaTeX */
  raised: string;
}

const MARK = /^\\htmlData\{of=([^}]*)\}/;
const COMMAND = /^\\([a-zA-Z]+|.)/;
const NUMBER = /^\d[\d.]*/;
const SPACE = /^(\\[,;:! ]|\s)$/;
const OPERATOR = /^([-+=<>]|\\(cdot|leftarrow|times|ge|le|geq|leq))$/;

export const isSpace = ({ open, inside }: LatexPart) => inside.length === 0 && SPACE.test(open);

export const isOperator = ({ open, inside }: LatexPart) => inside.length === 0 && OPERATOR.test(open);

/** @returns the sign or command at an index */
function signAt(latex: string, at: number): string {
  const remaining = latex.slice(at);
  return remaining.match(COMMAND)?.[0] ?? remaining.match(NUMBER)?.[0] ?? remaining[0] ?? "";
}

export function partsOf(latex: string): LatexPart[] {
  let at = 0;

  /** A group in braces, or the one sign that stands for it. */
  function group(): LatexPart[] {
    if (latex[at] !== "{") return [part()];
    at++;
    const inside = row("}");
    at++;
    return inside;
  }

  function row(end: string): LatexPart[] {
    const parts: LatexPart[] = [];
    while (at < latex.length && !latex.startsWith(end, at)) parts.push(part());
    return parts;
  }

  /** The exponent and index. */
  function scripts() {
    const from = at;
    while (latex[at] === "^" || latex[at] === "_") {
      at++;
      group();
    }
    return latex.slice(from, at);
  }

  /** A pair of brackets or an environment. @param word  "\left" or "\begin" */
  function fence(word: string, end: string): LatexPart {
    const from = at;
    at += word.length;
    if (word === "\\left") at += signAt(latex, at).length;
    else group();
    const open = latex.slice(from, at);
    const inside = row(end);
    const last = at;
    at += end.length;
    if (word === "\\left") at += signAt(latex, at).length;
    else group();
    return { open, close: latex.slice(last, at), inside: [inside], name: "", raised: scripts() };
  }

  function bracket(): LatexPart {
    at++;
    const inside = row(")");
    const close = latex.slice(at, ++at);
    return { open: "(", close, inside: [inside], name: "", raised: scripts() };
  }

  function part(): LatexPart {
    const mark = latex.slice(at).match(MARK);
    if (mark) {
      at += mark[0].length;
      return { open: mark[0], close: "", inside: [group()], name: mark[1], raised: scripts() };
    }
    if (/^\\left(?![a-zA-Z])/.test(latex.slice(at))) return fence("\\left", "\\right");
    if (latex.startsWith("\\begin{", at)) return fence("\\begin", "\\end");
    if (latex[at] === "(") return bracket();
    if (latex[at] === "{") return { open: "", close: "", inside: [group()], name: "", raised: scripts() };
    const open = signAt(latex, at);
    at += open.length;
    const inside: LatexPart[][] = [];
    while (/^\\[a-zA-Z]/.test(open) && latex[at] === "{") inside.push(group());
    return { open, close: "", inside, name: "", raised: scripts() };
  }

  return row("\u0000");
}

/** A command before a letter needs a space to end it. */
const joined = (before: string, after: string) =>
  /\\[a-zA-Z]+$/.test(before) && /^[a-zA-Z]/.test(after) ? `${before} ${after}` : before + after;

export const joinedAll = (texts: string[]) => texts.reduce(joined, "");

/** @param print  writes the contents */
export function partText(
  { open, close, inside, raised }: LatexPart,
  print: (inside: LatexPart[], group: number) => string = textOf,
): string {
  const printed = inside.map((parts, k) => (close || open === "(" ? print(parts, k) : `{${print(parts, k)}}`)).join("");
  return joinedAll([open, printed, close]) + raised;
}

/** @returns LaTeX */
export function textOf(parts: LatexPart[]): string {
  return joinedAll(parts.map((part) => partText(part)));
}
