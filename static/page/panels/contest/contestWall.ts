/** A contest on the wall: a chart of the results that were handed in, and the best run on the map. */

import { html, nothing, render } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { createFigure, type FigureHandle } from "../../figure/figure.ts";
import { createPicture } from "../../marks/picture.ts";
import { sameValue } from "../../math/values.ts";
import { type ContestContent, contestChart, spanOfValues } from "../../pictures/contest/chart.ts";
import { contestCurve } from "../../resources/sweep.ts";
import type { Service } from "../../service/service.ts";
import { loadStyle } from "../../service/style.ts";
import { onSize } from "../../size.ts";
import { setTheme } from "../../state/actions.ts";
import { titleOf } from "../../state/catalog.ts";
import {
  bestEntry,
  type Contest,
  type ContestEntry,
  contestAddress,
  contestAxis,
  countsLoss,
  OPTIMIZER,
  START,
  seatMark,
  showStarts,
  specWithValues,
} from "../../state/contest.ts";
import { paramsOf } from "../../state/rules.ts";
import type { Param, State } from "../../state/types.ts";
import { contestEnd, contestInstruction, countsTitle, resultWords } from "../../words/contest.ts";
import { cells, countRow } from "../guesses/cells.ts";
import { mapView } from "../map.ts";
import { contestQuestionOf, entryText } from "./wallAndSeat.ts";

/** The number of values at which the curve of results is computed. */
const CURVE = 241;

const curveRequest = ({ createRequest }: FigureHandle) => createRequest(contestCurve);

/** What is drawn of a contest. */
interface ContestOnWall {
  contest: Contest;
  best: ContestEntry | null;
  /** of the figure on the wall, with the catalog */
  state: State;
  /** the hyperparameter that entries lie over, of the optimizer of the best one; undefined: they lie over none */
  param?: Param;
}

/**
 * @param ports.onEnd  called when the contest is ended and the curve asked for
 * @param ports.theme  of the page
 */
export async function createContestWall(
  place: HTMLElement,
  { service, onEnd, theme }: { service: Service; onEnd: () => void; theme: () => "day" | "night" },
) {
  await Promise.all([loadStyle("contest"), loadStyle("guesses")]);
  const ended = new AbortController();
  const chart = createPicture(contestChart);
  let [contest, seats] = [null as Contest | null, 0];
  /** The question, and the values of its run that is on the map. */
  let onMap: { question: string; values: Record<string, unknown> | undefined } | null = null;
  let figure: FigureHandle | null = null;
  let request: ReturnType<typeof curveRequest> | null = null;

  /** @returns the result over all values of one hyperparameter, after the contest; other values are the best entry's */
  function curveOf({ contest, best, state, param }: ContestOnWall): ContestContent["curve"] {
    if (!param) return null;
    const { name, default: usual, scale, min, max } = param;
    const [from, to] = scale === "log" ? spanOfValues(contest.entries, name, usual) : [min, max];
    const body = { ...specWithValues(contest, best?.values ?? {}), over: { [name]: { from, to, count: CURVE } } };
    const isWanted = !contest.open && (best || contest.sets.length === 1);
    const [reply] = request?.(state, isWanted ? [{ key: JSON.stringify(body), body }] : []) ?? [];
    if (!reply?.value) return null;
    const { values, loss, n_steps, stop_reason } = reply.value;
    const results = countsLoss(contest)
      ? loss.map((result) => result ?? Number.NaN)
      : n_steps.map((steps, k) => (stop_reason[k] === "target_loss" ? steps : Number.NaN));
    return { values, results };
  }

  /** Shows on the map the run of the best entry or, without one, the run that the contest was opened with. */
  function showBest({ contest, best }: Pick<ContestOnWall, "contest" | "best">) {
    const bestRun = { question: contest.question, values: best?.values };
    if (sameValue(onMap, bestRun)) return;
    onMap = bestRun;
    const address = contestAddress(contest, best?.values ?? {}, best ? seatMark(best.seat).colour : 0);
    address.display.projector = true;
    if (figure) return figure.open(address);
    const root = place.querySelector(".contest-map") as HTMLElement;
    figure = createFigure(root, address, { views: [mapView(false)], service, theme: theme() });
    request = curveRequest(figure);
    figure.store.subscribe(draw);
  }

  function question({ contest, state }: ContestOnWall) {
    const { problem, start } = contest.spec;
    const from = contest.sets.includes(START) ? null : (start ?? state.problemOnMap?.start ?? null);
    return html`<h1>${contestQuestionOf(state, contest)}</h1><p class="note">${contestInstruction(
      titleOf(state.catalog, problem),
      from,
    )}</p><p class="contest-count row">${cells({ count: contest.handed_in, total: seats, whole: true })}<span
      role="status"><strong>${contest.handed_in} of ${seats}</strong> have handed in</span><button type="button"
      class="button" @click=${onEnd}>${contestAxis(contest) ? "Show the curve" : "End it"}</button></p>`;
  }

  function outcome({ contest, best, state, param }: ContestOnWall, curve: ContestContent["curve"]) {
    const finite = curve?.results.filter(Number.isFinite) ?? [];
    const fixedValues = Object.fromEntries(
      Object.entries(best?.values ?? {}).filter(([name]) => name !== contestAxis(contest)),
    );
    const [bestSentence, curveSentence] = contestEnd(best ? entryText(state, best) : "", {
      result: best ? resultWords(contest, best.result) : "",
      lowest: curve?.values[curve.results.indexOf(Math.min(...finite))] ?? null,
      usual: param?.default ?? Number.NaN,
      held: entryText(state, { values: fixedValues }, true),
    });
    return html`<p class="contest-said" role="status">${bestSentence} <strong>${curveSentence}</strong></p>`;
  }

  /** The table of optimizers, where nothing else may be set: the result of each, and how many chose it. */
  function rows({ contest, state }: ContestOnWall) {
    const names = contest.entries.map(({ values }) => values[OPTIMIZER]);
    return html`<ul class="guessed-rows">${contest.entries
      .filter((_, k) => names.indexOf(names[k]) === k)
      .map(
        (entry) =>
          html`<li class=${entry.place === 1 ? "is-right" : ""}><span class="guessed-name row"><span>${entryText(
            state,
            entry,
          )}</span><span class="guess-value to-end">${resultWords(contest, entry.result)}</span></span>${countRow({
            count: names.filter((name) => name === entry.values[OPTIMIZER]).length,
            total: seats,
          })}</li>`,
      )}</ul>`;
  }

  function drawChart({ contest, state, param }: ContestOnWall, curve: ContestContent["curve"]) {
    if (!param || !figure) return;
    const { name: hyperparameter, default: usual, scale, min, max } = param;
    const { scene } = figure.frame();
    const isLoss = countsLoss(contest);
    chart.render(
      {
        entries: contest.entries,
        hyperparameter,
        even: scale === "log" ? null : [min, max],
        curve,
        start:
          isLoss && !contest.sets.includes(START) ? (state.runs[state.entries[0].id]?.columns.loss[0] ?? null) : null,
        titles: { x: hyperparameter.replaceAll("_", " "), y: countsTitle(contest) },
        usual,
        levels: isLoss ? scene.levels : null,
        theme: state.theme,
        scale: scene.scale,
      },
      undefined,
    );
  }

  function onWallOf(contest: Contest, best: ContestEntry | null): ContestOnWall | null {
    const state = figure?.store.get();
    if (!state?.catalog) return null;
    const [optimizer] = specWithValues(contest, best?.values ?? {}).optimizers;
    const param = paramsOf(state.catalog, optimizer).find(({ name }) => name === contestAxis(contest));
    return { contest, best, state, param };
  }

  function draw() {
    if (!contest) return;
    const best = bestEntry(contest.entries);
    const onWall = onWallOf(contest, best);
    const curve = onWall && curveOf(onWall);
    const hasAxis = contestAxis(contest) !== null;
    const isOfStarts = !hasAxis && contest.sets.includes(START);
    place.classList.toggle("is-on-map", isOfStarts);
    const results = hasAxis
      ? html`<div class="contest-chart" role="img" aria-label=${countsTitle(contest)} ${ref(chart.place)}></div>`
      : html`<div class="contest-chart">${onWall && rows(onWall)}</div>`;
    render(
      html`${isOfStarts ? nothing : results}
      <div class="contest-side"><h2>${
        best ? `The ${countsLoss(contest) ? "lowest" : "quickest"} entry` : "Before anybody's entry"
      }, on the map</h2><div
        class="contest-map"></div></div>
      <div class="contest-words">${onWall && (contest.open ? question(onWall) : outcome(onWall, curve))}</div>`,
      place,
    );
    showBest({ contest, best });
    if (isOfStarts) figure?.act(showStarts, contest.entries);
    if (onWall) drawChart(onWall, curve);
  }

  place.classList.add("contest-wall", "wall");
  onSize(place, draw, ended.signal);

  return {
    /** @param count  number of connected seats */
    show(next: Contest, count: number) {
      [contest, seats] = [next, Math.max(count, next.handed_in)];
      draw();
    },
    setTheme: () => figure?.act(setTheme, theme()),
    destroy() {
      ended.abort();
      figure?.destroy();
      render(nothing, place);
      place.classList.remove("contest-wall", "wall");
    },
  };
}
