/** The shares of the starts by learning rate, as they come. Dragging the line sets the rate of the run. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { scaleOf } from "../../controls/scales.ts";
import type { Frame } from "../../figure/part.ts";
import { endsComing, type WireEnds } from "../../resources/ends.ts";
import { setCancelled } from "../../resources/longAnswer.ts";
import type { Sent } from "../../resources/resource.ts";
import {
  rateOfEnds,
  type SharesAtRate,
  sharesAtRates,
  sharesByEnd,
  sharesRequest,
} from "../../resources/sharesAtRates.ts";
import { setValue } from "../../state/actions.ts";
import { hyperparameterOf } from "../../state/catalog.ts";
import { chosenEntry } from "../../state/chosen.ts";
import type { Ends, Entry, Known, Param } from "../../state/types.ts";
import { createSharesChart } from "../../views/ends/sharesChart.ts";
import { progressLine } from "../shared/progressLine.ts";
import type { ExplanationPorts } from "./all.ts";

export function createSharesAtRates({ act, ask }: ExplanationPorts) {
  const want = ask(sharesAtRates);
  let wish: Sent | null = null;
  let known: Known<WireEnds> = {};
  /** The answers that the points were made from. */
  let made: { answer: WireEnds; map: Ends } | null = null;
  let points: SharesAtRate[] = [];
  /** The map of starts, whose minima the shares are of, is complete. */
  let ready = false;
  let held = false;
  let entry: Entry | null = null;
  let param: Param | null = null;

  const chart = createSharesChart((share) => {
    if (!entry || !param) return;
    held = true;
    act(setValue, entry.id, "learning_rate", scaleOf(param).value(share), true);
  });

  function prepare({ state }: Frame) {
    held &&= state.moving;
    [entry, param] = [chosenEntry(state), rateOfEnds(state)];
    const coming = endsComing(state);
    const { map } = coming;
    // While another control is held the last shares stay.
    if (!state.moving || held) wish = sharesRequest(state);
    if (!state.moving) ready = map !== undefined && (coming.done === 1 || coming.cancelled);
    known = (wish && want(state, [{ ...wish, later: !ready }])[0]) ?? {};
    const answer = known.value ?? known.soFar;
    if (!wish) points = [];
    if (!map || !answer || (answer.over?.values.length ?? 0) < 2) return;
    if (made?.answer !== answer || made.map !== map || !points.length) points = sharesByEnd(answer, map);
    made = { answer, map };
  }

  const onCancel = (whether: boolean) => wish && act(setCancelled, sharesAtRates.name, wish.key, whether);

  function template() {
    if (!points.length) return nothing;
    const { value, refused, done, waits, cancelled } = known;
    const so = `Cancelled at rate ${points[points.length - 1].rate.toPrecision(2)}.`;
    const comes = done !== undefined && !value && !refused;
    const line = comes ? progressLine({ done, waits, cancelled, so, onCancel }) : nothing;
    return html`<figure class="ends-rates"><figcaption>Shares at every learning rate: drag the line</figcaption>
      <div class="chart" role="img" aria-label="Shares of the starts by where they end, against the learning rate"
      ${ref(chart.place)}></div></figure>${line}`;
  }

  function draw({ state: { catalog }, scene: { theme, scale } }: Frame) {
    if (!entry || !param) return;
    const rate = hyperparameterOf(catalog, entry.optimizer, param.name) as number;
    const moment = { rate, slot: entry.slot };
    chart.render({ points, rates: [param.min, param.max], theme, scale }, moment);
  }

  return { prepare, template, draw };
}
