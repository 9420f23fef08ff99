/**
 * *Tune*: compares the runs by the values with which each needs the fewest gradients to reach a loss, and by the range
 * of rates that need at most twice as many.
 */
import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { runSample, wordChoice } from "../../../controls/choice.ts";
import { numberField } from "../../../controls/numberField.ts";
import { createPanel } from "../../../figure/panel.ts";
import type { Frame } from "../../../figure/part.ts";
import { formatGrouped } from "../../../math/format.ts";
import type { NeedWithBody } from "../../../resources/resource.ts";
import type { ReplyForPart } from "../../../resources/table.ts";
import { tunedRun } from "../../../resources/tuned.ts";
import {
  paramsWithoutRange,
  proposedLoss,
  setTuned,
  TUNED_SEEDS,
  tunedParams,
  tuneRequest,
  tunesOwnCode,
} from "../../../state/tuning.ts";
import type { Entry, Interval, Run, State, Wire } from "../../../state/types.ts";
import { refusalSentence } from "../../../words/refusal.ts";
import { curveWords, powerWords, rangeWords, triedWords, valuesWords } from "../../../words/tuning.ts";
import { progressLine } from "../../shared/progressLine.ts";
import type { ExplanationPorts } from "../loaders.ts";

/** Size and padding of the chart, in its own units. */
const [WIDTH, HEIGHT, PAD] = [400, 46, 3];
const TICK = 5;

interface TunedCurve {
  /** [rate, steps]; null: never */
  curve: [number, number | null][];
  best: number | null;
  good: Interval | null;
  /** steps: from the fewest of all runs to the limit */
  steps: Interval;
  label: string;
}

const along = (value: number, [low, high]: Interval) => Math.log(value / low) / Math.log(high / low);

/** @returns lines between neighbours that both reach the loss; a dot for one without such a neighbour */
export function curvePath(curve: TunedCurve["curve"], steps: Interval): string {
  const rates: Interval = [curve[0][0], curve[curve.length - 1][0]];
  let path = "";
  let drawn = false;
  for (const [rate, count] of curve) {
    if (count !== null) {
      const x = WIDTH * along(rate, rates);
      const y = PAD + (HEIGHT - TICK - 2 * PAD) * (1 - along(Math.max(count, steps[0]), steps));
      const place = `${x.toFixed(1)} ${y.toFixed(1)}`;
      path += drawn ? `L${place}` : `M${place}h0.1`;
    }
    drawn = count !== null;
  }
  return path;
}

/**
 * A small chart of gradients against the rate: logarithmic, shaded where at most twice the fewest gradients are needed.
 */
function tunedCurve({ curve, best, good, steps, label }: TunedCurve) {
  const rates: Interval = [curve[0][0], curve[curve.length - 1][0]];
  const at = (rate: number) => WIDTH * along(rate, rates);
  const decades = Math.round(Math.log10(rates[1] / rates[0]));
  const ticks = Array.from({ length: decades + 1 }, (_, k) => `M${(WIDTH * k) / decades} ${HEIGHT}v${-TICK}`).join("");
  const [from, to] = good?.map(at) ?? [0, 0];
  return html`<svg class="tune-curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img"
    aria-label=${label}><rect
    fill="var(--hair)" x=${from} width=${Math.max(0, to - from)} y="0" height=${HEIGHT - TICK}>
    </rect><path stroke="var(--hair-2)" d=${`M0 ${HEIGHT - TICK}H${WIDTH}${ticks}`}></path><path
    stroke="var(--run)" stroke-width="2" stroke-linejoin="round" d=${curvePath(curve, steps)}></path><path
    stroke="var(--ink)" stroke-width="1.5"
    d=${best === null ? nothing : `M${at(best)} 0V${HEIGHT - TICK}`}></path></svg>`;
}

const COLUMNS = 4;

interface TunedRow {
  entry: Entry;
  run: Run;
  /** null: a method without a rule cannot be tuned */
  need: NeedWithBody | null;
  reply: ReplyForPart<Wire["Tuned"]>;
  tuned: Wire["Tuned"] | null;
  /** why there is nothing, or notices about the result */
  notes: string[];
}

export default function createTune(root: HTMLElement, figure: ExplanationPorts) {
  const { act } = figure;
  const request = figure.createRequest(tunedRun);
  /** The loss to reach that a visitor has chosen; null: that of the stop rule, else a proposed one. */
  let typedLoss: number | null = null;
  /** Whether the learning rate alone is tuned. */
  let rateOnly = true;
  /** The key of the row that is being tuned; null: none is. */
  let underWay: string | null = null;

  /** @returns null: it cannot be tuned */
  const needOf = (state: State, entry: Entry, loss: number | null): NeedWithBody | null =>
    loss !== null && tunedParams(state.catalog, entry.optimizer).length
      ? tuneRequest(state, entry, loss, rateOnly)
      : null;

  function rowOf(
    { catalog }: State,
    entry: Entry,
    run: Run,
    need: NeedWithBody | null,
    reply: ReplyForPart<Wire["Tuned"]>,
  ): TunedRow {
    const isTunable = tunedParams(catalog, entry.optimizer).length > 0;
    const { value: tuned = null, refused = [] } = reply;
    const fixed = paramsWithoutRange(catalog, entry.optimizer);
    const notes = [
      ...(isTunable
        ? []
        : run.end?.recorded
          ? ["It was recorded: there is nothing to tune."]
          : ["It has no setting that other values could be tried of."]),
      ...(fixed.length ? [`No range is known for ${fixed.join(", ")}: as set.`] : []),
      ...(tuned?.notes ?? []),
      ...refused.map(refusalSentence),
    ];
    return { entry, run, need, reply, tuned, notes };
  }

  function prepare({ state, scene }: Frame) {
    const loss = typedLoss ?? state.stop.target_loss ?? proposedLoss(scene);
    const inSight = state.entries.flatMap((entry, k) =>
      scene.shownRuns[k] && !scene.shownRuns[k].hidden
        ? [{ entry, run: scene.shownRuns[k], need: needOf(state, entry, loss) }]
        : [],
    );
    // The present request belongs to earlier settings.
    if (underWay !== null && !inSight.some(({ need }) => need?.key === underWay)) cancel();
    const needs = inSight.flatMap(({ need }) => (need ? [{ ...need, later: underWay === null }] : []));
    const replies = new Map(request(state, needs).map((reply, k) => [needs[k].key, reply]));
    const rows = inSight.map(({ entry, run, need }) =>
      rowOf(state, entry, run, need, replies.get(need?.key ?? "") ?? {}),
    );
    /** The rows still to be tuned. */
    const left = rows.filter(({ need, reply: { value, refused } }) => need && !value && !refused);
    if (underWay !== null) begin(left);
    return { loss, rows, left };
  }

  function begin([next]: TunedRow[]) {
    underWay = next?.need?.key ?? null;
  }

  function cancel() {
    underWay = null;
  }

  const pressed = (act: () => void) => () => {
    act();
    figure.redraw();
  };

  function setBest(rows: TunedRow[]) {
    act(setTuned, new Map(rows.flatMap(({ entry, tuned }) => (tuned?.best ? [[entry.id, tuned.best] as const] : []))));
  }

  function buttons(rows: TunedRow[], left: TunedRow[]) {
    if (underWay !== null) {
      const [{ run, reply }] = left;
      const { done = 0, waits } = reply;
      return progressLine({ done, waits, name: run.name, onCancel: pressed(cancel) });
    }
    const hasBest = rows.some(({ tuned }) => tuned?.best);
    const button = (word: string, onPress: () => void) =>
      html`<button type="button" class="button" @click=${onPress}>${word}</button>`;
    return html`<p>${
      left.length
        ? button(
            "Tune",
            pressed(() => begin(left)),
          )
        : nothing
    }${hasBest ? button("Set these", () => setBest(rows)) : nothing}</p>`;
  }

  /** @param steps  on the charts @param fewest  of all runs */
  function row({ run: { name, short, slot }, tuned, notes }: TunedRow, steps: Interval, fewest: number) {
    const { best = null, evaluations = null, range } = tuned ?? {};
    const curve = (tuned?.curve ?? []) as TunedCurve["curve"];
    const good = (range?.learning_rate ?? null) as Interval | null;
    const count = evaluations === null ? (tuned ? "never" : "–") : formatGrouped(evaluations);
    const label = curveWords(name, evaluations, good);
    const strong = evaluations === fewest ? "strong" : nothing;
    return html`<tbody class="slot-${slot}"><tr><th scope="row">${runSample(slot)} ${short}</th><td
      class=${strong}>${count}</td><td>${best ? valuesWords(best) : "–"}</td><td>${
        good ? rangeWords(good) : "–"
      }</td></tr><tr ?hidden=${!curve.length && !notes.length}><td colspan=${COLUMNS}>${
        curve.length ? tunedCurve({ curve, best: best?.learning_rate ?? null, good, steps, label }) : nothing
      }${notes.map((note) => html`<p class="note">${note}</p>`)}</td></tr></tbody>`;
  }

  const panel = createPanel(figure, root, {
    prepare,
    template({ state }, { loss, rows, left }) {
      const { max_steps: most } = state.stop;
      const field = numberField({
        label: "Loss to stay at",
        value: loss,
        none: "say which",
        onCommit(value) {
          typedLoss = value;
          figure.redraw();
        },
      });
      const tunings = rows.flatMap(({ tuned }) => tuned ?? []);
      const fewest = Math.min(...tunings.map(({ evaluations }) => evaluations ?? Infinity));
      const steps: Interval = [Math.max(1, Math.min(most / 2, fewest)), most];
      const least = tunings[0]?.curve[0][0] ?? 1;
      const tried = tunings.reduce((sum, { budget }) => sum + budget.runs, 0);
      const seeds = Math.max(1, ...tunings.map(({ budget }) => budget.seeds.length));
      const chance = rows.some(({ need }) => need && "seeds" in need.body && need.body.seeds === TUNED_SEEDS);
      const ofSeeds = chance ? `, for the median of ${TUNED_SEEDS} seeds` : "";
      const searchChoice = wordChoice({
        label: "Search",
        options: [
          [true, "its rate"],
          [false, "its rate and β"],
        ],
        value: rateOnly,
        onChoose(only) {
          rateOnly = only;
          figure.redraw();
        },
      });
      return html`<div class="tune"><p>The fewest gradients until the loss stays at ${field} or below,
        up to step ${formatGrouped(most)}${ofSeeds}.</p><div
        class="row wraps"><span>Search of each run</span>${searchChoice}</div>
        <p class="note" ?hidden=${!tunesOwnCode(state)}>Your code runs one point at a time, so fewer values are tried,
        of the other runs too.</p>
        <div class="tune-buttons">${buttons(rows, left)}</div><table class="results-table"><thead><tr><td></td><th
        scope="col">gradients</th><th scope="col">with</th><th scope="col">good rates</th></tr></thead>${repeat(
          rows,
          ({ entry }) => entry.id,
          (tunedRow) => row(tunedRow, steps, fewest),
        )}</table><p class="note" ?hidden=${!tunings.length}>Charts: steps, up to ${formatGrouped(most)}, against the
        rate, with a tick at each power of ten from ${powerWords(least)} on; the rest at its best. Shaded, called good:
        at most twice as many. ${triedWords(tried, most, seeds)} All else is as set.</p></div>`;
    },
  });
  const lacks = ({ scene }: Frame) => (scene.shownRuns.every(({ hidden }) => hidden) ? "Add a run to tune it." : "");
  return { ...panel, lacks };
}
