/** A set formula: anew only where its shape has changed; where other digits stand in the same places, only they are. */

import { h } from "../dom.ts";
import type { Setter } from "../service/katex.ts";
import { breakable } from "../words/breaking.ts";
import { forPage, withoutMarks } from "../words/marks.ts";
import { digitsIn } from "./digits.ts";

/** How a formula on the page is broken in more places than before. */
const breaking: WeakMap<HTMLElement, (anywhere: boolean) => void> = new WeakMap();

/** @param style  display: fractions at full size */
export function createFormula(set: Setter, className: string = "", style: "display" | "text" = "display") {
  const root = h("span", { class: `set-formula ${className}` });
  const digits = digitsIn(root);
  let [made, shown, source] = ["", "", ""];
  let anywhere = false;

  function setAnew(wanted: string) {
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
     * @param latex  marked
     * @param names  what to print for a quantity instead
     */
    render(latex: string, names?: Record<string, string>) {
      made = forPage(latex, names);
      source = withoutMarks(latex);
      draw();
    },
  };
}

/** Of the type around it; what is set so is large where it has room. */
const SIZES = [0.98, 0.84, 0.7];

/**
 * A formula wider than its line is broken wherever it can be, and then set in smaller type. One that was made small
 * stays so, lest it dance while the numbers change.
 */
export function fit(lines: HTMLElement[]) {
  const steps = [
    (line: HTMLElement) => breaking.get(line)?.(true),
    ...SIZES.map((size) => (line: HTMLElement) => line.style.setProperty("--set", String(size))),
  ];
  for (const step of steps) {
    const wide = lines.filter((line) => line.scrollWidth > line.clientWidth + 1);
    if (!wide.length) return;
    wide.forEach(step);
  }
}

/** Another rule or another width: all begin at full size again. */
export function unfit(lines: HTMLElement[]) {
  for (const line of lines) {
    line.style.removeProperty("--set");
    breaking.get(line)?.(false);
  }
}

/** A part that once needed two lines keeps their height, so that what is below it stands still while it plays. */
export function keepHeight(parts: HTMLElement[]) {
  const heights = parts.map((part) => part.offsetHeight);
  parts.forEach((part, k) => {
    if (heights[k] > Number.parseFloat(part.style.minHeight || "0")) part.style.minHeight = `${heights[k]}px`;
  });
}

export function releaseHeight(parts: HTMLElement[]) {
  for (const part of parts) part.style.minHeight = "";
}
