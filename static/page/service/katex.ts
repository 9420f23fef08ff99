/** Fetches KaTeX when the first formula is to be set: it is larger than the rest of the page. */
import { once, retryWhileTransient } from "./retry.ts";
import { loadStyle } from "./style.ts";

/** a formula before it is in the page */
type Tree = { attributes?: Record<string, string>; children?: Tree[]; toNode: () => Node };
type Katex = { __renderToDomTree: (latex: string, options: object) => Tree };
export type Setter = (into: HTMLElement, latex: string) => void;

const OPTIONS = {
  throwOnError: false,
  output: "htmlAndMathml",
  strict: "ignore",
  trust: ({ command }: { command: string }) => command === "\\htmlData",
};

/** Fonts that must be loaded before a formula is measured. */
const LETTERS = ["1em KaTeX_Main", "italic 1em KaTeX_Math", "1em KaTeX_Size1"];

const lettered = (): Promise<unknown> => Promise.allSettled(LETTERS.map((font) => document.fonts.load(font)));

const ready = once(async (): Promise<Katex> => {
  const style = loadStyle("katex");
  const [{ default: katex }] = await Promise.all([import("katex"), style.then(lettered)]);
  return katex as unknown as Katex;
});

/** The tall brackets of KaTeX have an inline style that repeats their attributes; the page's policy forbids it. */
function withoutStyles(tree: Tree): Tree {
  delete tree.attributes?.style;
  tree.children?.forEach(withoutStyles);
  return tree;
}

/** @returns a function that sets a formula at once */
export async function formulaSetter(): Promise<Setter> {
  const katex = await ready();
  return (into, latex) => into.replaceChildren(withoutStyles(katex.__renderToDomTree(latex, OPTIONS)).toNode());
}

/** Sets a formula once KaTeX has come, unless the element is to show something else by then. */
export async function typeset(into: HTMLElement, latex: string): Promise<void> {
  into.dataset.latex = latex;
  const set = await retryWhileTransient(formulaSetter);
  if (into.dataset.latex === latex) set(into, latex);
}
