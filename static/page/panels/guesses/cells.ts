/** Draws a count of people as cells, one each; above 60 as a bar with a tick at each ten. */
import { html, nothing } from "lit-html";
import { styles } from "../../component.ts";

/** In pixels the distance of cells, the gap between two and their height; and the fewest cells a row has space for. */
const [PITCH, GAP, HEIGHT, ROOM] = [13, 3, 26, 30];
/** More people than this are a bar, in parts of ten. */
const MOST_CELLS = 60;

/** @returns parts: the left and right end of each cell, or part of a bar, in pixels; row: the width of all of them */
export function cellSpans(from: number, to: number, total: number): { parts: [number, number][]; row: number } {
  const [unit, perCell, gap] = total > MOST_CELLS ? [(MOST_CELLS * PITCH) / total, 10, GAP / 2] : [PITCH, 1, GAP];
  const parts: [number, number][] = [];
  for (let k = from; k < to; ) {
    const next = Math.min(to, (Math.floor(k / perCell) + 1) * perCell);
    parts.push([k * unit, next * unit - (next % perCell ? 0 : gap)]);
    k = next;
  }
  return { parts, row: unit * Math.max(total, total > MOST_CELLS ? 0 : ROOM) };
}

/** @param inset  of an outline: half of its line */
const pathOf = (parts: [number, number][], inset: number) =>
  parts.map(([from, to]) => `M${from + inset} ${inset}H${to - inset}V${HEIGHT - inset}H${from + inset}Z`).join("");

interface Cells {
  count: number;
  total: number;
  /** cells of the others are drawn, too, as outlines */
  whole?: boolean;
  /** the count of when the question was asked before */
  before?: boolean;
}

export function cells({ count, total, whole = false, before = false }: Cells) {
  const { parts, row } = cellSpans(0, count, total);
  const others = whole ? cellSpans(count, total, total).parts : [];
  const width = Math.max(0, ...[...parts, ...others].map(([, to]) => to));
  return html`<svg class=${before ? "cells is-before" : "cells"} aria-hidden="true" preserveAspectRatio="none"
    viewBox="0 0 ${width || 1} ${HEIGHT}" ${styles({ "--share": String(width / row) })}><path
    d=${pathOf(parts, before ? 1 : 0)}></path><path class="cells-left" d=${pathOf(others, 1)}></path></svg>`;
}

/** The cells with their count behind them. */
export const countRow = ({ before = false, ...props }: Omit<Cells, "whole">) =>
  html`<span class="guessed-count row">${cells({ ...props, before })}<strong>${props.count}</strong>${
    before ? html`<span class="note">before</span>` : nothing
  }</span>`;
