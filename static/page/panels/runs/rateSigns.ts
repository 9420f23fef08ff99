/** On the slider of a run's rate: rates of its schedule, one that evidence names, where its preset has it, in which
 * minima rates end. Below it, for a slow run, another rate. */
import { html } from "lit-html";
import { endsInWords, sliderEnds } from "../../controls/sliderEnds.ts";
import { sliderFaults, sliderMarks } from "../../controls/sliderMarks.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { group } from "../../marks/mark.ts";
import { formatExact } from "../../math/format.ts";
import { rates, ratesNeed } from "../../resources/scheduleRates.ts";
import { loadStyle } from "../../service/style.ts";
import { setValue } from "../../state/actions.ts";
import { hyperparameterOf, suggestedRateOf } from "../../state/catalog.ts";
import { limitOf } from "../../state/evidence.ts";
import { presetOfRuns } from "../../state/exercise.ts";
import { proposedValue } from "../../state/preset.ts";
import { quickerRate } from "../../state/rateRemedy.ts";
import { replyStatus } from "../../state/replies.ts";
import { runKey } from "../../state/state.ts";
import { endsOfRates, isSweepOutdated, sweepOf } from "../../state/sweep.ts";
import { sliderKey } from "./sliderKey.ts";

export async function createRateSigns({ createRequest, act }: Pick<Figure, "createRequest" | "act">) {
  await loadStyle("slider-key");
  const request = createRequest(rates);

  /** A rate for a run that is slow, once its end and those of other rates are known. Runs of a preset are meant so, and
   * where a rate is as suggested nothing below it says otherwise. */
  function offerOf({ state, scene }: Frame, index: number) {
    const entry = state.entries[index];
    const sweep = presetOfRuns(state) || isSweepOutdated(state, entry) ? undefined : sweepOf(state, entry);
    const value = hyperparameterOf(state.catalog, entry.optimizer, "learning_rate");
    if (
      !sweep ||
      value === null ||
      value === suggestedRateOf(state, entry.optimizer.name) ||
      state.runs[entry.id]?.key !== runKey(state, entry)
    )
      return undefined;
    const run = scene.shownRuns[index];
    const rate = quickerRate(sweep, run, value);
    if (rate === null) return undefined;
    return html`<p class="run-offer note">Not yet down at step ${formatExact(run.length - 1)}. <button type="button"
      class="quiet underlined" title="Set the learning rate of ${run.name} to ${formatExact(rate)}"
      @click=${() => act(setValue, entry.id, "learning_rate", rate, false)}>Try ${formatExact(rate)}</button></p>`;
  }

  function over(frame: Frame, index: number) {
    const { state, scene } = frame;
    const needs = state.entries.map(({ optimizer: { schedule } }) => schedule && ratesNeed(schedule, state));
    request(
      state,
      needs.flatMap((need) => need ?? []),
    );
    const entry = state.entries[index];
    const { optimizer, slot } = entry;
    const before = scene.prepared.find((preparedRun) => preparedRun.index === index)?.before;
    const [value, was] = [optimizer, before].map(
      (spec) => spec && hyperparameterOf(state.catalog, spec, "learning_rate"),
    );
    const target = proposedValue(state, index, "learning_rate");
    const need = needs[index];
    const shares = (need && replyStatus(state, rates, need.key)?.value) ?? [];
    const marked = { value: value ?? NaN, was, target, limit: limitOf(scene.shownEvidence, index) };
    const marks = sliderMarks({ slot, ...marked, others: shares.map((share) => share * marked.value) });
    const sweep = sweepOf(state, entry);
    const sweepWithEnds = endsOfRates(state).length > 0 ? sweep : undefined;
    const [ceiling] = scene.shownRuns[index].columns.loss;
    const ends = sweepWithEnds && sliderEnds(sweepWithEnds, ceiling, state.theme, marked);
    return {
      marks: (x: (value: number) => number, width: number) =>
        group([ends?.(x, width), sweep?.fault ? sliderFaults(sweep, x) : null, marks(x, width)]),
      words: sweepWithEnds ? endsInWords(sweepWithEnds, ceiling, marked.value) : "",
      offer: offerOf(frame, index),
    };
  }

  return { over, key: sliderKey };
}
