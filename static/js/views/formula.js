/** A set formula: anew only where its shape has changed; where other digits stand in the same places, only they are. */
import { forPage, withoutMarks } from "../words/marks.js";
import { h } from "../dom.js";
import { digitsIn } from "./digits.js";

/** @typedef {import("../net/katex.js").Setter} Setter */

/** @typedef {ReturnType<typeof createFormula>} Formula */

/**
 * @param {Setter} set
 * @param {string} [className]
 * @param {"display" | "text"} [style]  display: fractions at full size
 */
export function createFormula(set, className = "", style = "display") {
  const root = h("span", { class: `set-formula ${className}` });
  const digits = digitsIn(root);
  let shown = "";

  /** @param {string} wanted */
  function setAnew(wanted) {
    set(root, wanted);
    digits.look(wanted);
  }

  /** What readers and copies get as the source. @param {string} latex */
  function sign(latex) {
    const source = root.querySelector("annotation");
    if (source) source.textContent = withoutMarks(latex);
  }

  return {
    root,
    /**
     * @param {string} latex  marked
     * @param {Record<string, string>} [names]  what to print for a quantity instead
     */
    render(latex, names) {
      const wanted = `\\${style}style ${forPage(latex, names)}`;
      if (wanted === shown) return;
      if (!digits.change(wanted)) setAnew(wanted);
      sign(latex);
      shown = wanted;
    },
  };
}

const SIZES = ["", "is-smaller", "is-small", "is-tiny"];

/**
 * Smaller type where a formula is wider than its line. A line that was made small stays so, lest it dance while the
 * numbers change.
 * @param {HTMLElement[]} lines
 */
export function fit(lines) {
  for (let size = 1; size < SIZES.length; size++) {
    const wide = lines.filter((line) => line.scrollWidth > line.clientWidth + 1);
    for (const line of wide) line.classList.add(SIZES[size]);
    if (!wide.length) return;
  }
}

/** Another rule or another width: all begin at full size again. @param {HTMLElement[]} lines */
export function unfit(lines) {
  for (const line of lines) line.classList.remove(...SIZES.slice(1));
}

/**
 * A part that once needed two lines keeps their height, so that what is below it stands still while it plays.
 * @param {HTMLElement[]} parts
 */
export function keepHeight(parts) {
  const heights = parts.map((part) => part.offsetHeight);
  parts.forEach((part, k) => {
    if (heights[k] > Number.parseFloat(part.style.minHeight || "0")) part.style.minHeight = `${heights[k]}px`;
  });
}

/** @param {HTMLElement[]} parts */
export function releaseHeight(parts) {
  for (const part of parts) part.style.minHeight = "";
}
