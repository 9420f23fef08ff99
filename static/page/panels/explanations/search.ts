/**
 * *Search*: compares an exhaustive search with descent: what each has evaluated by the playhead, how near to the
 * minimum it has come, and what the search would cost with more parameters.
 */
import { html, nothing } from "lit-html";
import { runSample } from "../../controls/choice.ts";
import type { FramePorts, Places } from "../../figure/figure.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatExact, formatGrouped, formatMeasured, formatPlace } from "../../math/format.ts";
import { VALUES } from "../../resources/search.ts";
import { hasMethods } from "../../state/runCounts.ts";
import {
  distanceTo,
  firstBelow,
  lowestOf,
  placeOf,
  pointAt,
  triedAStep,
  triedUntil,
  trueMinimum,
} from "../../state/search.ts";
import type { Landscape, Run } from "../../state/types.ts";

/** @returns such as "101 values of x, from −5 to 5, 0.1 apart" */
export function gridWords(parameters: string[], { window }: Landscape): string {
  const axes = window.map(([low, high], k) => {
    const spacing = formatExact((high - low) / (VALUES - 1), 3);
    return `${parameters[k]}, from ${formatExact(low, 4)} to ${formatExact(high, 4)}, ${spacing} apart`;
  });
  return axes.map((axis, k) => `${VALUES} ${k ? "" : "values "}of ${axis}`).join("; for each ");
}

/** @returns losses of a search over so many parameters */
export function costWords(parameters: number): string {
  const cost = VALUES ** parameters;
  return cost < 1e9 ? formatGrouped(cost) : formatMeasured(cost);
}

/** The numbers of parameters for which the cost is listed. */
const COUNTS = [1, 2, 3, 10];

/** The cost of a search by number of parameters; left out in a lesson whose question asks for that. */
function onPaper() {
  const costs = COUNTS.map((count) => `${costWords(count)} losses for ${count === 1 ? "one parameter" : count}`);
  return html`On paper: ${costs.join(", ")}. For <i>n</i> it is ${VALUES}<sup><i>n</i></sup>.`;
}

const EVALUATION_PLURALS = ["losses", "gradients", "Hessians"];
const EVALUATION = ["loss", "gradient", "Hessian"];

/** @returns the evaluations of a run up to a row, "28 losses, 19 gradients"; a rule evaluates one gradient per step */
function evaluatedWords({ columns: { evaluations } }: Run, row: number): string {
  const counts = evaluations ? evaluations.map((column) => column[row]) : [0, row, 0];
  const words = counts.flatMap((count, k) =>
    count ? [`${formatGrouped(count)} ${count === 1 ? EVALUATION[k] : EVALUATION_PLURALS[k]}`] : [],
  );
  return words.join(", ") || "nothing";
}

type Row = { head: unknown; count: string; loss: number; at: number[] | null };

const RING = html`<svg width="40" height="16" viewBox="0 0 40 16" aria-hidden="true"><circle
  cx="32" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"></circle></svg>`;

export default function createSearch(root: HTMLElement, figure: FramePorts & Places) {
  const { id } = figure;
  const gridId = id("search-grid");

  function searchRow({ scene, wordsStep }: Frame, grid: Landscape): Row {
    const tried = triedUntil(scene, wordsStep);
    const index = lowestOf(grid, tried);
    const all = grid.loss.length;
    return {
      head: html`${RING} Lowest tried`,
      count: `${formatGrouped(tried)}${tried < all && !scene.hasHiddenRows ? ` of ${formatGrouped(all)}` : ""} losses`,
      loss: index < 0 ? NaN : grid.loss[index],
      at: index < 0 ? null : pointAt(grid, index),
    };
  }

  function runRow({ wordsStep }: Frame, run: Run): Row {
    const { row, at, loss } = placeOf(run, wordsStep);
    return {
      head: html`<span class="slot-${run.slot}">${runSample(run.slot)}</span> ${run.short}`,
      count: evaluatedWords(run, row),
      loss,
      at,
    };
  }

  /** Says from which step on the runs are lower than the lowest place of the whole search. */
  function belowWords({ wordsStep }: Frame, runs: Run[], grid: Landscape): string {
    const lowest = lowestOf(grid, grid.loss.length);
    if (lowest < 0) return "";
    const all = `all ${formatGrouped(grid.loss.length)}`;
    return runs
      .flatMap((run) => {
        const row = firstBelow(run, grid.loss[lowest], Math.floor(wordsStep));
        if (row === null) return [];
        return [`${run.name} is below ${all} after ${formatGrouped(row)} step${row === 1 ? "" : "s"}.`];
      })
      .join(" ");
  }

  const panel = createPanel(figure, root, (frame) => {
    const { scene } = frame;
    const grid = scene.search;
    if (!grid) return html`<p class="note">The losses are on their way.</p>`;
    const minimum = trueMinimum(scene);
    const runs = scene.shownRuns.filter(({ hidden, length }) => !hidden && length > 0);
    const rows = [searchRow(frame, grid), ...runs.map((run) => runRow(frame, run))];
    const few = Math.round(triedAStep(scene));
    const tried = few > 1 ? `in one step ${formatGrouped(few)} values are tried` : "about one value is tried in a step";
    return html`<div class="search"><p class="note" id=${gridId}>${gridWords(scene.problem.parameters, grid)}.</p><table
      aria-labelledby=${gridId}>
      <thead><tr><td></td><th scope="col">computed</th><th scope="col">loss</th><th scope="col">at</th>${
        minimum
          ? html`<th scope="col"
            title=${minimum.isKnown ? "the lowest that is known" : "the one that a run came to"}>to the minimum</th>`
          : nothing
      }</tr></thead>
      <tbody>${rows.map(
        ({ head, count, loss, at }) =>
          html`<tr><th scope="row">${head}</th><td>${count}</td><td>${
            Number.isNaN(loss) ? "–" : formatMeasured(loss)
          }</td><td>${at ? formatPlace(at) : "–"}</td>${
            minimum ? html`<td>${at ? formatMeasured(distanceTo(minimum, at)) : "–"}</td>` : nothing
          }</tr>`,
      )}</tbody></table>
      <p>${belowWords(frame, runs, grid)}</p>
      <p class="note" ?data-waiting=${scene.hasHiddenRows}>${runs.length ? `Both take as long here: ${tried}. ` : ""}A
        step ${hasMethods(frame.state) ? "by a rule takes" : "takes"} one gradient, which has a number for each
        parameter. ${frame.state.exercise.isOwn ? nothing : onPaper()}</p></div>`;
  });
  const lacks = ({ scene: { problem } }: Frame) =>
    problem.domain.length ? "" : `With ${problem.parameters.length} parameters nobody tries every value.`;
  return { ...panel, lacks };
}
