/** A contest on the wall: what came of each value that was handed in, large, and the best of the runs on the map. */
import { html, nothing, render } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { createFigure } from "../../figure/figure.ts";
import { persist } from "../../service/persist.ts";
import type { Service } from "../../service/service.ts";
import { loadStyle } from "../../service/style.ts";
import { onSize } from "../../size.ts";
import { setTheme } from "../../state/actions.ts";
import { titleOf } from "../../state/catalog.ts";
import { bestOf, type Contest, contestAddress, seatMark, specWith } from "../../state/contest.ts";
import { type ContestContent, createContestChart, spanOfValues } from "../../views/contest/chart.ts";
import { contestEnd, contestPlace, countsTitle } from "../../words/contest.ts";
import { cells } from "../guesses/cells.ts";
import { mapView } from "../map.ts";
import { paramsSet, questionOf } from "./parts.ts";

/** Values of the curve. */
const CURVE = 241;

/**
 * @param ports.onEnd  the curve is asked for: nothing more is handed in
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
  /** Of what the curve was asked, and the run is shown. */
  let [asked, shown] = ["", ""];
  let figure: ReturnType<typeof createFigure> | null = null;

  async function fetchCurve(now: Contest, of: string, [low, high]: [number, number]) {
    asked = now.question;
    const over = { [of]: { from: low, to: high, count: CURVE } };
    const { signal } = ended;
    const came = await persist(() => service.getSweep(specWith(now, {}), over, signal), { signal });
    const { values, loss, n_steps, stop_reason } = came;
    const results =
      now.counts.lowest_loss_after === undefined
        ? n_steps.map((steps, k) => (stop_reason[k] === "target_loss" ? steps : Number.NaN))
        : loss.map((one) => one ?? Number.NaN);
    curve = { values, results };
    draw();
  }

  /** The best of the entries runs; before there is one the run is as it was opened with. */
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
    figure.store.subscribe(draw);
  }

  function words(now: Contest, params: ReturnType<typeof paramsSet>) {
    const state = figure?.store.get();
    if (!state) return nothing;
    const { problem, start } = now.spec;
    if (now.open)
      return html`<h1>${questionOf(state, now)}</h1><p class="aside">${contestPlace(
        titleOf(state.catalog, problem),
        start ?? state.problemOnMap?.start ?? null,
      )}</p><p class="contest-count">${cells({ count: now.handed_in, of: seats, whole: true })}<span
        role="status"><strong>${now.handed_in} of ${seats}</strong> have handed in</span><button type="button"
        class="button" @click=${onEnd}>Show the curve</button></p>`;
    const finite = curve?.results.filter((result) => Number.isFinite(result)) ?? [];
    const lowest = curve?.values[curve.results.indexOf(Math.min(...finite))] ?? null;
    const [found, told] = contestEnd(bestOf(now.entries), lowest, params[0].default);
    return html`<p class="contest-said" role="status">${found} <strong>${told}</strong></p>`;
  }

  function draw() {
    if (!contest) return;
    const now = contest;
    const state = figure?.store.get();
    const params = state?.catalog ? paramsSet(state, now) : [];
    render(
      html`<div class="contest-chart" role="img" aria-label=${countsTitle(now)} ${ref(chart.place)}></div>
      <div class="contest-side"><h2>The ${
        now.counts.lowest_loss_after === undefined ? "quickest" : "lowest"
      } entry, on the map</h2><div class="contest-map"></div></div>
      <div class="contest-words">${params.length ? words(now, params) : nothing}</div>`,
      place,
    );
    showBest(now);
    if (!figure || !state || !params.length) return;
    const [{ name: of, default: usual }] = params;
    const run = state.runs[state.entries[0].id];
    const { scene } = figure.frame();
    const content = {
      entries: now.entries,
      of,
      curve: now.open ? null : curve,
      start: now.counts.lowest_loss_after === undefined ? null : (run?.columns.loss[0] ?? null),
      titles: { x: of.replaceAll("_", " "), y: countsTitle(now) },
      usual,
      levels: now.counts.lowest_loss_after === undefined ? null : scene.levels,
      theme: state.theme,
      scale: scene.scale,
    };
    chart.render(content, undefined);
    if (!now.open && asked !== now.question)
      void fetchCurve(now, of, spanOfValues(now.entries, of, usual)).catch(() => {});
  }

  place.classList.add("contest-wall", "wall");
  onSize(draw, ended.signal);

  return {
    /** @param count  seats that are here */
    show(next: Contest, count: number) {
      if (next.question !== contest?.question) curve = null;
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
