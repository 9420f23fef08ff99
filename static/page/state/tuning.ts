/** Tuning: which hyperparameters of a run are tuned, the request for it, and the action that sets the values found. */

import { isOwn, refuses } from "./catalog.ts";
import { goalOf } from "./evidence.ts";
import { namesIn, paramsOf } from "./rules.ts";
import { isRandom } from "./seeds.ts";
import { specOf } from "./state.ts";
import type { Catalog, Entry, OptimizerSpec, Param, Scene, State } from "./types.ts";

/** Hyperparameters that are tuned at the most. */
const MOST_TUNED = 3;
/** Runs that depend on a seed are run with so many seeds, and the median counts. */
export const TUNED_SEEDS = 5;
/** Rates are tried up to so many times the end of their slider: AdaGrad is often best beyond it. */
const BEYOND = 10;
/** The proposed goal leaves this share of the way from the loss at the start to the least known one. */
const ABOVE_LOWEST = 1e-3;

/** @returns the rate and the decays; of a rule of one's own those that rules of the catalog have too */
export function tunedOf(catalog: Catalog | null, optimizer: OptimizerSpec): Param[] {
  if (refuses(catalog, optimizer, "sweep")) return [];
  return paramsOf(catalog, optimizer)
    .filter(({ name, scale, min, max }) => min < max && (name === "learning_rate" || scale === "decay"))
    .slice(0, MOST_TUNED);
}

/** @returns names of a rule of one's own for which no range is known */
export function withoutRange(catalog: Catalog | null, { rule }: OptimizerSpec): string[] {
  if (rule === undefined) return [];
  const withRanges = new Set((catalog?.optimizers ?? []).flatMap(({ params }) => params.map(({ name }) => name)));
  return namesIn(rule, catalog).hyperparameters.filter((name) => !withRanges.has(name));
}

/**
 * @returns the goal of the preset, or a loss near the lowest that the runs came to, in two digits; null while none has
 *   come
 */
export function proposedLoss({ runs, evidence }: Pick<Scene, "runs" | "evidence">): number | null {
  const goal = goalOf(evidence);
  if (goal) return goal.loss;
  let [first, lowest] = [NaN, Infinity];
  for (const { columns, length } of runs) {
    if (length) first = columns.loss[0];
    for (let row = 0; row < length; row++) if (columns.loss[row] < lowest) lowest = columns.loss[row];
  }
  if (!(first > lowest)) return null;
  const near = lowest + ABOVE_LOWEST * (first - lowest);
  const digit = 10 ** (Math.floor(Math.log10(Math.abs(near) || 1)) - 1);
  return Number((Math.ceil(near / digit) * digit).toPrecision(2));
}

/** The interval in which the values of a hyperparameter are tried. */
const spanOf = ({ name, min, max }: Param) => ({ from: min, to: name === "learning_rate" ? BEYOND * max : max });

/** @returns whether some run in sight steps code, or a loss that is code, one point at a time */
export const tunesCode = ({ problem, entries }: Pick<State, "problem" | "entries">): boolean =>
  isOwn(problem.surface) || entries.some(({ hidden, optimizer }) => !hidden && isOwn(optimizer.name));

/**
 * @param rateOnly  leaves all else as it is set
 * @returns the request, and a key of all that its answer depends on: not of the values that are tuned
 */
export function tuneRequest(state: State, entry: Entry, loss: number, rateOnly: boolean = false) {
  const { catalog, problem } = state;
  const all = tunedOf(catalog, entry.optimizer);
  const rates = all.filter(({ name }) => name === "learning_rate");
  const params = rateOnly && rates.length ? rates : all;
  const { label: _, ...optimizer } = entry.optimizer;
  const tuned = new Set(params.map(({ name }) => name));
  const spec = specOf(state, [{ ...entry, optimizer }]);
  const body = {
    ...spec,
    stop: { ...spec.stop, target_loss: loss },
    over: Object.fromEntries(params.map((param) => [param.name, spanOf(param)])),
    seeds: isRandom(state, entry) ? TUNED_SEEDS : 1,
    stays: true,
    // Steps of networks and of code of one's own take long. All runs get as many tries, so all get few.
    coarse: problem.network !== undefined || tunesCode(state),
  };
  const others = Object.entries(optimizer).filter(([name]) => !tuned.has(name));
  return { body, key: JSON.stringify([{ ...body, optimizers: [] }, others]) };
}

/** Sets the values found for each run, as one edit. @param valuesById  by the id of a run */
export function setTuned(state: State, valuesById: Map<number, Record<string, number>>): State {
  const entries = state.entries.map((entry) =>
    valuesById.has(entry.id) ? { ...entry, optimizer: { ...entry.optimizer, ...valuesById.get(entry.id) } } : entry,
  );
  return { ...state, entries, edit: { kind: "runs" }, moving: false };
}
