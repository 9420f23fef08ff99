/** A number to type: printed for reading, plain while it is edited. Enter or leaving takes it over, Escape gives it back. */
import { chosen } from "../math/format.js";
import { h, setAttribute } from "../dom.js";

/**
 * @typedef {object} NumberField
 * @property {HTMLInputElement} root
 * @property {(value: number | null) => void} set
 */

/**
 * @param {string} text  as typed: a comma may stand for the point
 * @returns {number} NaN where it is none
 */
export function parseNumber(text) {
  const plain = text.trim().replace(/−/g, "-").replace(/^([^.,]*),([^.,]*)$/, "$1.$2");
  return plain === "" ? NaN : Number(plain);
}

/**
 * @param {object} how
 * @param {string} how.label
 * @param {(value: number | null) => void} how.onCommit
 * @param {string} [how.none]  the word that stands for no number, where there may be none
 * @param {(value: number) => string | null} [how.check]  what is wrong with a number, in words
 * @param {(value: number, direction: 1 | -1, far: boolean) => number} [how.next]  the neighbour, for the arrow keys
 * @param {string} [how.className]
 * @returns {NumberField}
 */
export function createNumberField({ label, onCommit, none, check, next, className = "" }) {
  /** @type {number | null} */
  let value = null;
  const root = h("input", {
    class: `value ${className}`, type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", "aria-label": label,
    onfocus: () => edit(), onblur: () => leave(), onkeydown: key,
  });
  const pretty = () => (value === null ? (none ?? "") : chosen(value));

  /** @param {string} text */
  function show(text) {
    if (root.value !== text) root.value = text;
    root.size = Math.max(2, text.length);
  }

  function edit() {
    show(value === null ? "" : String(value));
    root.select();
  }

  /** @param {string} message */
  function complain(message) {
    setAttribute(root, "aria-invalid", message !== "");
    root.title = message;
    root.setCustomValidity(message);
    if (message) root.reportValidity();
  }

  /** @returns {boolean} whether it could be taken over */
  function commit() {
    const text = root.value.trim();
    const empty = text === "" || text === none;
    const given = parseNumber(text);
    const fault = empty ? (none === undefined ? `${label}: a number is missing` : null) : Number.isFinite(given) ? (check?.(given) ?? null) : `${label}: “${text}” is not a number`;
    complain(fault ?? "");
    if (fault) return false;
    const said = empty ? null : given;
    if (said !== value) onCommit((value = said));
    return true;
  }

  function leave() {
    if (!commit()) complain("");
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
    set(given) {
      value = given;
      if (document.activeElement !== root) show(pretty());
    },
  };
}
