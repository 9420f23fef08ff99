/** The series whose average can be explained: the averages of the chosen run's rule, and temperatures. */

import type { Frame } from "../../../figure/part.ts";
import { temperatures } from "../../../math/movingAverage.ts";
import type { Quantities } from "../../../resources/quantities.ts";
import { hyperparameterOf } from "../../../state/catalog.ts";
import { nextStep } from "../../../state/nextStep.ts";
import { ruleOf } from "../../../state/rules.ts";
import { runKey } from "../../../state/state.ts";
import type { Scene, State, Wire } from "../../../state/types.ts";
import { type Average, averagesIn } from "../../../words/averages.ts";
import { asWritten } from "../../../words/symbol.ts";

export interface Source extends Omit<Average, "decay"> {
  /** identifies the values */
  key: string;
  /** of the steps from 1 on */
  values: Float64Array;
  /** the step that is explained */
  t: number;
  /** the value in force */
  beta: number;
  /** whether the rule corrects for the start at 0 */
  corrected: boolean;
  /** whether all of it is in sight, as dots */
  whole: boolean;
  /** further betas to draw */
  others: number[];
  /** LaTeX of the average */
  latex: string;
  /** LaTeX of the averaged quantity, with `#` for the step */
  inputLatex: string;
  slot: number;
  title: string;
  /** the entry of the rule, and the hyperparameter that is beta */
  owner: { id: number; decay: string } | null;
}

const TEMPERATURES = "temperatures";
/** The usual three betas, for comparison. */
export const BETAS = [0.5, 0.9, 0.98];
const FIRST_DAY = 100;

/** The average that is explained: the chosen one, or the first of the rule; null: the run has none. */
export function averageIn({ state, chosen: index }: Frame) {
  const averages = index === null ? [] : averagesIn(ruleOf(state.catalog, state.entries[index].optimizer));
  const options = [...averages.map(({ name }) => name), TEMPERATURES];
  const chosenName = state.explain.average;
  const chosen = averages.find(({ name }) => name === chosenName);
  const average = chosenName === TEMPERATURES ? null : (chosen ?? averages[0] ?? null);
  return { index, options, average, name: average?.name ?? TEMPERATURES };
}

/** sorry: why there is none */
type SourceAt = { source: Source | null; sorry: string };

const NO_OTHERS: number[] = [];

export function createSources(quantities: Quantities) {
  const year = temperatures();

  const byItself = (day: number | null): Source => ({
    name: TEMPERATURES,
    key: TEMPERATURES,
    values: year,
    t: Math.min(year.length, Math.max(1, Math.round(day ?? FIRST_DAY))),
    beta: 0.9,
    sum: false,
    corrected: false,
    whole: true,
    others: BETAS,
    latex: "V",
    inputLatex: "\\theta_{#}",
    input: "θ",
    squared: false,
    slot: 1,
    title: "Temperatures of a year",
    owner: null,
  });

  /** The values of an average. */
  function valuesOf(
    { input, squared }: Average,
    { wholeRuns: runs, problem }: Scene,
    index: number,
    parameter: number,
    wire: Wire["RuleQuantities"] | undefined,
  ): Float64Array | null {
    const { columns, length, end } = runs[index];
    if (end?.recorded) return null;
    const name = problem.parameters[parameter];
    const ofRule = wire?.values[input]?.[name] ?? wire?.states[input]?.[name]?.slice(1);
    const column = input === "g" ? columns.gradient?.[parameter].subarray(0, length - 1) : ofRule;
    return column ? Float64Array.from(column, (value) => (squared ? (value ?? NaN) ** 2 : (value ?? NaN))) : null;
  }

  /** The values of a run, computed once. */
  let cached: { key: string; values: Float64Array } | null = null;

  function ofRun(state: State, scene: Scene, index: number, average: Average, step: number): SourceAt {
    const entry = state.entries[index];
    const run = scene.wholeRuns[index];
    const parameter = Math.min(state.explain.parameter, scene.problem.parameters.length - 1);
    const next = nextStep(run, step);
    const [{ last: wire, waits = "" }] = quantities(state, scene, [index]);
    const { name, decay, input, squared, sum } = average;
    const made = [run.length, run.columns.gradient !== null, input === "g" || wire !== undefined];
    const key = [runKey(state, entry), name, parameter, ...made].join(" ");
    if (cached?.key !== key) {
      const values = valuesOf(average, scene, index, parameter, wire);
      cached = values && { key, values };
    }
    if (!cached || !next) return { source: null, sorry: waits || "The gradients of the run are on their way." };
    const fixed = Number(decay);
    const isHyperparameter = Number.isNaN(fixed);
    const title = `What ${name} of ${run.name} remembers in ${asWritten(scene.problem.parameters[parameter])}`;
    const source: Source = {
      name,
      key,
      values: cached.values,
      t: next.t,
      beta: isHyperparameter ? (hyperparameterOf(state.catalog, entry.optimizer, decay) ?? 0.9) : fixed,
      sum,
      corrected: Boolean(wire?.values[`${name}_hat`]),
      whole: false,
      others: NO_OTHERS,
      latex: wire?.latex[name] ?? name,
      inputLatex: `${wire?.latex[input] ?? input}_{#}${squared ? "^{2}" : ""}`,
      input,
      squared,
      slot: run.slot,
      title,
      owner: isHyperparameter ? { id: entry.id, decay } : null,
    };
    return { source, sorry: "" };
  }

  return {
    sourceAt(frame: Frame, step: number): SourceAt {
      const { state, scene } = frame;
      const { index, average } = averageIn(frame);
      if (index === null || !average) return { source: byItself(state.explain.day), sorry: "" };
      return ofRun(state, scene, index, average, step);
    },
  };
}
