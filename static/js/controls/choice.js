/** Small controls that recur: a choice between words, a list to choose from, a line sample of a run. */
import { DASHES } from "../math/palette.js";
import { MARKER_NAMES, markerPath } from "../math/markers.js";
import { h, s, setAttribute } from "../dom.js";

/**
 * Words side by side of which one is chosen; the arrow keys go from one to the next.
 * @template {string} T
 * @param {object} how
 * @param {string} how.label
 * @param {[T, string][]} how.options  value and word
 * @param {(value: T) => void} how.onChoose
 */
export function createWords({ label, options, onChoose }) {
  const buttons = options.map(([value, word]) => h("button", { type: "button", role: "radio", class: "word", onclick: () => onChoose(value) }, word));
  const root = h("div", { class: "words", role: "radiogroup", "aria-label": label, onkeydown: key }, ...buttons);
  let chosen = options[0][0];

  /** @param {KeyboardEvent} event */
  function key(event) {
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    const index = (options.findIndex(([value]) => value === chosen) + move + options.length) % options.length;
    onChoose(options[index][0]);
    buttons[index].focus();
  }

  return {
    root,
    /** @param {T} value */
    set(value) {
      chosen = value;
      options.forEach(([option], k) => {
        setAttribute(buttons[k], "aria-checked", String(option === value));
        buttons[k].tabIndex = option === value ? 0 : -1;
      });
    },
  };
}

/**
 * @param {object} how
 * @param {string} how.label
 * @param {(value: string) => void} how.onChoose
 */
export function createSelect({ label, onChoose }) {
  const root = h("select", { class: "select", "aria-label": label, onchange: () => onChoose(root.value) });
  let listed = "";
  return {
    root,
    /** @param {{name: string, label: string}[]} options @param {string} value */
    set(options, value) {
      const key = options.map(({ name }) => name).join();
      if (key !== listed) root.replaceChildren(...options.map((option) => h("option", { value: option.name }, option.label)));
      listed = key;
      if (root.value !== value) root.value = value;
    },
  };
}

/** The line of a run as it stands on the map: colour, dash and marker. */
export function createSample() {
  const line = s("path", { class: "sample-line", d: "M2 8H28" });
  const mark = s("path", { class: "sample-mark", transform: "translate(32 8)" });
  const root = s("svg", { class: "sample", width: 40, height: 16, viewBox: "0 0 40 16", "aria-hidden": "true" }, line, mark);
  return {
    root,
    /** @param {number} slot */
    set(slot) {
      setAttribute(line, "stroke-dasharray", DASHES[slot].length ? DASHES[slot].map((part) => part * 0.8).join(" ") : null);
      setAttribute(mark, "d", markerPath(slot, 4.6));
    },
  };
}

/** The marker alone. @param {number} slot @param {boolean} hollow */
export function marker(slot, hollow) {
  const mark = s("path", { class: hollow ? "mark hollow" : "mark", d: markerPath(slot, 4.6), transform: "translate(8 8)" });
  return s("svg", { class: `mark-picture slot-${slot}`, width: 16, height: 16, role: "img", "aria-label": MARKER_NAMES[slot] }, mark);
}
