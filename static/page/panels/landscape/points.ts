/** The points of a line fit as a table to type in, for the keyboard and for exact numbers. */
import { html, nothing } from "lit-html";
import { icon } from "../../controls/icons.ts";
import { numberField } from "../../controls/numberField.ts";
import type { Point } from "../../math/fit.ts";
import { pointsOf } from "../../state/catalog.ts";
import { axisNames, setPoints } from "../../state/lineFit.ts";
import type { Act } from "../../state/store.ts";
import type { State } from "../../state/types.ts";

/** Data with more points cannot be edited as a table. */
const LONGEST = 24;
/** A line needs two points. */
const FEWEST = 2;

function middle(points: Point[]): Point {
  const mean = (k: 0 | 1) => Number((points.reduce((sum, point) => sum + point[k], 0) / points.length).toPrecision(3));
  return [mean(0), mean(1)];
}

export function pointsTable(state: State, act: Act) {
  const points = pointsOf(state);
  const change = (to: Point[]) => act(setPoints, to, false);

  const cell = (row: number, axis: 0 | 1) =>
    html`<td>${numberField({
      label: `${axis ? "y" : "x"} of point ${row + 1}`,
      value: points[row][axis],
      onCommit: (value) => value !== null && change(points.with(row, points[row].with(axis, value) as Point)),
    })}</td>`;

  const remove = (row: number) => html`<button type="button" class="icon-button" aria-label="Remove point ${row + 1}"
    @click=${() => change(points.filter((_, k) => k !== row))}>${icon("close")}</button>`;

  const head = (label: string) => html`<th scope="col">${label}</th>`;
  return html`<details class="points"><summary>${points.length} points</summary><table class="points-table">
      <thead><tr>${axisNames(state).map(head)}<td></td></tr></thead>
      <tbody>${points
        .slice(0, LONGEST)
        .map(
          (_, row) =>
            html`<tr>${cell(row, 0)}${cell(row, 1)}<td>${points.length > FEWEST ? remove(row) : nothing}</td></tr>`,
        )}</tbody></table>
    <button type="button" class="quiet" @click=${() => change([...points, middle(points)])}>${icon(
      "plus",
    )}Add a point</button></details>`;
}
