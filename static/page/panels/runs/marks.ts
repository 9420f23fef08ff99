/** What is marked on the slider of a run's rate: one that evidence names, and where its preset has it. */
import { sliderMarks } from "../../controls/sliderMarks.ts";
import type { Frame } from "../../figure/part.ts";
import { hyperparameterOf } from "../../state/catalog.ts";
import { limitOf } from "../../state/evidence.ts";

export function rateMarks({ state, scene }: Frame, index: number) {
  const { optimizer, slot } = state.entries[index];
  const before = scene.prepared.find((one) => one.index === index)?.was;
  const [value, was] = [optimizer, before].map((one) => one && hyperparameterOf(state.catalog, one, "learning_rate"));
  return sliderMarks({ slot, value: value ?? NaN, was, limit: limitOf(scene.evidence, index) });
}
