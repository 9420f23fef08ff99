/** A set formula: anew only where its shape has changed; where other digits stand in the same places, only they are. */
import { h } from "../dom.ts";
import type { Setter } from "../service/katex.ts";
import { withLineBreaks } from "../words/lineBreaks.ts";
import { latexForPage, marksOf, withoutMarks } from "../words/marks.ts";

/** How a formula on the page is broken in more places than before. */
const breaking: WeakMap<HTMLElement, (anywhere: boolean) => void> = new WeakMap();

/** @param style  display: fractions at full size */
export function createFormula(set: Setter, className: string = "", style: "display" | "text" = "display") {
  const root = h("span", { class: `set-formula ${className}` });
  const digits = digitsIn(root);
  let [made, shown, source] = ["", "", ""];
  let anywhere = false;

  function setAnew(latex: string) {
    set(root, latex);
    root.classList.toggle("has-fraction", latex.includes("\\frac"));
    digits.look(latex);
  }

  function draw() {
    const newLatex = `\\${style}style ${withLineBreaks(made, anywhere)}`;
    if (newLatex === shown) return;
    if (!digits.change(newLatex)) setAnew(newLatex);
    sign();
    shown = newLatex;
  }

  /** What readers and copies get as the source. */
  function sign() {
    const note = root.querySelector("annotation");
    if (note) note.textContent = source;
  }

  breaking.set(root, (breaksAnywhere) => {
    if (breaksAnywhere === anywhere) return;
    anywhere = breaksAnywhere;
    draw();
  });

  return {
    root,
    /**
     * @param latex  marked
     * @param names  what to print for a quantity instead
     */
    render(latex: string, names?: Record<string, string>) {
      made = latexForPage(latex, names);
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
export function fitToWidth(lines: HTMLElement[]) {
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
export function restoreFullSize(lines: HTMLElement[]) {
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

/** Where digits stand on the page, and which of the digits of the LaTeX, all in a row, they are. */
type Digits = { node: Text; sign: string; from: number; to: number };

const NUMBER = /\d+(?:\.\d+)?/g;

/** @returns every number in it, one after the other */
const digitsOf = (latex: string): string => (withoutMarks(latex).match(NUMBER) ?? []).join("");

/** @returns what it has in common with the same of another step */
const shapeOf = (latex: string): string => latex.replace(/\d/g, "0");

/** The texts with digits in an element, which take up the digits from `from` on. */
function placesIn(within: Element, from: number): Digits[] {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  const places: Digits[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const [, sign, digits] = node.data.match(/^([−-]?)([\d.]+)$/) ?? [];
    if (!digits) continue;
    places.push({ node, sign, from, to: from + digits.length });
    from += digits.length;
  }
  return places;
}

/** For the eye: the numbers in each mark, which is the value of one quantity wherever it stands. */
function visibleDigits(root: Element, latex: string) {
  const values = new Map(
    marksOf(latex)
      .filter(({ inside }) => /^-?\d/.test(inside))
      .map(({ name, before }) => [name, digitsOf(before).length]),
  );
  return [...root.querySelectorAll(".katex-html [data-of]")].flatMap((mark) => {
    const from = values.get(mark.getAttribute("data-of") ?? "");
    return from === undefined ? [] : placesIn(mark, from);
  });
}

/** For readers: every number, in the order of the LaTeX. */
function read(root: Element) {
  let from = 0;
  return [...root.querySelectorAll("mn")].flatMap((mn) => {
    const places = placesIn(mn, from);
    from = places.at(-1)?.to ?? from;
    return places;
  });
}

/** @param root  of a set formula */
function digitsIn(root: Element) {
  let shape = "";
  let written = "";
  let places: Digits[] = [];
  /** Those that the eye sees. */
  let inSight: Digits[] = [];

  /** Digits without a mark stay as they were set: other ones there need the formula set anew. */
  const isInSight = (digits: string) =>
    [...digits].every((digit, k) => digit === written[k] || inSight.some(({ from, to }) => k >= from && k < to));

  return {
    /** The formula has been set anew. */
    look(latex: string) {
      const digits = digitsOf(latex);
      const forReaders = read(root);
      inSight = visibleDigits(root, latex);
      places = [...inSight, ...forReaders];
      written = digits;
      const whole =
        forReaders.at(-1)?.to === digits.length &&
        places.every(({ node, sign, from, to }) => node.data === sign + digits.slice(from, to));
      shape = whole ? shapeOf(latex) : "";
    },
    /** @returns whether changing digits was enough */
    change(latex: string): boolean {
      if (!shape || shapeOf(latex) !== shape) return false;
      const digits = digitsOf(latex);
      if (!isInSight(digits)) return false;
      written = digits;
      for (const { node, sign, from, to } of places) {
        const data = sign + digits.slice(from, to);
        if (node.data !== data) node.data = data;
      }
      return true;
    },
  };
}
