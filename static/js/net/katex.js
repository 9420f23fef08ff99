/** The formula setter, fetched when a formula is first to be set: it is larger than the rest of the page. */

/** @typedef {{render: (latex: string, into: HTMLElement, options: object) => void}} Katex */

/** @type {Promise<Katex> | null} */
let loading = null;

/** Its style sheet lies beside it. @returns {Promise<void>} */
function styled() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = import.meta.resolve("katex").replace(/\.js$/, ".css");
  document.head.append(link);
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve();
  });
}

/** @returns {Promise<Katex>} */
async function load() {
  const [{ default: katex }] = await Promise.all([import("katex"), styled()]);
  return katex;
}

/**
 * @param {HTMLElement} into
 * @param {string} latex
 * @returns {Promise<void>} left undone where something else is wanted there by then
 */
export async function typeset(into, latex) {
  into.dataset.latex = latex;
  loading ??= load();
  const katex = await loading.catch(() => (loading = null));
  if (into.dataset.latex === latex) katex?.render(latex, into, { throwOnError: false, output: "htmlAndMathml" });
}
