/** The steps of a run as a table, a page of them around the playhead: the same numbers as the picture, to be read. */
import { html, nothing } from "lit-html";
import type { Figure } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatExact, formatMeasured } from "../../math/format.ts";
import { hasData, pointsOf, pointWord } from "../../state/catalog.ts";
import { gradientAt } from "../../state/columns.ts";
import { epochAfter, epochsOf } from "../../state/epochs.ts";
import type { Problem, ProblemSpec, Run, Scene, State } from "../../state/types.ts";
import { lossLetter } from "../../words/symbol.ts";
import { chosenRun } from "../shared/chosenRun.ts";
import { chosenParameter } from "../working/choices.ts";

/** Rows at a time: enough to read along, few enough to be made at once. */
const PAGE = 50;
const DIGITS = 6;

/** @param length  rows of the run @returns the first row of the page that holds the step, and the row after its last */
export function pageAround(step: number, length: number): [number, number] {
  const first = Math.floor(Math.min(step, Math.max(0, length - 1)) / PAGE) * PAGE;
  return [first, Math.min(first + PAGE, length)];
}

function gradientIn({ kind, parameters }: Problem, parameter: string) {
  const d = parameters.length > 1 ? "∂" : "d";
  return `${d}${lossLetter(kind !== "surface" && kind !== "expression")}/${d}${parameter}`;
}

type TableColumn = [string, (row: number) => number | undefined];

/** Parameters that stand beside each other; of more one at a time. */
const BESIDE = 2;

/**
 * @param chosen  the parameter, where there are too many for all of them
 * @returns heading and value of each column; the last row has no step, and so no gradient
 */
export function columnsOf({ columns, length }: Run, problem: Problem, chosen: number): TableColumn[] {
  const { parameters: values, loss, gradient } = columns;
  const { parameters } = problem;
  const shown = parameters.length > BESIDE ? [chosen] : [...parameters.keys()];
  return [
    ["step", (row) => row],
    ...shown.map((k): TableColumn => [parameters[k], (row) => values[k]?.[row]]),
    ["loss", (row) => loss[row]],
    ...(gradient ? shown : []).map(
      (k): TableColumn => [gradientIn(problem, parameters[k]), (row) => gradientAt(columns, row, length)?.[k]],
    ),
  ];
}

/** Points of a batch that are named, by their numbers; a point alone with where it is. */
const NAMED = 8;

/** @param points  of the data @returns "3 at (12, 4.5)", "3, 7 and 9" */
export function batchCell(batch: number[] | null, points: [number, number][]): string {
  if (!batch) return "all";
  if (batch.length === 1 && points[batch[0]]) {
    return `${batch[0] + 1} at (${points[batch[0]].map((value) => formatExact(value, 4)).join(", ")})`;
  }
  const more = batch.length > NAMED ? ` and ${batch.length - NAMED} more` : "";
  return (
    batch
      .slice(0, NAMED)
      .map((point) => point + 1)
      .join(", ") + more
  );
}

const cell = (value: number | undefined) =>
  value === undefined || Number.isNaN(value) ? "" : formatMeasured(value, DIGITS);

/** @param seen  the problem, where there are columns of what a step sees */
export function captionOf({ name, length }: Run, [first, end]: [number, number], seen: ProblemSpec | null): string {
  const columns = seen
    ? `Gradient, epoch and ${pointWord(seen, 2)} of a row are of the step that leads`
    : "The gradients of a row lead";
  return `${name}: steps ${first} to ${end - 1} of ${length - 1}. ${columns} to the next.`;
}

export function createSteps(root: HTMLElement, { seek, invalidate }: Figure) {
  /** What a step of a line fit sees: its epoch and its points; columns of their own. */
  function seenIn(state: State, run: Run, index: number) {
    const { batch } = run.columns;
    if (!batch?.length || !hasData(state.problem)) return null;
    const [ends, points] = [epochsOf(state, run, index), pointsOf(state)];
    const has = (row: number) => row < run.length - 1 && row < batch.length;
    return {
      heads: html`${ends.length ? html`<th scope="col">epoch</th>` : nothing}<th scope="col" class="seen">${pointWord(state.problem, 2)}</th>`,
      cells: (row: number) => html`${ends.length ? html`<td>${has(row) ? epochAfter(ends, row) : ""}</td>` : nothing}<td
        class="seen">${has(row) ? batchCell(batch[row], points) : ""}</td>`,
      begins: (row: number) => ends.includes(row),
    };
  }

  function table(state: State, run: Run, index: number, { problem }: Scene, step: number) {
    const [first, end] = pageAround(step, run.length);
    const current = Math.min(Math.floor(step), run.length - 1);
    const columns = columnsOf(run, problem, chosenParameter(state, { problem }));
    const seen = seenIn(state, run, index);
    const row = (k: number) => html`<tr aria-current=${k === current ? "true" : nothing}
      ?data-epoch=${seen?.begins(k)}><th scope="row"><button
      type="button" class="quiet" title="Go to step ${k}" @click=${() => seek(k)}>${k}</button></th>${columns
        .slice(1)
        .map(([, value]) => html`<td>${cell(value(k))}</td>`)}${seen?.cells(k) ?? nothing}</tr>`;
    return html`<table class="steps"><caption>${captionOf(run, [first, end], seen ? state.problem : null)}</caption>
      <thead><tr>${columns.map(([name]) => html`<th scope="col">${name}</th>`)}${seen?.heads ?? nothing}</tr></thead>
      <tbody>${Array.from({ length: end - first }, (_, k) => row(first + k))}</tbody></table>`;
  }

  let marked: Element | null = null;
  const panel = createPanel(
    invalidate,
    root,
    ({ state, scene, wordsStep }) => {
      const index = chosenRun(scene);
      const run = index === null ? null : scene.runs[index];
      return index !== null && run?.length ? table(state, run, index, scene, wordsStep) : nothing;
    },
    () => {
      const row = root.querySelector<HTMLElement>("[aria-current]");
      if (row && row !== marked) root.scrollTop = row.offsetTop - root.clientHeight / 2;
      marked = row;
    },
  );
  return { ...panel, apart: ({ scene }: Frame) => scene.problem.parameters.length <= BESIDE };
}
