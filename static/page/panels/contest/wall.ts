/** A contest on the wall: a chart of the results that were handed in, and the best run on the map. */
import { html, nothing, render } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { createFigure, type OwnFigure } from "../../figure/figure.ts";
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
import { type ContestContent, createContestChart, spanOfValues } from "../../views/contest/chart.ts";
import { contestEnd, contestPlace, countsTitle, resultWords } from "../../words/contest.ts";
import { cells, countRow } from "../guesses/cells.ts";
import { mapView } from "../map.ts";
import { handedOf, questionOf } from "./parts.ts";

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
  function curveOf(now: Contest, state: State, { name: of, default: usual, scale, min, max }: Param) {
    const only = now.sets.length === 1 || bestOf(now.entries) !== null;
    const [from, to] = scale === "log" ? spanOfValues(now.entries, of, usual) : [min, max];
    const body = { ...specWith(now, bestOf(now.entries)?.values ?? {}), over: { [of]: { from, to, count: CURVE } } };
    const [known] = want?.(state, now.open || !only ? [] : [{ key: JSON.stringify(body), body }]) ?? [];
    if (!known?.value) return null;
    const { values, loss, n_steps, stop_reason } = known.value;
    const results =
      now.counts.lowest_loss_after === undefined
        ? n_steps.map((steps, k) => (stop_reason[k] === "target_loss" ? steps : Number.NaN))
        : loss.map((one) => one ?? Number.NaN);
    return { values, results };
  }

  /** Shows the run of the best entry, or, while there is none, the run that the contest was opened with. */
  function showBest(now: Contest) {
    const best = bestOf(now.entries);
    const key = JSON.stringify([now.question, best?.values]);
    if (key === shown) return;
    shown = key;
    const address = contestAddress(now, best?.values ?? {}, best ? seatMark(best.seat).colour : 0);
    const onWall = { ...address, display: { ...address.display, projector: true } };
    if (figure) return figure.open(onWall);
    const root = place.querySelector(".contest-map") as HTMLElement;
    figure = createFigure(root, onWall, { views: [mapView(false)], service, theme: theme() });
    want = asksOf(figure);
    figure.store.subscribe(draw);
  }

  function words(now: Contest, state: State) {
    const { problem, start } = now.spec;
    if (now.open) {
      const from = now.sets.includes(START) ? null : (start ?? state.problemOnMap?.start ?? null);
      return html`<h1>${questionOf(state, now)}</h1><p class="note">${contestPlace(
        titleOf(state.catalog, problem),
        from,
      )}</p><p class="contest-count row">${cells({ count: now.handed_in, total: seats, whole: true })}<span
        role="status"><strong>${now.handed_in} of ${seats}</strong> have handed in</span><button type="button"
        class="button" @click=${onEnd}>${alongOf(now) ? "Show the curve" : "End it"}</button></p>`;
    }
    const [best, of] = [bestOf(now.entries), alongOf(now)];
    const finite = curve?.results.filter((result) => Number.isFinite(result)) ?? [];
    const held = Object.fromEntries(Object.entries(best?.values ?? {}).filter(([name]) => name !== of));
    const [found, told] = contestEnd(best ? handedOf(state, best) : "", {
      result: best ? resultWords(now, best.result) : "",
      lowest: curve?.values[curve.results.indexOf(Math.min(...finite))] ?? null,
      usual: paramOf(state, now)?.default ?? Number.NaN,
      held: handedOf(state, { values: held }, true),
    });
    return html`<p class="contest-said" role="status">${found} <strong>${told}</strong></p>`;
  }

  /** The hyperparameter along the axis, of the optimizer of the best entry. */
  function paramOf({ catalog }: State, now: Contest): Param | undefined {
    const [optimizer] = specWith(now, bestOf(now.entries)?.values ?? {}).optimizers;
    return paramsOf(catalog, optimizer).find(({ name }) => name === alongOf(now));
  }

  /** The table of optimizers, where nothing else may be set: the result of each, and how many chose it. */
  function rows(now: Contest, state: State) {
    const names = now.entries.map(({ values }) => values[OPTIMIZER]);
    return html`<ul class="guessed-rows">${now.entries
      .filter((_, k) => names.indexOf(names[k]) === k)
      .map(
        (one) =>
          html`<li class=${one.place === 1 ? "is-right" : ""}><span class="guessed-name row"><span>${handedOf(
            state,
            one,
          )}</span><span class="guess-value">${resultWords(now, one.result)}</span></span>${countRow({
            count: names.filter((name) => name === one.values[OPTIMIZER]).length,
            total: seats,
          })}</li>`,
      )}</ul>`;
  }

  /** @param param  that entries lie over */
  function drawChart(now: Contest, state: State, param: Param) {
    const { name: hyperparameter, default: usual, scale, min, max } = param;
    const run = state.runs[state.entries[0].id];
    const { scene } = (figure as OwnFigure).frame();
    const even: [number, number] | null = scale === "log" ? null : [min, max];
    const content = {
      entries: now.entries,
      hyperparameter,
      even,
      curve,
      start:
        now.counts.lowest_loss_after === undefined || now.sets.includes(START) ? null : (run?.columns.loss[0] ?? null),
      titles: { x: hyperparameter.replaceAll("_", " "), y: countsTitle(now) },
      usual,
      levels: now.counts.lowest_loss_after === undefined ? null : scene.levels,
      theme: state.theme,
      scale: scene.scale,
    };
    chart.render(content, undefined);
  }

  function draw() {
    if (!contest) return;
    const now = contest;
    const state = figure?.store.get();
    const of = alongOf(now);
    const onMap = of === null && now.sets.includes(START);
    place.classList.toggle("is-on-map", onMap);
    const [quick, known] = [now.counts.lowest_loss_after === undefined, state?.catalog ? state : null];
    const param = known && paramOf(known, now);
    curve = (param && curveOf(now, known, param)) ?? null;
    render(
      html`${
        of
          ? html`<div class="contest-chart" role="img" aria-label=${countsTitle(now)} ${ref(chart.place)}></div>`
          : onMap
            ? nothing
            : html`<div class="contest-chart">${known ? rows(now, known) : nothing}</div>`
      }
      <div class="contest-side"><h2>${
        bestOf(now.entries) ? `The ${quick ? "quickest" : "lowest"} entry` : "Before anybody's entry"
      }, on the map</h2><div
        class="contest-map"></div></div>
      <div class="contest-words">${known ? words(now, known) : nothing}</div>`,
      place,
    );
    showBest(now);
    if (onMap) figure?.act(showStarts, now.entries);
    if (param) drawChart(now, known, param);
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
