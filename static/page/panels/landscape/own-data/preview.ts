/** The first rows of a table, as they were read. */
import { html } from "lit-html";
import { formatExact } from "../../../math/format.ts";
import type { Choice } from "./choosing.ts";
import type { CsvTable } from "./reading.ts";

const ROWS = 5;

function cell(text: string, number: number | null, { chosen, word }: { chosen: boolean; word: boolean }) {
  const out = chosen && number === null && !word;
  const kind = [out ? "is-out" : "", chosen ? "is-chosen" : ""].join(" ");
  return html`<td class=${kind}>${number === null || word ? text || "empty" : formatExact(number)}</td>`;
}

/** @returns the rows, with the chosen columns marked, and in these the cells that are no number */
export function preview({ columns, places }: CsvTable, { inputs, target, classes }: Choice) {
  const count = Math.min(ROWS, places.length);
  const role = (k: number) =>
    k === target ? "y" : inputs.includes(k) ? (inputs.length > 1 ? `x${inputs.indexOf(k) + 1}` : "x") : "";
  return html`<div class="own-data-preview" tabindex="0" role="group"
    aria-label="The first rows, as they are read"><table>
    <thead><tr><th scope="col">row</th>${columns.map(
      ({ name }, k) => html`<th scope="col">${name}<i>${role(k)}</i></th>`,
    )}</tr></thead>
    <tbody>${places.slice(0, count).map(
      (place, row) =>
        html`<tr><th scope="row">${place}</th>${columns.map(({ texts, numbers }, k) =>
          cell(texts[row], numbers[row], {
            chosen: role(k) !== "",
            word: k === target && classes && texts[row] !== "",
          }),
        )}</tr>`,
    )}</tbody></table></div>`;
}
