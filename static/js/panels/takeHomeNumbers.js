/** Every step of the runs shown, as a table or as JSON. */
import { getTable } from "../net/takeHome.js";
import { specOf } from "../state/state.js";
import { fileName, save } from "../home/saving.js";
import { h } from "../dom.js";

/** @typedef {import("./takeHome.js").Desk} Desk */

/** @type {{word: string, type: import("../net/takeHome.js").TableType, extension: string}[]} */
const FORMS = [{ word: "CSV", type: "text/csv", extension: "csv" }, { word: "JSON", type: "application/json", extension: "json" }];

/** @param {number} shown @param {number} hidden */
function words(shown, hidden) {
  const left = hidden ? ` What is hidden (${hidden}) is left out.` : "";
  return `Every step of ${shown === 1 ? "the run" : `the ${shown} runs`} shown: parameters, loss, gradient, rate in force.${left}`;
}

/** @param {Desk} desk */
export function createNumbers({ page: { state, scene }, run }) {
  const entries = state.entries.filter(({ hidden }) => !hidden);
  if (!entries.length) return h("p", { class: "note" }, "No run is shown.");
  const keep = (/** @type {(typeof FORMS)[number]} */ { type, extension }) => run(async () => {
    const file = fileName([scene.problem.label, "runs"], extension);
    save(await getTable(specOf(state, entries), type), file);
    return `Saved ${file}.`;
  });
  const buttons = FORMS.map((form) => h("button", { type: "button", class: "quiet strong", "aria-label": `Numbers as ${form.word}`, onclick: () => keep(form) }, form.word));
  return h("div", { class: "home-line" }, h("p", {}, words(entries.length, state.entries.length - entries.length)), ...buttons);
}
