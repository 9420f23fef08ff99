/** The choices of a line fit: data set, loss, units, and the points as a table. */
import { html, nothing, svg } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { select } from "../../controls/choice.ts";
import type { Figure } from "../../figure/figure.ts";
import { chooseProblem } from "../../state/actions.ts";
import { isLineFit, lossOf } from "../../state/catalog.ts";
import { axisNames, changeFit } from "../../state/lineFit.ts";
import type { Dataset, State } from "../../state/types.ts";
import { scaledWords } from "../../words/scaled.ts";
import { ownDataButton } from "./own-data/button.ts";
import { pointsTable } from "./points.ts";

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
