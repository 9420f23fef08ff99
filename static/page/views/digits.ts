/**
 * The digits of a set formula. Setting one takes a millisecond; while a run plays, mostly other digits come to stand in
 * the same places, and as all digits are equally wide those can simply be written over the old ones.
 */
import { marksOf, withoutMarks } from "../words/marks.ts";

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
  const found: Digits[] = [];
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const [, sign, digits] = node.data.match(/^([−-]?)([\d.]+)$/) ?? [];
    if (!digits) continue;
    found.push({ node, sign, from, to: from + digits.length });
    from += digits.length;
  }
  return found;
}

/** For the eye: the numbers in each mark, which is the value of one quantity wherever it stands. */
function seen(root: Element, latex: string) {
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
export function digitsIn(root: Element) {
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
      inSight = seen(root, latex);
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
