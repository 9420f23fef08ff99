/** Shares of the starts at every learning rate, as they come; dragged, the line sets the rate of the run. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { scaleOf } from "../../controls/scales.ts";
import type { Frame } from "../../figure/part.ts";
import type { WireBasins } from "../../resources/basins.ts";
import { rateOfEnds, type SharesAtRate, sharesAsked, sharesByEnd } from "../../resources/sharesAtRates.ts";
import { settle, setValue } from "../../state/actions.ts";
import { chosenEntry } from "../../state/state.ts";
import type { Basins, Entry, Param } from "../../state/types.ts";
import { createSharesChart } from "../../views/ends/sharesChart.ts";
import { progressLine } from "../shared/progressLine.ts";
import type { ExplanationPorts } from "./explanation.ts";
import { createLongWork, type LongWish } from "./longWork.ts";

export function createSharesAtRates({ act, ended, redraw }: ExplanationPorts) {
  const work = createLongWork<WireBasins>("/trajectories/basins", ended, redraw);
  let wish: LongWish | null = null;
  /** What the points are made of. */
  let made: { answer: WireBasins; map: Basins } | null = null;
  let points: SharesAtRate[] = [];
  /** The key of the wish that was cancelled, and how far it had come. */
  let cancelled: { key: string; answer: WireBasins | null } | null = null;
  let held = false;
  let entry: Entry | null = null;
  let param: Param | null = null;

  const chart = createSharesChart((share) => {
    if (!entry || !param) return;
    held = true;
    act(setValue, entry.id, "learning_rate", scaleOf(param).value(share), true);
  }, letGo);

  function letGo() {
    if (held) act(settle);
    held = false;
  }

  /** @returns what there is of what is wished for, all of it or as much as has come */
  function answered(): WireBasins | null {
    const told = wish && work.told.get(wish.key);
    if (told) return "value" in told ? told.value : null;
    const now = work.now();
    if (now && now.key === wish?.key) return now.soFar;
    return cancelled?.key === wish?.key ? (cancelled?.answer ?? null) : null;
  }

  function ask() {
    const now = work.now();
    if (!wish || work.told.has(wish.key) || [now?.key, cancelled?.key].includes(wish.key)) return;
    if (now) work.cancel();
    void work.begin([wish]);
  }

  function prepare({ state }: Frame) {
    [entry, param] = [chosenEntry(state), rateOfEnds(state)];
    const basins = state.basins;
    const map = basins?.problemKey === state.problemOnMap?.key ? basins?.map : null;
    // The last ones stand while another control is held.
    if (!state.moving || held) wish = sharesAsked(state);
    if (!state.moving && map && (basins?.done === 1 || basins?.cancelled)) ask();
    const answer = answered();
    if (!wish) points = [];
    if (!map || !answer || (answer.over?.values.length ?? 0) < 2) return;
    if (made?.answer !== answer || made.map !== map || !points.length) points = sharesByEnd(answer, map);
    made = { answer, map };
  }

  function onCancel(whether: boolean) {
    cancelled = whether && wish ? { key: wish.key, answer: answered() } : null;
    if (whether) work.cancel();
    else redraw();
  }

  function template() {
    if (!points.length) return nothing;
    const now = work.now();
    const so = `Cancelled at rate ${points[points.length - 1].rate.toPrecision(2)}.`;
    const isCancelled = cancelled !== null && cancelled.key === wish?.key;
    const { done = 1, waits } = now ?? {};
    const line = progressLine({ done, waits, cancelled: isCancelled, so, onCancel });
    return html`<figure class="ends-rates"><figcaption>Shares at every learning rate: drag the line</figcaption>
      <div class="chart" role="img" aria-label="Shares of the starts by where they end, against the learning rate"
      ${ref(chart.place)}></div></figure>${now || isCancelled ? line : nothing}`;
  }

  function draw({ scene: { theme, scale } }: Frame) {
    if (!entry || !param) return;
    const moment = { rate: entry.optimizer.learning_rate as number, slot: entry.slot };
    chart.render({ points, rates: [param.min, param.max], theme, scale }, moment);
  }

  return { prepare, template, draw };
}
