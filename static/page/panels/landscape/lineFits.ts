/** The choices of a line fit: data set, loss, units, and the points as a table. */
import { html, nothing, svg } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { select } from "../../controls/choice.ts";
import { icon } from "../../controls/icons.ts";
import { numberField } from "../../controls/numberField.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Point } from "../../math/fit.ts";
import { chooseProblem } from "../../state/actions.ts";
import { isLineFit, lossOf, pointsOf } from "../../state/catalog.ts";
import { axisNames, changeFit, setPoints } from "../../state/lineFit.ts";
import type { Act } from "../../state/store.ts";
import type { Dataset, State } from "../../state/types.ts";
import { scaledWords } from "../../words/scaled.ts";
import { ownDataButton } from "./own-data/button.ts";

/** Data with more points cannot be edited as a table. */
const LONGEST = 24;
/** A line needs two points. */
const FEWEST = 2;

function middle(points: Point[]): Point {
  const mean = (k: 0 | 1) => Number((points.reduce((sum, point) => sum + point[k], 0) / points.length).toPrecision(3));
  return [mean(0), mean(1)];
}

function pointsTable(state: State, act: Act) {
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

/** Points as a little plot. */
function scatter(points: [number, number][]) {
  const axis = (k: 0 | 1) => {
    const values = points.map((point) => point[k]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return (value: number) => 8 + (44 * (value - low)) / (high - low || 1);
  };
  const [x, y] = [axis(0), axis(1)];
  const dot = (point: [number, number]) => svg`<circle cx=${x(point[0]).toFixed(1)} cy=${(60 - y(point[1])).toFixed(1)}
    r=${points.length > 20 ? 1.3 : 2}></circle>`;
  return html`<svg class="thumb scatter" viewBox="0 0 60 60" aria-hidden="true">${points.slice(0, 60).map(dot)}</svg>`;
}

/** By what points of one's own are standardised; of the catalog's points presets and the working say so. */
const unitsOf = (names: string[], points: [number, number][]) =>
  html`<p class="note">${scaledWords(
    names.map((name, k) => [name, points.map((point) => point[k])]),
  )}. Slope and intercept are in these units.</p>`;

const thumbnail = ({ summary, points, label }: Dataset, chosen: boolean, onChoose: () => void) => html`<button
  type="button" class="sheet" title=${summary} aria-pressed=${chosen} @click=${onChoose}>${scatter(
    points,
  )}<span>${label}</span></button>`;

export function lineFits(state: State, figure: Figure) {
  const { act } = figure;
  const { problem, catalog } = state;
  const loss = lossOf(problem);
  const choose = ({ name, opens_standardized }: Dataset) =>
    act(chooseProblem, {
      dataset: name,
      loss,
      ...(opens_standardized ? { standardize: true } : {}),
    });
  const losses = () =>
    select({
      label: "Loss",
      options: catalog?.losses ?? [],
      value: loss,
      onChoose: (name) => act(changeFit, { loss: name }),
    });
  const standardize = ({ target }: Event) => act(changeFit, { standardize: (target as HTMLInputElement).checked });
  return html`<div><div class="sheets">${(catalog?.datasets ?? []).map((dataset) =>
    thumbnail(dataset, problem.dataset === dataset.name, () => choose(dataset)),
  )}</div>${ownDataButton({ figure, network: false })}${
    isLineFit(problem)
      ? html`
    <div class="params"><label class="line"><span>Loss</span>${losses()}</label>
      <label class="line"><span>Standardised units</span><input type="checkbox" class="tick"
        .checked=${live(problem.standardize === true)} @change=${standardize}></label>${
          problem.points && problem.standardize ? unitsOf(axisNames(state), problem.points) : nothing
        }${pointsTable(state, act)}</div>`
      : nothing
  }</div>`;
}
