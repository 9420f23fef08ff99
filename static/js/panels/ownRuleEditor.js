/** A small editor of a rule: plain text, with what cannot be read marked where it stands. */
import { icon } from "../controls/icons.js";
import { inShort } from "../words/refusal.js";
import { h, setAttribute, setText } from "../dom.js";

/** @typedef {import("../state/types.js").Refusal} Refusal */

/**
 * Where a refusal points in a text.
 * @param {string} text
 * @param {Refusal} refusal
 * @returns {[number, number] | null} from, to
 */
export function placeOf(text, { line = 1, column, word }) {
  if (column === undefined) return null;
  const before = text.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const from = Math.min(before + column - 1, text.length);
  const length = word?.length || (text.slice(from).match(/^\w+|^./)?.[0].length ?? 1);
  return [from, from + length];
}

/**
 * @param {(text: string) => void} onType
 * @param {() => void} onRest  the hand has left it
 */
export function createEditor(onType, onRest) {
  const field = h("textarea", {
    id: "own-rule", class: "own-field", rows: 6, spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off", "aria-label": "Rule, a line for each quantity",
    "aria-describedby": "own-rule-message own-rule-help", oninput: () => type(), onblur: onRest, onscroll: () => follow(),
  });
  const mirror = h("div", { class: "own-mirror", "aria-hidden": "true" });
  const message = h("p", { id: "own-rule-message", class: "warning", role: "alert", hidden: true }, icon("warn"), h("span"));
  const help = h("p", { id: "own-rule-help", class: "note" }, "w is a parameter, g its gradient, t the step from 1, lr the rate in force. A name that is read before it is assigned is kept from step to step; one that is never assigned becomes a slider.");
  const root = h("div", {}, h("div", { class: "own-box" }, mirror, field), message, help);
  let of = "";
  let shown = "";

  function type() {
    shown = field.value;
    mark(null);
    onType(field.value);
  }

  function follow() {
    mirror.scrollTop = field.scrollTop;
    mirror.scrollLeft = field.scrollLeft;
  }

  /** @param {Refusal | null} wrong */
  function mark(wrong) {
    setAttribute(field, "aria-invalid", wrong !== null);
    message.hidden = !wrong;
    setText(/** @type {Element} */ (message.lastElementChild), wrong ? inShort(wrong) : "");
    const place = wrong && placeOf(field.value, wrong);
    if (!place) return mirror.replaceChildren();
    const [from, to] = place;
    mirror.replaceChildren(field.value.slice(0, from), h("span", { class: "wavy" }, field.value.slice(from, to) || "\u00a0"), field.value.slice(to));
    follow();
  }

  return {
    root,
    /** @param {string} text  whatever stands there now */
    set: (text) => void (shown = text),
    /** @param {string} key  of the run whose rule it is @param {string} text @param {Refusal | null} wrong */
    render(key, text, wrong) {
      const another = key !== of && shown !== text;
      if ((another || document.activeElement !== field) && field.value !== text) field.value = shown = text;
      of = key;
      mark(wrong);
    },
  };
}
