/** On the slider of a run's rate: rates of its schedule, one that evidence names, where its preset has it, in which
 * minima rates end. */
import { endsInWords, sliderEnds } from "../../controls/sliderEnds.ts";
import { sliderFaults, sliderMarks } from "../../controls/sliderMarks.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { group } from "../../marks/mark.ts";
import { rates, ratesNeed } from "../../resources/scheduleRates.ts";
import { loadStyle } from "../../service/style.ts";
import { hyperparameterOf } from "../../state/catalog.ts";
import { limitOf } from "../../state/evidence.ts";
import { proposedValue } from "../../state/preset.ts";
import { replyStatus } from "../../state/replies.ts";
import { endsOfRates, sweepOf } from "../../state/sweep.ts";
import { sliderKey } from "./sliderKey.ts";

export async function createRateSigns({ createRequest }: Pick<Figure, "createRequest">) {
  await loadStyle("slider-key");
  const request = createRequest(rates);

  function over({ state, scene }: Frame, index: number) {
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
    };
  }

  return { over, key: sliderKey };
}
