/**
 * The digits of a set formula. Setting one takes a millisecond; while a run plays, mostly other digits come to stand in
 * the same places, and as all digits are equally wide those can simply be written over the old ones.
 */
import { marksOf, withoutMarks } from "../words/marks.js";

/** @typedef {{node: Text, number: number}} Place  where a number stands on the page, and which number of the LaTeX it is */

const NUMBER = /\d+(?:\.\d+)?/g;

/** @param {string} latex @returns {string[]} */
const numbersOf = (latex) => withoutMarks(latex).match(NUMBER) ?? [];

/** @param {string} latex @returns {string} what it has in common with the same of another step */
const shapeOf = (latex) => latex.replace(/\d/g, "0");

/** @param {Element} within @returns {Text[]} with digits */
function textsIn(within) {
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const found = [];
  while (walker.nextNode()) if (/\d/.test(walker.currentNode.nodeValue ?? "")) found.push(/** @type {Text} */ (walker.currentNode));
  return found;
}

/** For the eye: the numbers in each mark. @param {Element} root @param {string} latex @returns {Place[]} */
function seen(root, latex) {
  /** @type {Map<string, number>} */
  const firsts = new Map();
  for (const { name, before, inside } of marksOf(latex)) if (/^-?\d/.test(inside) && !firsts.has(name)) firsts.set(name, numbersOf(before).length);
  const marks = [...root.querySelectorAll(".katex-html [data-of]")].filter((mark) => firsts.has(mark.getAttribute("data-of") ?? ""));
  return marks.flatMap((mark) => textsIn(mark).map((node, k) => ({ node, number: (firsts.get(mark.getAttribute("data-of") ?? "") ?? 0) + k })));
}

/** For readers: every number, in the order of the LaTeX. @param {Element} root @returns {Place[]} */
function read(root) {
  return [...root.querySelectorAll("mn")].flatMap((mn, number) => textsIn(mn).map((node) => ({ node, number })));
}

/** @param {Element} root  of a set formula */
export function digitsIn(root) {
  let shape = "";
  /** @type {Place[]} */
  let places = [];

  return {
    /** The formula has been set anew. @param {string} latex */
    look(latex) {
      const numbers = numbersOf(latex);
      places = [...seen(root, latex), ...read(root)];
      const whole = root.querySelectorAll("mn").length === numbers.length && places.every(({ node, number }) => node.data === numbers[number]);
      shape = whole ? shapeOf(latex) : "";
    },
    /** @param {string} latex @returns {boolean} whether changing digits was enough */
    change(latex) {
      if (!shape || shapeOf(latex) !== shape) return false;
      const numbers = numbersOf(latex);
      for (const { node, number } of places) if (node.data !== numbers[number]) node.data = numbers[number];
      return true;
    },
  };
}
