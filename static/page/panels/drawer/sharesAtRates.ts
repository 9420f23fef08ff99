/** Shares of the starts at every learning rate, as they come; dragged, the line sets the rate of the run. */
import { html, nothing } from "lit-html";
import { createRef, ref } from "lit-html/directives/ref.js";
import { scaleOf } from "../../controls/scales.ts";
import type { Frame } from "../../figure/part.ts";
import { entryOfEnds } from "../../resources/basins.ts";
import { knownOf } from "../../resources/resource.ts";
import {
  rateOfEnds,
  rateWishes,
  type SharesAtRate,
  sharesAtRates,
  sharesByEnd,
} from "../../resources/sharesAtRates.ts";
import { settle, setValue } from "../../state/actions.ts";
import type { Basins, Entry, Param } from "../../state/types.ts";
import { createSharesChart } from "../../views/basins/sharesChart.ts";
import { progressLine } from "../shared/progressLine.ts";
import type { DrawerPorts } from "./drawer.ts";

/** @param again  something else is to be shown */
export function createSharesAtRates({ act, ask, ended }: DrawerPorts, again: () => void) {
  const want = ask(sharesAtRates);
  const place = createRef<HTMLElement>();
  let wishes: ReturnType<typeof rateWishes> = [];
  /** What the points are made of. */
  let made: { of: string; count: number; map: Basins } | null = null;
  let points: SharesAtRate[] = [];
  let done = 0;
  /** The first of the wishes that were cancelled. */
  let cancelled = "";
  let held = false;
  let entry: Entry | null = null;
  let param: Param | null = null;

  const chart = createSharesChart((share) => {
    if (!entry || !param) return;
    held = true;
    act(setValue, entry.id, "learning_rate", scaleOf(param).value(share), true);
  });
  for (const event of ["pointerup", "pointercancel"]) window.addEventListener(event, letGo, { signal: ended });

  function letGo() {
    if (held) act(settle);
    held = false;
  }

  function prepare({ state }: Frame) {
    [entry, param] = [entryOfEnds(state), rateOfEnds(state)];
    const basins = state.basins;
    const map = basins?.problemKey === state.problemOnMap?.key ? basins?.map : null;
    // The last ones stand while another control is held.
    if (!state.moving || held) wishes = rateWishes(state);
    const of = wishes[0]?.key ?? "";
    const wanted = state.moving || !map || (basins?.done !== 1 && !basins?.cancelled) ? [] : wishes;
    want(cancelled === of ? null : wanted);
    if (!map) return;
    const told = wishes.flatMap(({ key, rate }) => {
      const answer = knownOf(state, sharesAtRates, key)?.value;
      return answer ? [{ rate, answer }] : [];
    });
    const over = wishes.filter(({ key }) => knownOf(state, sharesAtRates, key)?.refused).length;
    done = wishes.length ? (told.length + over) / wishes.length : 1;
    if (told.length < 2 || (made?.of === of && made.count === told.length && made.map === map)) return;
    made = { of, count: told.length, map };
    points = sharesByEnd(told, map);
  }

  function template() {
    if (!points.length) return nothing;
    const of = wishes[0]?.key ?? "";
    const onCancel = (whether: boolean) => {
      cancelled = whether ? of : "";
      again();
    };
    const so = `Cancelled at rate ${points[points.length - 1].rate.toPrecision(2)}.`;
    const line = progressLine({ done, cancelled: cancelled === of, so, onCancel });
    return html`<figure class="basins-rates"><figcaption>Shares at every learning rate: drag the line</figcaption>
      <div class="chart" role="img" aria-label="Shares of the starts by where they end, against the learning rate"
      ${ref(place)}></div></figure>${done < 1 ? line : nothing}`;
  }

  function draw({ scene: { theme, scale } }: Frame) {
    if (!place.value || !entry || !param) return;
    if (chart.svg.parentElement !== place.value) chart.place(place.value);
    const moment = { rate: entry.optimizer.learning_rate as number, slot: entry.slot };
    chart.render({ points, rates: [param.min, param.max], theme, scale }, moment);
  }

  return { prepare, template, draw, destroy: () => want([]) };
}
