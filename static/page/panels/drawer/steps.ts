/** The steps of a run as a table, a page of them around the playhead: the same numbers as the picture, to be read. */
import { html, nothing } from "lit-html";
import { measured } from "../../math/format.ts";
import { createPanel } from "../../figure/panel.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import type { Problem, Run } from "../../state/types.ts";
import type { Figure } from "../../figure/figure.ts";

/** Rows at a time: enough to read along, few enough to be made at once. */
const PAGE = 50;
const DIGITS = 6;

/** @param length  rows of the run @returns the first row of the page that holds the step, and the row after its last */
export function pageAround(step: number, length: number): [number, number] {
  const first = Math.floor(Math.min(step, Math.max(0, length - 1)) / PAGE) * PAGE;
  return [first, Math.min(first + PAGE, length)];
}

/** By the letter that the working has: of a loss over data L, of a surface f. */
function gradientIn({ kind, parameters }: Problem, parameter: string) {
  const [d, letter] = [parameters.length > 1 ? "∂" : "d", kind === "surface" || kind === "expression" ? "f" : "L"];
  return `${d}${letter}/${d}${parameter}`;
}

type Column = [string, (row: number) => number | undefined];

/** @returns heading and value of each column */
export function columnsOf({ columns: { parameters: values, loss, gradient } }: Run, problem: Problem): Column[] {
  const { parameters } = problem;
  return [
    ["step", (row) => row],
    ...parameters.map((name, k): Column => [name, (row) => values[k][row]]),
    ["loss", (row) => loss[row]],
    ...(gradient ?? []).map((column, k): Column => [gradientIn(problem, parameters[k]), (row) => column[row]]),
  ];
}

const cell = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? "" : measured(value, DIGITS));

export function createSteps(root: HTMLElement, { seek, invalidate }: Figure) {
  function table(run: Run, problem: Problem, step: number) {
    const [first, end] = pageAround(step, run.length);
    const current = Math.min(Math.floor(step), run.length - 1);
    const columns = columnsOf(run, problem);
    const row = (k: number) => html`<tr aria-current=${k === current ? "true" : nothing}><th scope="row"><button
      type="button" class="quiet" title="Go to step ${k}" @click=${() => seek(k)}>${k}</button></th>${
      columns.slice(1).map(([, value]) => html`<td>${cell(value(k))}</td>`)}</tr>`;
    return html`<table class="steps"><caption>${run.name}: steps ${first} to ${end - 1} of ${
      run.length - 1}. The gradients of a row lead to the next.</caption>
      <thead><tr>${columns.map(([name]) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${Array.from({ length: end - first }, (_, k) => row(first + k))}</tbody></table>`;
  }

  let marked: Element | null = null;
  return createPanel(invalidate, root, ({ scene, wordsStep }) => {
    const index = chosenRun(scene);
    const run = index === null ? null : scene.runs[index];
    return run?.length ? table(run, scene.problem, wordsStep) : nothing;
  }, () => {
    const row = root.querySelector<HTMLElement>("[aria-current]");
    if (row && row !== marked) root.scrollTop = row.offsetTop - root.clientHeight / 2;
    marked = row;
  });
}
