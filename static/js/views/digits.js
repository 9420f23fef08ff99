/**
 * The digits of a set formula. Setting one takes a millisecond; while a run plays, mostly other digits come to stand in
 * the same places, and as all digits are equally wide those can simply be written over the old ones.
 */
import { marksOf, withoutMarks } from "../words/marks.js";

/**
 * Where digits stand on the page, and which of the digits of the LaTeX, all in a row, they are.
 * @typedef {{node: Text, sign: string, from: number, to: number}} Place
 */

const NUMBER = /\d+(?:\.\d+)?/g;

/** @param {string} latex @returns {string} every number in it, one after the other */
const digitsOf = (latex) => (withoutMarks(latex).match(NUMBER) ?? []).join("");

/** @param {string} latex @returns {string} what it has in common with the same of another step */
const shapeOf = (latex) => latex.replace(/\d/g, "0");

/** The texts with digits in an element, which take up the digits from `from` on. @param {Element} within @param {number} from @returns {Place[]} */
function placesIn(within, from) {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  /** @type {Place[]} */
  const found = [];
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const [, sign, digits] = node.data.match(/^([−-]?)([\d.]+)$/) ?? [];
    if (digits) found.push({ node, sign, from, to: (from += digits.length) });
  }
  return found;
}

/** For the eye: the numbers in each mark, which is the value of one quantity wherever it stands. @param {Element} root @param {string} latex */
function seen(root, latex) {
  const values = new Map(marksOf(latex).filter(({ inside }) => /^-?\d/.test(inside)).map(({ name, before }) => [name, digitsOf(before).length]));
  return [...root.querySelectorAll(".katex-html [data-of]")].flatMap((mark) => {
    const from = values.get(mark.getAttribute("data-of") ?? "");
    return from === undefined ? [] : placesIn(mark, from);
  });
}

/** For readers: every number, in the order of the LaTeX. @param {Element} root */
function read(root) {
  let from = 0;
  return [...root.querySelectorAll("mn")].flatMap((mn) => {
    const places = placesIn(mn, from);
    from = places.at(-1)?.to ?? from;
    return places;
  });
}

/** @param {Element} root  of a set formula */
export function digitsIn(root) {
  let shape = "";
  let written = "";
  /** @type {Place[]} */
  let places = [];
  /** Those that the eye sees. @type {Place[]} */
  let inSight = [];

  /** Digits without a mark stay as they were set: other ones there need the formula set anew. @param {string} digits */
  const isInSight = (digits) => [...digits].every((digit, k) => digit === written[k] || inSight.some(({ from, to }) => k >= from && k < to));

  return {
    /** The formula has been set anew. @param {string} latex */
    look(latex) {
      const digits = digitsOf(latex);
      const forReaders = read(root);
      inSight = seen(root, latex);
      places = [...inSight, ...forReaders];
      written = digits;
      const whole = forReaders.at(-1)?.to === digits.length && places.every(({ node, sign, from, to }) => node.data === sign + digits.slice(from, to));
      shape = whole ? shapeOf(latex) : "";
    },
    /** @param {string} latex @returns {boolean} whether changing digits was enough */
    change(latex) {
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
