/** The data of a line fit as a table. It highlights the rows that the next step reads, and says what the step keeps. */
import { html, nothing } from "lit-html";
import type { Figure } from "../figure/figure.ts";
import { createPanel } from "../figure/panel.ts";
import type { Frame } from "../figure/part.ts";
import { datasetOf, isLineFit, isMethod, pointsOf } from "../state/catalog.ts";
import { parametersAt } from "../state/columns.ts";
import { availablePoints, epochAfter, epochsOf } from "../state/epochs.ts";
import { axisNames } from "../state/lineFit.ts";
import { namesIn, ruleOf } from "../state/rules.ts";
import type { Run, State } from "../state/types.ts";
import { numbersKeptWords, numbersReadWords } from "../words/numbersKept.ts";
import { type Samples, samplesTable, scrollToLit } from "./shared/samplesTable.ts";

/** @returns the points as a table, the fitted columns first, so that they also show in a narrow place */
function tableOfPoints(state: State): Pick<Samples, "columns" | "rows"> {
  const dataset = datasetOf(state.catalog, state.problem.dataset);
  if (dataset?.table) {
    const { columns, rows, feature, target } = dataset.table;
    const order = [feature, target, ...[...columns.keys()].filter((k) => k !== feature && k !== target)];
    return {
      rows: rows.map((row) => order.map((k) => row[k])),
      columns: order.map((k, place) => ({ label: columns[k], fitted: place < 2 })),
    };
  }
  return { rows: pointsOf(state), columns: axisNames(state).map((label) => ({ label, fitted: true })) };
}

/** @returns the row before the step that is shown: that of the playhead, or at the end the row before the last */
const stepFrom = (run: Run, row: number) => Math.max(0, Math.min(Math.floor(row), run.length - 2));

/** @param row  where the playhead stands */
function seenFrom(state: State, run: Run, index: number, row: number) {
  const { optimizer } = state.entries[index];
  const all = pointsOf(state).length;
  const step = stepFrom(run, row);
  const ends = epochsOf(state, run, index);
  return {
    step,
    lit: run.columns.batch?.[step] ?? null,
    available: availablePoints(optimizer, all)(step),
    epoch: ends.length ? epochAfter(ends, step) : null,
  };
}

/** @returns the table, with a line on what the step reads and keeps; nothing without runs or data */
export function dataTable({ state, scene, chosen: index, wordsStep: row }: Frame, label: string) {
  const run = index === null ? null : scene.shownRuns[index];
  if (index === null || !run || run.length < 1 || !isLineFit(state.problem)) return nothing;
  const { step, lit, available, epoch } = seenFrom(state, run, index, row);
  const { columns, rows } = tableOfPoints(state);
  const width = columns.filter(({ fitted }) => fitted).length;
  const { catalog } = state;
  const { optimizer } = state.entries[index];
  const { states } = namesIn(ruleOf(catalog, optimizer), catalog);
  const memory = {
    rowsRead: lit?.length ?? available,
    available,
    later: rows.length - available,
    width,
    parameters: scene.problem.parameters,
    values: parametersAt(run.columns, step),
    states,
    method: isMethod(catalog, optimizer),
  };
  const several = scene.shownRuns.filter(({ hidden }) => !hidden).length > 1;
  return html`<div class="data-table slot-${run.slot}">${samplesTable({ label, columns, rows, lit, available })}
    <dl class="kept"><dt>${several ? `${run.name}, step` : "Step"}</dt><dd>${step + 1}${
      epoch === null ? "" : `, epoch ${epoch}`
    }</dd>
    <dt>It reads</dt><dd>${numbersReadWords(memory)}</dd><dt>Of rows before</dt><dd>nothing</dd><dt>It keeps</dt><dd
      class="memory-kept">${numbersKeptWords(memory)}</dd></dl></div>`;
}

/** Scrolls highlighted rows into sight, except while a run plays, since the table would move under the reader. */
export function scrollToLitRows(root: HTMLElement, { playing }: Frame) {
  const box = root.querySelector<HTMLElement>(".samples-box");
  if (box && !playing) scrollToLit(box);
}

/** The table in a panel of its own. */
export const createDataTable = (root: HTMLElement, figure: Pick<Figure, "ended">) =>
  createPanel(figure, root, {
    template: (frame) => dataTable(frame, "Data as a table"),
    rendered: (frame) => scrollToLitRows(root, frame),
  });
