/** Small controls that recur: a choice between words, a list to choose from, a line sample of a run. */
import { DASHES } from "../math/palette.ts";
import { MARKER_NAMES, markerPath } from "../math/markers.ts";
import { h, s, setAttribute } from "../dom.ts";

/**
 * Words side by side of which one is chosen; the arrow keys go from one to the next.
 * @param how.options  value and word
 */
export function createWords<T extends string>({ label, options, onChoose }: { label: string; options: [T, string][]; onChoose: (value: T) => void }) {
  const buttons = options.map(([value, word]) => h("button", { type: "button", role: "radio", class: "word", onclick: () => onChoose(value) }, word));
  const root = h("div", { class: "words", role: "radiogroup", "aria-label": label, onkeydown: key }, ...buttons);
  let chosen = options[0][0];

  function key(event: KeyboardEvent) {
    const move = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!move) return;
    event.preventDefault();
    const index = (options.findIndex(([value]) => value === chosen) + move + options.length) % options.length;
    onChoose(options[index][0]);
    buttons[index].focus();
  }

  return {
    root,
    set(value: T) {
      chosen = value;
      options.forEach(([option], k) => {
        setAttribute(buttons[k], "aria-checked", String(option === value));
        buttons[k].tabIndex = option === value ? 0 : -1;
      });
    },
  };
}

export function createSelect({ label, onChoose }: { label: string; onChoose: (value: string) => void }) {
  const root = h("select", { class: "select", "aria-label": label, onchange: () => onChoose(root.value) });
  let listed = "";
  return {
    root,
    set(options: { name: string; label: string }[], value: string) {
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
    set(slot: number) {
      setAttribute(line, "stroke-dasharray", DASHES[slot].length ? DASHES[slot].map((part) => part * 0.8).join(" ") : null);
      setAttribute(mark, "d", markerPath(slot, 4.6));
    },
  };
}

/** The marker alone. */
export function marker(slot: number, hollow: boolean) {
  const mark = s("path", { class: hollow ? "mark hollow" : "mark", d: markerPath(slot, 4.6), transform: "translate(8 8)" });
  return s("svg", { class: `mark-picture slot-${slot}`, width: 16, height: 16, role: "img", "aria-label": MARKER_NAMES[slot] }, mark);
}
