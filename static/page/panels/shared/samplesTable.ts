/** Data as a table: the rows that a step reads are lit, those that have not come yet are pale. */
import { html, nothing } from "lit-html";
import { formatExact, formatGrouped } from "../../math/format.ts";

export interface Samples {
  /** what they are, for a reader */
  label: string;
  /** fitted: its numbers go into the loss */
  columns: { label: string; fitted: boolean }[];
  rows: readonly (readonly (number | string)[])[];
  /** indices of the rows that the step reads; null: all that are there */
  lit: number[] | null;
  /** how many rows are there yet, from the first on */
  there: number;
}

const LARGE = 10_000;

const entry = (value: number | string) => (typeof value === "string" ? value : Math.abs(value) >= LARGE ? formatGrouped(value) : formatExact(value));

/** @returns whether the step reads a row */
const isLit = ({ lit, there }: Samples, row: number) => row < there && (lit === null || lit.includes(row));

export const samplesTable = (samples: Samples) => html`<div class="samples-box" tabindex="0" role="region" aria-label=${samples.label}>
  <table class="samples"><thead><tr><th scope="col"><span class="reader-only">row</span></th>${samples.columns.map(({ label, fitted }, column) =>
    html`<th scope="col" ?data-unfitted=${!fitted} ?data-word=${typeof samples.rows[0]?.[column] === "string"}>${label}</th>`)}</tr></thead>
  <tbody>${samples.rows.map((row, k) => html`<tr aria-current=${isLit(samples, k) ? "true" : nothing} ?data-later=${k >= samples.there}>
    <th scope="row">${k + 1}${isLit(samples, k) ? html`<span class="reader-only">, in use</span>` : k >= samples.there ? html`<span class="reader-only">, not there yet</span>` : nothing}</th>${
    row.map((value, column) => html`<td ?data-unfitted=${!samples.columns[column].fitted} ?data-word=${typeof value === "string"}>${entry(value)}</td>`)}</tr>`)}</tbody></table></div>`;

/** Brings the first lit row of a box into sight, where none is. */
export function showLit(box: HTMLElement) {
  const lit = [...box.querySelectorAll<HTMLElement>("tr[aria-current]")];
  const head = box.querySelector("thead")?.offsetHeight ?? 0;
  const isSeen = (row: HTMLElement) => row.offsetTop - head >= box.scrollTop && row.offsetTop + row.offsetHeight <= box.scrollTop + box.clientHeight;
  if (lit.length && !lit.some(isSeen)) box.scrollTop = lit[0].offsetTop - head;
}
