/** LaTeX as the server sets it, taken apart into what stands beside each other, and put together again. */

/**
 * @typedef {object} Part
 * @property {string} open  what begins it: a sign, a command, an opening bracket
 * @property {string} close  what ends it, where something does
 * @property {Part[][]} inside  the groups it holds
 * @property {string} name  of the quantity it is marked as; empty: none
 * @property {string} raised  its exponent and index as they are written
 */

const MARK = /^\\htmlData\{of=([^}]*)\}/;
const COMMAND = /^\\([a-zA-Z]+|.)/;
const NUMBER = /^\d[\d.]*/;
const SPACE = /^(\\[,;:! ]|\s)$/;
const OPERATOR = /^([-+=<>]|\\(cdot|leftarrow|times|ge|le|geq|leq))$/;

/** @param {Part} part */
export const isSpace = ({ open, inside }) => inside.length === 0 && SPACE.test(open);

/** @param {Part} part */
export const isOperator = ({ open, inside }) => inside.length === 0 && OPERATOR.test(open);

/** @param {string} latex @param {number} at @returns {string} the sign or command that begins there */
function signAt(latex, at) {
  const rest = latex.slice(at);
  return rest.match(COMMAND)?.[0] ?? rest.match(NUMBER)?.[0] ?? rest[0] ?? "";
}

/** @param {string} latex @returns {Part[]} */
export function partsOf(latex) {
  let at = 0;

  /** A group in braces, or the one sign that stands for it. @returns {Part[]} */
  function group() {
    if (latex[at] !== "{") return [part()];
    at++;
    const inside = row("}");
    at++;
    return inside;
  }

  /** @param {string} end @returns {Part[]} */
  function row(end) {
    /** @type {Part[]} */
    const parts = [];
    while (at < latex.length && !latex.startsWith(end, at)) parts.push(part());
    return parts;
  }

  /** Exponent and index. */
  function scripts() {
    const from = at;
    while (latex[at] === "^" || latex[at] === "_") {
      at++;
      group();
    }
    return latex.slice(from, at);
  }

  /** @param {string} word  "\left" or "\begin" @param {string} end @returns {Part} */
  function fence(word, end) {
    const from = at;
    at += word.length;
    if (word === "\\left") at += signAt(latex, at).length;
    else group();
    const open = latex.slice(from, at);
    const inside = row(end);
    const last = at;
    at += end.length;
    if (word === "\\left") at += signAt(latex, at).length;
    else group();
    return { open, close: latex.slice(last, at), inside: [inside], name: "", raised: scripts() };
  }

  /** @returns {Part} */
  function bracket() {
    at++;
    const inside = row(")");
    const close = latex.slice(at, ++at);
    return { open: "(", close, inside: [inside], name: "", raised: scripts() };
  }

  /** @returns {Part} */
  function part() {
    const mark = latex.slice(at).match(MARK);
    if (mark) {
      at += mark[0].length;
      return { open: mark[0], close: "", inside: [group()], name: mark[1], raised: scripts() };
    }
    if (/^\\left(?![a-zA-Z])/.test(latex.slice(at))) return fence("\\left", "\\right");
    if (latex.startsWith("\\begin{", at)) return fence("\\begin", "\\end");
    if (latex[at] === "(") return bracket();
    if (latex[at] === "{") return { open: "", close: "", inside: [group()], name: "", raised: scripts() };
    const open = signAt(latex, at);
    at += open.length;
    /** @type {Part[][]} */
    const inside = [];
    while (/^\\[a-zA-Z]/.test(open) && latex[at] === "{") inside.push(group());
    return { open, close: "", inside, name: "", raised: scripts() };
  }

  return row("\u0000");
}

/** A command in front of a letter needs a space to end it. @param {string} before @param {string} after */
const joined = (before, after) => (/\\[a-zA-Z]+$/.test(before) && /^[a-zA-Z]/.test(after) ? `${before} ${after}` : before + after);

/** @param {string[]} texts */
export const joinedAll = (texts) => texts.reduce(joined, "");

/** @param {Part} part @param {(inside: Part[], group: number) => string} [print]  of what it holds @returns {string} */
export function partText({ open, close, inside, raised }, print = textOf) {
  const held = inside.map((parts, k) => (close || open === "(" ? print(parts, k) : `{${print(parts, k)}}`)).join("");
  return joinedAll([open, held, close]) + raised;
}

/** @param {Part[]} parts @returns {string} LaTeX */
export function textOf(parts) {
  return joinedAll(parts.map((part) => partText(part)));
}
