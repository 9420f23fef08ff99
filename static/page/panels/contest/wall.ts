/** A contest on the wall: a chart of the results that were handed in, and the best run on the map. */
import { html, nothing, render } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { createFigure, type OwnFigure } from "../../figure/figure.ts";
import { type ContestContent, createContestChart, spanOfValues } from "../../pictures/contest/chart.ts";
import { contestCurve } from "../../resources/contestCurve.ts";
import type { Service } from "../../service/service.ts";
import { loadStyle } from "../../service/style.ts";
import { onSize } from "../../size.ts";
import { setTheme } from "../../state/actions.ts";
import { titleOf } from "../../state/catalog.ts";
import {
  alongOf,
  bestOf,
  type Contest,
  contestAddress,
  OPTIMIZER,
  START,
  seatMark,
  showStarts,
  specWith,
} from "../../state/contest.ts";
import { paramsOf } from "../../state/ruleNames.ts";
import type { Param, State } from "../../state/types.ts";
import { contestEnd, contestPlace, countsTitle, resultWords } from "../../words/contest.ts";
import { cells, countRow } from "../guesses/cells.ts";
import { mapView } from "../map.ts";
import { handedOf, questionOf } from "./wallAndSeat.ts";

/** How many values the curve has. */
const CURVE = 241;

const asksOf = ({ ask }: OwnFigure) => ask(contestCurve);

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
  const chart = createContestChart();
  let [contest, seats] = [null as Contest | null, 0];
  let curve: ContestContent["curve"] = null;
  /** The values whose run is shown, as text. */
  let shown = "";
  let figure: OwnFigure | null = null;
  let want: ReturnType<typeof asksOf> | null = null;

  /** The curve of the results at all values, once the contest is over; all else is as in the best entry. */
  function curveOf(contest: Contest, state: State, { name: of, default: usual, scale, min, max }: Param) {
    const only = contest.sets.length === 1 || bestOf(contest.entries) !== null;
    const [from, to] = scale === "log" ? spanOfValues(contest.entries, of, usual) : [min, max];
    const body = {
      ...specWith(contest, bestOf(contest.entries)?.values ?? {}),
      over: { [of]: { from, to, count: CURVE } },
    };
    const [reply] = want?.(state, contest.open || !only ? [] : [{ key: JSON.stringify(body), body }]) ?? [];
    if (!reply?.value) return null;
    const { values, loss, n_steps, stop_reason } = reply.value;
    const results =
      contest.counts.lowest_loss_after === undefined
        ? n_steps.map((steps, k) => (stop_reason[k] === "target_loss" ? steps : Number.NaN))
        : loss.map((result) => result ?? Number.NaN);
    return { values, results };
  }

  /** Shows the run of the best entry, or, while there is none, the run that the contest was opened with. */
  function showBest(contest: Contest) {
    const best = bestOf(contest.entries);
    const key = JSON.stringify([contest.question, best?.values]);
    if (key === shown) return;
    shown = key;
    const address = contestAddress(contest, best?.values ?? {}, best ? seatMark(best.seat).colour : 0);
    const onWall = { ...address, display: { ...address.display, projector: true } };
    if (figure) return figure.open(onWall);
    const root = place.querySelector(".contest-map") as HTMLElement;
    figure = createFigure(root, onWall, { views: [mapView(false)], service, theme: theme() });
    want = asksOf(figure);
    figure.store.subscribe(draw);
  }

  function words(contest: Contest, state: State) {
    const { problem, start } = contest.spec;
    if (contest.open) {
      const from = contest.sets.includes(START) ? null : (start ?? state.problemOnMap?.start ?? null);
      return html`<h1>${questionOf(state, contest)}</h1><p class="note">${contestPlace(
        titleOf(state.catalog, problem),
        from,
      )}</p><p class="contest-count row">${cells({ count: contest.handed_in, total: seats, whole: true })}<span
        role="status"><strong>${contest.handed_in} of ${seats}</strong> have handed in</span><button type="button"
        class="button" @click=${onEnd}>${alongOf(contest) ? "Show the curve" : "End it"}</button></p>`;
    }
    const [best, of] = [bestOf(contest.entries), alongOf(contest)];
    const finite = curve?.results.filter((result) => Number.isFinite(result)) ?? [];
    const held = Object.fromEntries(Object.entries(best?.values ?? {}).filter(([name]) => name !== of));
    const [bestSentence, curveSentence] = contestEnd(best ? handedOf(state, best) : "", {
      result: best ? resultWords(contest, best.result) : "",
      lowest: curve?.values[curve.results.indexOf(Math.min(...finite))] ?? null,
      usual: paramOf(state, contest)?.default ?? Number.NaN,
      held: handedOf(state, { values: held }, true),
    });
    return html`<p class="contest-said" role="status">${bestSentence} <strong>${curveSentence}</strong></p>`;
  }

  /** The hyperparameter along the axis, of the optimizer of the best entry. */
  function paramOf({ catalog }: State, contest: Contest): Param | undefined {
    const [optimizer] = specWith(contest, bestOf(contest.entries)?.values ?? {}).optimizers;
    return paramsOf(catalog, optimizer).find(({ name }) => name === alongOf(contest));
  }

  /** The table of optimizers, where nothing else may be set: the result of each, and how many chose it. */
  function rows(contest: Contest, state: State) {
    const names = contest.entries.map(({ values }) => values[OPTIMIZER]);
    return html`<ul class="guessed-rows">${contest.entries
      .filter((_, k) => names.indexOf(names[k]) === k)
      .map(
        (entry) =>
          html`<li class=${entry.place === 1 ? "is-right" : ""}><span class="guessed-name row"><span>${handedOf(
            state,
            entry,
          )}</span><span class="guess-value">${resultWords(contest, entry.result)}</span></span>${countRow({
            count: names.filter((name) => name === entry.values[OPTIMIZER]).length,
            total: seats,
          })}</li>`,
      )}</ul>`;
  }

  /** @param param  that entries lie over */
  function drawChart(contest: Contest, state: State, param: Param) {
    const { name: hyperparameter, default: usual, scale, min, max } = param;
    const run = state.runs[state.entries[0].id];
    const { scene } = (figure as OwnFigure).frame();
    const even: [number, number] | null = scale === "log" ? null : [min, max];
    const content = {
      entries: contest.entries,
      hyperparameter,
      even,
      curve,
      start:
        contest.counts.lowest_loss_after === undefined || contest.sets.includes(START)
          ? null
          : (run?.columns.loss[0] ?? null),
      titles: { x: hyperparameter.replaceAll("_", " "), y: countsTitle(contest) },
      usual,
      levels: contest.counts.lowest_loss_after === undefined ? null : scene.levels,
      theme: state.theme,
      scale: scene.scale,
    };
    chart.render(content, undefined);
  }

  function draw() {
    if (!contest) return;
    const current = contest;
    const state = figure?.store.get();
    const of = alongOf(current);
    const onMap = of === null && current.sets.includes(START);
    place.classList.toggle("is-on-map", onMap);
    const [quick, stateWithCatalog] = [current.counts.lowest_loss_after === undefined, state?.catalog ? state : null];
    const param = stateWithCatalog && paramOf(stateWithCatalog, current);
    curve = (param && curveOf(current, stateWithCatalog, param)) ?? null;
    render(
      html`${
        of
          ? html`<div class="contest-chart" role="img" aria-label=${countsTitle(current)} ${ref(chart.place)}></div>`
          : onMap
            ? nothing
            : html`<div class="contest-chart">${stateWithCatalog ? rows(current, stateWithCatalog) : nothing}</div>`
      }
      <div class="contest-side"><h2>${
        bestOf(current.entries) ? `The ${quick ? "quickest" : "lowest"} entry` : "Before anybody's entry"
      }, on the map</h2><div
        class="contest-map"></div></div>
      <div class="contest-words">${stateWithCatalog ? words(current, stateWithCatalog) : nothing}</div>`,
      place,
    );
    showBest(current);
    if (onMap) figure?.act(showStarts, current.entries);
    if (param) drawChart(current, stateWithCatalog, param);
  }

  place.classList.add("contest-wall", "wall");
  onSize(draw, ended.signal);

  return {
    /** @param count  seats that are here */
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
