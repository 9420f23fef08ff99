/** On the slider of a run's rate: the rates of its schedule, one that evidence names, and where its preset has it. */
import { sliderMarks } from "../../controls/sliderMarks.ts";
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { rates, ratesWish } from "../../resources/rates.ts";
import { knownOf } from "../../resources/resource.ts";
import { hyperparameterOf } from "../../state/catalog.ts";
import { limitOf } from "../../state/evidence.ts";

export function createRateMarks({ ask }: Pick<Figure, "ask">) {
  const want = ask(rates);
  return ({ state, scene }: Frame, index: number) => {
    const wishes = state.entries.map(({ optimizer: { schedule } }) => schedule && ratesWish(schedule, state));
    want(wishes.flatMap((wish) => wish ?? []));
    const { optimizer, slot } = state.entries[index];
    const before = scene.prepared.find((one) => one.index === index)?.was;
    const [value, was] = [optimizer, before].map((one) => one && hyperparameterOf(state.catalog, one, "learning_rate"));
    const wish = wishes[index];
    const shares = (wish && knownOf(state, rates, wish.key)?.value) ?? [];
    return sliderMarks({
      slot,
      value: value ?? NaN,
      was,
      limit: limitOf(scene.evidence, index),
      others: shares.map((share) => share * (value ?? NaN)),
    });
  };
}
