/** A number to type: printed for reading, plain while it is edited. Enter or leaving takes it over, Escape gives it back. */
import { chosen, grouped } from "../math/format.js";
import { h, setAttribute } from "../dom.js";
import { inRangeWords, isWithin } from "../words/range.js";
import { leaveFault, sayFault } from "./fieldFault.js";

/** @typedef {import("../words/range.js").Range} Range */

/**
 * @typedef {object} NumberField
 * @property {HTMLInputElement} root
 * @property {(value: number | null, fault?: string) => void} set  fault: what the server has against the value
 */

/** A comma between every three digits parts thousands; any other single one stands for the point. */
const THOUSANDS = /^[-+]?\d{1,3}(,\d{3})+$/;

/**
 * @param {string} text  as typed
 * @param {boolean} [whole]  whole numbers are meant
 * @returns {number} NaN where it is none
 */
export function parseNumber(text, whole = false) {
  const given = text.trim().replace(/−/g, "-");
  const plain = whole && THOUSANDS.test(given) ? given.replaceAll(",", "") : given.replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return plain === "" ? NaN : Number(plain);
}

/**
 * @param {object} how
 * @param {string} how.label
 * @param {(value: number | null) => void} how.onCommit
 * @param {string} [how.none]  the word that stands for no number, where there may be none
 * @param {Range | (() => Range)} [how.range]
 * @param {(value: number, direction: 1 | -1, far: boolean) => number} [how.next]  the neighbour, for the arrow keys
 * @param {string} [how.className]
 * @returns {NumberField}
 */
export function createNumberField({ label, onCommit, none, range = {}, next, className = "" }) {
  /** @type {number | null} */
  let value = null;
  const root = h("input", {
    class: `value ${className}`, type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-label": label, placeholder: none,
    onfocus: () => edit(), onblur: () => leave(), oninput: () => sayFault(root, ""), onkeydown: key,
  });
  const allowed = () => (typeof range === "function" ? range() : range);
  const pretty = () => (value === null ? (none ?? "") : chosen(value));

  /** @param {string} text */
  function show(text) {
    if (root.value !== text) root.value = text;
    root.size = Math.max(2, text.length);
  }

  function edit() {
    sayFault(root, "");
    show(value === null ? "" : String(value));
    root.select();
  }

  /** @param {string} text @returns {string} what is wrong with it; empty where nothing is */
  function wrongWith(text) {
    const may = allowed();
    const given = parseNumber(text, may.whole);
    if (text === "" || text === none) return none === undefined ? `${label}: ${inRangeWords(may)}; nothing is there.` : "";
    if (Number.isFinite(given) && isWithin(given, may)) return "";
    return `${label}: ${inRangeWords(may)}, not ${Number.isFinite(given) ? grouped(given) : `“${text}”`}.`;
  }

  /** @returns {boolean} whether it could be taken over */
  function commit() {
    const text = root.value.trim();
    const fault = wrongWith(text);
    sayFault(root, fault);
    if (fault) return false;
    const said = text === "" || text === none ? null : parseNumber(text, allowed().whole);
    if (said !== value) onCommit((value = said));
    return true;
  }

  function leave() {
    if (!commit()) leaveFault(root);
    show(pretty());
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.key === "Enter" && commit()) edit();
    if (event.key === "Escape") edit();
    const direction = event.key === "ArrowUp" ? 1 : event.key === "ArrowDown" ? -1 : 0;
    if (!direction || !next || value === null) return;
    event.preventDefault();
    value = next(value, direction, event.shiftKey);
    onCommit(value);
    edit();
  }

  return {
    root,
    set(given, fault = "") {
      value = given;
      if (document.activeElement === root) return;
      show(pretty());
      setAttribute(root, "aria-invalid", fault ? "true" : null);
      root.title = fault;
    },
  };
}
