/**
 * The dialog for data of one's own: rows are pasted, dropped or read from a file, columns chosen, and the result
 * described.
 */
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import type { Requests, StatePorts } from "../../../figure/figure.ts";
import { formatExact, formatGrouped } from "../../../math/format.ts";
import { LONGEST_LINK } from "../../../service/links.ts";
import { loadStyle } from "../../../service/style.ts";
import { chooseProblem } from "../../../state/actions.ts";
import { dialogHead, openDialog } from "../../shared/dialog.ts";
import { type Choice, initialChoice, problemFromTable, type TableProblem } from "./problemFromTable.ts";
import { type CsvTable, readTable } from "./reading.ts";
import { checkbox, tableChoices, warning } from "./tableChoices.ts";

const ROWS = 5;

function cell(text: string, number: number | null, { chosen, word }: { chosen: boolean; word: boolean }) {
  const out = chosen && number === null && !word;
  const kind = [out ? "is-out" : "", chosen ? "is-chosen" : ""].join(" ");
  return html`<td class=${kind}>${number === null || word ? text || "empty" : formatExact(number)}</td>`;
}

/** @returns the rows, with the chosen columns marked, and in these the cells that are no number */
function preview({ columns, places }: CsvTable, { inputs, target, classes }: Choice) {
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

/** The most characters of a text, or bytes of a file. */
const LONGEST = 1_000_000;
const EXAMPLE = "area, price\n32, 60000\n25, 70000";
const COMMAS = {
  point: "A comma in a number is its decimal point.",
  thousands: "A comma in a number separates thousands.",
};

/** @returns the text of a file, in UTF-8 or in the encoding of older spreadsheets */
async function textOf(file: File): Promise<string> {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** @returns why a text is not read; empty where it is */
function textFault(text: string) {
  if (text.includes("\0")) return "This is not text: save the sheet as CSV and choose that.";
  return text.length > LONGEST
    ? `This has ${formatGrouped(text.length)} characters: ${formatGrouped(LONGEST)} can be read.`
    : "";
}

/** @returns how many rows are used, and whether their address is too long for a link */
function usedRowsWords({ rows, length }: TableProblem) {
  if (length <= LONGEST_LINK) return rows;
  const link = `They make a link of ${formatGrouped(length)} characters: the address bar keeps it`;
  return `${rows} ${link}, mail and chat break it past ${formatGrouped(LONGEST_LINK)}.`;
}

/** @param network  whether the data are for a network, not for a line fit */
export async function openOwnData(figure: StatePorts & Requests, network: boolean) {
  await Promise.all([loadStyle("take-home"), figure.wholeCatalog()]);
  const limits = figure.store.get().catalog?.limits ?? {};
  const [title, use] = network
    ? ["A network on your own data", "Let a network learn them"]
    : ["A line through your own data", "Fit a line to them"];
  let [text, fault] = ["", ""];
  let waiting = 0;
  let table: CsvTable | null = null;
  let choice: Choice | null = null;

  /** @param named  whether the first row has the names; undefined: it is detected */
  function read(pasted: string, named?: boolean) {
    text = pasted;
    fault = textFault(text);
    table = text.trim() && !fault ? readTable(text, named) : null;
    fault ||= table?.fault ?? "";
    choice = table && !fault ? initialChoice(table, network, limits) : null;
    dialog.redraw();
  }

  /** Some browsers send an event for each pasted line: all of it is read once. */
  function type({ target }: Event) {
    text = (target as HTMLTextAreaElement).value;
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => read(text));
  }

  async function open(file: File | undefined) {
    if (!file) return;
    if (file.size <= LONGEST) return read(await textOf(file));
    read("");
    fault = `${file.name} has ${formatGrouped(Math.ceil(file.size / 1000))} kB: 1,000 can be read.`;
    dialog.redraw();
  }

  function drop(event: DragEvent) {
    const file = event.dataTransfer?.files[0];
    if (file) event.preventDefault();
    open(file);
  }

  function end({ problem }: TableProblem) {
    dialog.close();
    const { columns, named } = table as CsvTable;
    const { inputs, target } = choice as Choice;
    const names = named ? [...inputs, target].map((k) => columns[k].name) : null;
    if (problem) figure.act(chooseProblem, problem, names);
  }

  function change(to: Partial<Choice>) {
    choice = choice && { ...choice, ...to };
    dialog.redraw();
  }

  /** The table as it was read, and the rows that are used. */
  function shown(table: CsvTable, choice: Choice, taken: TableProblem) {
    const names = checkbox("The first row names the columns", table.named, () => read(text, !table.named));
    return html`<div class="home-part">${preview(table, choice)}${names}<p
      class="note">${table.comma ? COMMAS[table.comma] : nothing}</p></div>
      ${tableChoices({ table, choice, taken, network, change })}`;
  }

  const inputPart =
    () => html`<div class="home-part"><label for="own-data-text">Rows of two or more columns: paste them,
      or drop a file</label>
    <textarea id="own-data-text" class="field" rows="6" autofocus spellcheck="false" autocomplete="off"
      placeholder=${EXAMPLE}
      aria-invalid=${fault ? "true" : nothing} aria-describedby="own-data-stays" .value=${live(text)}
      @input=${type}></textarea>
    ${warning(fault)}
    <label class="button">Choose a file<input type="file" class="reader-only"
      accept=".csv,.tsv,.txt,text/*"
      @change=${({ target }: Event) => open((target as HTMLInputElement).files?.[0])}></label>
    <p class="note" id="own-data-stays">Cells are separated by commas, semicolons or tabs, as a spreadsheet copies them.
      Only the numbers taken leave this page: in its address, and to this server, which computes with them and keeps
      nothing.</p></div>`;

  function template() {
    const taken = table && choice ? problemFromTable(table, choice, network, limits) : null;
    return html`${dialogHead("own-data-title", title, () => dialog.close())}
      <div class="home-panel">${inputPart()}${table && choice && taken ? shown(table, choice, taken) : nothing}</div>
      <footer class="home-foot home-ways row"><p role="status">${taken ? usedRowsWords(taken) : nothing}</p><button
        type="button"
        class="button" ?disabled=${!taken?.problem}
        @click=${() => taken && end(taken)}>${use}</button></footer>`;
  }

  const dialog = openDialog({ className: "home own-data", labelledBy: "own-data-title" }, template);
  dialog.place.addEventListener("dragover", (event) => event.preventDefault());
  dialog.place.addEventListener("drop", drop);
}
