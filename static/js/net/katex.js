/** The formula setter, fetched when a formula is first to be set: it is larger than the rest of the page. */
import { loadStyle } from "./style.js";

/** @typedef {{attributes?: Record<string, string>, children?: Tree[], toNode: () => Node}} Tree  a formula before it is on the page */
/** @typedef {{__renderToDomTree: (latex: string, options: object) => Tree}} Katex */
/** @typedef {(into: HTMLElement, latex: string) => void} Setter */

const OPTIONS = {
  throwOnError: false,
  output: "htmlAndMathml",
  strict: "ignore",
  trust: (/** @type {{command: string}} */ { command }) => command === "\\htmlData",
};

/** Whoever measures a formula must find it in its own letters. */
const LETTERS = ["1em KaTeX_Main", "italic 1em KaTeX_Math", "1em KaTeX_Size1"];

/** @returns {Promise<unknown>} */
const lettered = () => Promise.allSettled(LETTERS.map((font) => document.fonts.load(font)));

/** @type {Promise<Katex> | null} */
let loading = null;

/** @returns {Promise<Katex>} its style sheet lies beside it */
async function load() {
  const style = loadStyle(import.meta.resolve("katex").replace(/\.js$/, ".css"));
  const [{ default: katex }] = await Promise.all([import("katex"), style.then(lettered)]);
  return /** @type {Katex} */ (/** @type {unknown} */ (katex));
}

/** @returns {Promise<Katex | null>} null where it cannot be fetched; the next call tries again */
function ready() {
  loading ??= load();
  return loading.catch(() => (loading = null));
}

/** Its tall brackets ask for a style that says what their attributes say already, and that the page's policy forbids. @param {Tree} tree @returns {Tree} */
function withoutStyles(tree) {
  delete tree.attributes?.style;
  tree.children?.forEach(withoutStyles);
  return tree;
}

/** @returns {Promise<Setter | null>} that sets a formula at once */
export async function formulaSetter() {
  const katex = await ready();
  return katex && ((into, latex) => into.replaceChildren(withoutStyles(katex.__renderToDomTree(latex, OPTIONS)).toNode()));
}

/**
 * @param {HTMLElement} into
 * @param {string} latex
 * @returns {Promise<void>} left undone where something else is wanted there by then
 */
export async function typeset(into, latex) {
  into.dataset.latex = latex;
  const set = await formulaSetter();
  if (into.dataset.latex === latex) set?.(into, latex);
}
