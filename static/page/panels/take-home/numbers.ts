/** Every step of the runs shown, as a table or as JSON. */
import { getTable } from "../../service/takeHome.ts";
import { specOf } from "../../state/state.ts";
import { fileName, save } from "./saving.ts";
import { h } from "../../dom.ts";
import type { Desk } from "./takeHome.ts";
import type { TableType } from "../../service/takeHome.ts";

const FORMS: { word: string; type: TableType; extension: string }[] = [{ word: "CSV", type: "text/csv", extension: "csv" }, { word: "JSON", type: "application/json", extension: "json" }];

function words(shown: number, hidden: number) {
  const left = hidden ? ` What is hidden (${hidden}) is left out.` : "";
  return `Every step of ${shown === 1 ? "the run" : `the ${shown} runs`} shown: parameters, loss, gradient, rate in force.${left}`;
}

export function createNumbers({ page: { state, scene }, run }: Desk) {
  const entries = state.entries.filter(({ hidden }) => !hidden);
  if (!entries.length) return h("p", { class: "note" }, "No run is shown.");
  const keep = ({ type, extension }: (typeof FORMS)[number]) => run(async () => {
    const file = fileName([scene.problem.label, "runs"], extension);
    save(await getTable(specOf(state, entries), type), file);
    return `Saved ${file}.`;
  });
  const buttons = FORMS.map((form) => h("button", { type: "button", class: "quiet strong", "aria-label": `Numbers as ${form.word}`, onclick: () => keep(form) }, form.word));
  return h("div", { class: "home-line" }, h("p", {}, words(entries.length, state.entries.length - entries.length)), ...buttons);
}
