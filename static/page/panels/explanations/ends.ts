/** *Ends*: the shares of the starts that end in each minimum, in words and in a table, and the tint of the map. */
import { html, nothing } from "lit-html";
import { ref } from "lit-html/directives/ref.js";
import { styles } from "../../component.ts";
import { scaleOf } from "../../controls/sliderScale.ts";
import { createPanel } from "../../figure/panel.ts";
import type { Frame } from "../../figure/part.ts";
import { formatExact } from "../../math/format.ts";
import { minimumNear } from "../../math/near.ts";
import { COLOURS } from "../../math/palette.ts";
import { memo } from "../../memo.ts";
import { createSharesChart } from "../../pictures/ends/sharesChart.ts";
import { cancelEnds, endsComing } from "../../resources/ends.ts";
import { type NeedWithBody, setCancelled } from "../../resources/resource.ts";
import {
  rateOfEnds,
  type SharesAtRate,
  sharesAtRates,
  sharesByEnd,
  sharesRequest,
} from "../../resources/sharesAtRates.ts";
import type { ReplyForPart } from "../../resources/table.ts";
import { setValue } from "../../state/actions.ts";
import { hyperparameterOf } from "../../state/catalog.ts";
import { chosenEntry } from "../../state/chosenRun.ts";
import { setExplain } from "../../state/explain.ts";
import { hasOwnMap } from "../../state/stage.ts";
import type { Ends, Entry, Param, Run, State, Wire } from "../../state/types.ts";
import { type EndRow, endRows, endsSentence, gridOfStartsWords, percent, startsWords } from "../../words/ends.ts";
import { refusalWords } from "../../words/refusal.ts";
import { progressLine } from "../shared/progressLine.ts";
import { swatch } from "../shared/swatch.ts";
import { tintChoice } from "../shared/tintChoice.ts";
import { endsSlide } from "./endsSlide.ts";
import type { ExplanationPorts } from "./loaders.ts";

/** @returns the learning rate of a run: as set, else its default */
const rateOf = ({ catalog }: State, { optimizer }: Entry) =>
  hyperparameterOf(catalog, optimizer, "learning_rate") as number;

/** The shares of the starts by learning rate, as far as they have been received. */
interface SharesByRate {
  need: NeedWithBody | null;
  reply: ReplyForPart<Wire["BasinsReached"]>;
  points: SharesAtRate[];
  /** the map of starts, whose minima the shares are of, is complete */
  ready: boolean;
  entry: Entry | null;
  param: Param | null;
}

/** @param shares  as they were prepared last; dragging the line of their chart sets the rate of the run */
function createSharesAtRates({ act, createRequest }: ExplanationPorts, shares: () => SharesByRate | undefined) {
  const request = createRequest(sharesAtRates);
  const pointsOf = memo(sharesByEnd);
  let isDragged = false;

  const chart = createSharesChart((share) => {
    const { entry, param } = shares() ?? {};
    if (!entry || !param) return;
    isDragged = true;
    act(setValue, entry.id, "learning_rate", scaleOf(param).value(share), true);
  });

  function prepare({ state }: Frame, previous?: SharesByRate): SharesByRate {
    isDragged &&= state.dragging;
    const coming = endsComing(state);
    const { map } = coming;
    // While another control is dragged the last shares stay.
    const need = !state.dragging || isDragged ? sharesRequest(state) : (previous?.need ?? null);
    const ready = state.dragging
      ? (previous?.ready ?? false)
      : map !== undefined && (coming.done === 1 || Boolean(coming.cancelled));
    const reply = request(state, need ? [{ ...need, later: !ready }] : [])[0] ?? {};
    const shared = { need, reply, ready, entry: chosenEntry(state), param: rateOfEnds(state) };
    const answer = reply.value ?? reply.soFar;
    const several = map && answer && (answer.over?.values.length ?? 0) > 1;
    return { ...shared, points: several ? pointsOf(answer, map) : need ? (previous?.points ?? []) : [] };
  }

  function template({ points, reply, need }: SharesByRate) {
    if (!points.length) return nothing;
    const { value, refused, done, waits, cancelled } = reply;
    const so = `Cancelled at rate ${points[points.length - 1].rate.toPrecision(2)}.`;
    const comes = done !== undefined && !value && !refused;
    const onCancel = (whether: boolean) => need && act(setCancelled, sharesAtRates.name, need.key, whether);
    const line = comes ? progressLine({ done, waits, cancelled, so, onCancel }) : nothing;
    return html`<figure class="ends-rates column"><figcaption>Shares at every learning rate: drag the line</figcaption>
      <div class="chart" role="img" aria-label="Shares of the starts by where they end, against the learning rate"
      ${ref(chart.place)}></div></figure>${line}`;
  }

  function draw({ state, scene: { theme, scale } }: Frame, { entry, param, points }: SharesByRate) {
    // A chart needs two rates at least.
    if (!entry || !param || points.length < 2) return;
    const moment = { rate: rateOf(state, entry), slot: entry.slot };
    chart.render({ points, rates: [param.min, param.max], theme, scale }, moment);
  }

  return { prepare, template, draw };
}

/** @returns the index of the minimum in which a run has ended; null: in none */
function endOfRun({ minima, x, y }: Ends, { columns, length, end }: Run): number | null {
  if (!end || !length || end.stop_reason === "diverged") return null;
  const place = columns.parameters.map((values) => values[length - 1]);
  const index = minimumNear(minima, y ? [x, y] : [x], place);
  return index < 0 ? null : index;
}

export default function createEnds(root: HTMLElement, ports: ExplanationPorts) {
  const { act } = ports;
  const atRates = createSharesAtRates(ports, () => panel.data());

  function coming({ map, done, cancelled }: ReturnType<typeof endsComing>) {
    if (done === 1) return nothing;
    const so = `Cancelled${map ? ` at ${startsWords(map)}` : ""}.`;
    return progressLine({ cancelled, done, so, onCancel: (whether) => act(cancelEnds, whether) });
  }

  const row = (theme: State["theme"], { end, name, where, share }: EndRow, most: number) => html`<tr>
    <td>${end === null ? nothing : swatch(end, theme)}</td><th scope="row">${name}</th><td>${where}</td>
    <td class="ends-bar"><span ${styles({ width: `${(100 * share) / most}%` })}></span></td>
    <td>${percent(share)}</td></tr>`;

  const panel = createPanel(ports, root, {
    prepare: atRates.prepare,
    template({ state, scene }, shares) {
      const entry = chosenEntry(state);
      const come = endsComing(state);
      const { map, refused } = come;
      if (!entry || !map) return html`<p class="note">${refused ? refusalWords(refused) : "Working it out."}</p>`;
      const rows = endRows(map);
      const run = scene.wholeRuns[state.entries.indexOf(entry)];
      const runEnd = endOfRun(map, run);
      const most = Math.max(...rows.map(({ share }) => share));
      return html`<div class="ends"><p>${endsSentence(map, rateOf(state, entry), runEnd)}</p>
      <table class="results-table"><thead><tr><th scope="col" colspan="3">ends at</th><th scope="col"
      colspan="2">share of the starts</th></tr></thead><tbody>${rows.map((endRow) =>
        row(state.theme, endRow, most),
      )}</tbody></table>
      <p class="note">${run.name}: ${gridOfStartsWords(map, scene.problem.parameters)}.</p>${coming(come)}
      ${tintChoice(state, (tint) => act(setExplain, { tint }))}${atRates.template(shares)}</div>`;
    },
    rendered: atRates.draw,
  });

  return {
    ...panel,
    lacks: ({ state, scene }: Frame) =>
      !chosenEntry(state)
        ? "Add a run to see where its starts end."
        : hasOwnMap(state)
          ? ""
          : `${scene.problem.label} has too many parameters for a map of its starts.`,
    chartExports() {
      const { state, scene } = ports.frame();
      const entry = chosenEntry(state);
      const { map } = endsComing(state);
      if (!entry || !map) return [];
      const name = scene.wholeRuns[state.entries.indexOf(entry)].name;
      const rate = formatExact(rateOf(state, entry));
      const title = `${scene.problem.label}: where ${name} ends, rate ${rate}`;
      const look = { colours: COLOURS[scene.theme], family: getComputedStyle(root).fontFamily, scale: 1 };
      return [endsSlide(map, scene, title, look)];
    },
  };
}
