/** Data as a table: rows that a step reads are highlighted, rows that are not available yet are pale. */
import { html, nothing } from "lit-html";
import { formatExact, formatGrouped } from "../../math/format.ts";

export interface Samples {
  /** the name of the table, for screen readers */
  label: string;
  /** fitted: its numbers go into the loss; title: what the label is short for */
  columns: { label: string; title?: string; fitted: boolean }[];
  rows: readonly (readonly (number | string)[])[];
  /** indices of the rows that the step reads; null: all available ones */
  lit: number[] | null;
  /** number of available rows, from the first on */
  available: number;
  /** how a number of a column is written, where not in full */
  write?: (value: number, column: number) => string;
  /** what a hand on a row does; highlighted: index of the row that is pointed at here or elsewhere */
  hand?: { highlighted: number | null; onPoint: (row: number | null) => void; onChoose: (row: number) => void };
}

const LARGE = 10_000;

const inFull = (value: number) => (Math.abs(value) >= LARGE ? formatGrouped(value) : formatExact(value));

/** @returns whether the step reads a row */
const isLit = ({ lit, available }: Samples, row: number) => row < available && (lit === null || lit.includes(row));

function rowOf(samples: Samples, row: readonly (number | string)[], k: number) {
  const { columns, available, write = inFull, hand } = samples;
  const lit = isLit(samples, k);
  const state = lit ? ", in use" : k >= available ? ", not there yet" : "";
  const cell = (value: number | string, column: number) =>
    html`<td ?data-unfitted=${!columns[column].fitted} ?data-word=${typeof value === "string"}>${
      typeof value === "string" ? value : write(value, column)
    }</td>`;
  return html`<tr aria-current=${lit ? "true" : nothing} ?data-later=${k >= available}
    ?data-highlighted=${k === hand?.highlighted}
    @pointerenter=${() => hand?.onPoint(k)} @pointerleave=${() => hand?.onPoint(null)}
    @click=${() => hand?.onChoose(k)}>
    <th scope="row">${k + 1}${
      state ? html`<span class="reader-only">${state}</span>` : nothing
    }</th>${row.map(cell)}</tr>`;
}

export const samplesTable = (
  samples: Samples,
) => html`<div class="samples-box" tabindex="0" role="region" aria-label=${samples.label}>
  <table class="samples"><thead><tr><th scope="col"><span class="reader-only">row</span></th>${samples.columns.map(
    ({ label, title, fitted }, column) =>
      html`<th scope="col" title=${title ?? nothing} ?data-unfitted=${!fitted}
        ?data-word=${typeof samples.rows[0]?.[column] === "string"}>${label}</th>`,
  )}</tr></thead>
  <tbody>${samples.rows.map((row, k) => rowOf(samples, row, k))}</tbody></table></div>`;

/** Scrolls to the first highlighted row of a box, if none is visible. */
export function scrollToLit(box: HTMLElement) {
  const lit = [...box.querySelectorAll<HTMLElement>("tr[aria-current]")];
  const head = box.querySelector("thead")?.offsetHeight ?? 0;
  const isSeen = (row: HTMLElement) =>
    row.offsetTop - head >= box.scrollTop && row.offsetTop + row.offsetHeight <= box.scrollTop + box.clientHeight;
  if (lit.length && !lit.some(isSeen)) box.scrollTop = lit[0].offsetTop - head;
}
