/** Where the runs start, as a sentence whose values are its fields. */
import { setStart } from "../state/actions.js";
import { createNumberField } from "../controls/numberField.js";
import { h } from "../dom.js";

/** @typedef {import("../state/types.js").Scene} Scene */
/** @typedef {import("../state/store.js").Store} Store */

/** Further than this nothing can start. */
const FAR = 1e100;
/** A problem of more parameters has no start that one would type. */
const MOST = 2;

/** @param {Store} store */
export function createStartFields(store) {
  const root = h("p", { class: "stop-sentence" });
  /** @type {import("../controls/numberField.js").NumberField[]} */
  let fields = [];
  /** @type {number[]} */
  let start = [];
  let named = "";

  /** @param {number} k @param {number | null} value */
  function commit(k, value) {
    if (value === null) return;
    store.update(setStart, start.map((known, other) => (other === k ? value : known)), false);
  }

  /** @param {string[]} names */
  function write(names) {
    named = names.join();
    fields = names.map((name, k) => createNumberField({ label: `Start: ${name}`, range: { least: -FAR, most: FAR }, onCommit: (value) => commit(k, value) }));
    const parts = fields.flatMap(({ root: field }, k) => [k ? ", " : "Start at ", h("em", {}, names[k]), " ", field]);
    root.replaceChildren(...parts, ".");
  }

  return {
    root,
    focus: () => fields[0]?.root.focus(),
    /** @param {Scene} scene */
    render({ problem: { parameters }, start: now }) {
      root.hidden = parameters.length > MOST || now.length !== parameters.length;
      if (root.hidden) return;
      if (named !== parameters.join()) write(parameters);
      start = now;
      fields.forEach((field, k) => field.set(now[k]));
    },
  };
}
