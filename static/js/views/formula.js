/** A set formula: anew only where its shape has changed; where other digits stand in the same places, only they are. */
import { breakable } from "../words/breaking.js";
import { forPage, withoutMarks } from "../words/marks.js";
import { h } from "../dom.js";
import { digitsIn } from "./digits.js";

/** @typedef {import("../net/katex.js").Setter} Setter */

/** @typedef {ReturnType<typeof createFormula>} Formula */

/** How a formula on the page is broken in more places than before. @type {WeakMap<HTMLElement, (anywhere: boolean) => void>} */
const breaking = new WeakMap();

/**
 * @param {Setter} set
 * @param {string} [className]
 * @param {"display" | "text"} [style]  display: fractions at full size
 */
export function createFormula(set, className = "", style = "display") {
  const root = h("span", { class: `set-formula ${className}` });
  const digits = digitsIn(root);
  let [made, shown, source] = ["", "", ""];
  let anywhere = false;

  /** @param {string} wanted */
  function setAnew(wanted) {
    set(root, wanted);
    root.classList.toggle("has-fraction", wanted.includes("\\frac"));
    digits.look(wanted);
  }

  function draw() {
    const wanted = `\\${style}style ${breakable(made, anywhere)}`;
    if (wanted === shown) return;
    if (!digits.change(wanted)) setAnew(wanted);
    sign();
    shown = wanted;
  }

  /** What readers and copies get as the source. */
  function sign() {
    const note = root.querySelector("annotation");
    if (note) note.textContent = source;
  }

  breaking.set(root, (wanted) => {
    if (wanted === anywhere) return;
    anywhere = wanted;
    draw();
  });

  return {
    root,
    /**
     * @param {string} latex  marked
     * @param {Record<string, string>} [names]  what to print for a quantity instead
     */
    render(latex, names) {
      made = forPage(latex, names);
      source = withoutMarks(latex);
      draw();
    },
  };
}

const SIZES = ["is-smaller", "is-small", "is-tiny"];

/**
 * A formula wider than its line is broken wherever it can be, and then set in smaller type. One that was made small
 * stays so, lest it dance while the numbers change.
 * @param {HTMLElement[]} lines
 */
export function fit(lines) {
  const steps = [(/** @type {HTMLElement} */ line) => breaking.get(line)?.(true), ...SIZES.map((size) => (/** @type {HTMLElement} */ line) => line.classList.add(size))];
  for (const step of steps) {
    const wide = lines.filter((line) => line.scrollWidth > line.clientWidth + 1);
    if (!wide.length) return;
    wide.forEach(step);
  }
}

/** Another rule or another width: all begin at full size again. @param {HTMLElement[]} lines */
export function unfit(lines) {
  for (const line of lines) {
    line.classList.remove(...SIZES);
    breaking.get(line)?.(false);
  }
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
