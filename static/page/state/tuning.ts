/** Tuning: which hyperparameters of a run are tuned, the request to the server, and the action that sets the result. */

import { isOwn } from "./catalog.ts";
import { goalOf } from "./evidence.ts";
import { namesIn, paramsOf } from "./rules.ts";
import { isRandom } from "./seeds.ts";
import { specOf } from "./state.ts";
import type { Catalog, Entry, OptimizerSpec, Param, Scene, State } from "./types.ts";

/** The most hyperparameters that are tuned at once. */
const MOST_TUNED = 3;
/** The number of seeds of a run that depends on one; its median counts. */
export const TUNED_SEEDS = 5;
/** Rates are tried up to this many times the end of their slider: AdaGrad is often best beyond it. */
const RATES_BEYOND = 10;
/** The proposed goal lies above the lowest loss by this share of the fall from the first loss. */
const ABOVE_LOWEST = 1e-3;

/** @returns the hyperparameters of an optimizer that are tuned: its learning rate and decays, at most three */
export function tunedParams(catalog: Catalog | null, optimizer: OptimizerSpec): Param[] {
  return paramsOf(catalog, optimizer)
    .filter(({ name, scale, min, max }) => min < max && (name === "learning_rate" || scale === "decay"))
    .slice(0, MOST_TUNED);
}

/** @returns names of the hyperparameters of a visitor's rule for which the catalog has no range to tune over */
export function paramsWithoutRange(catalog: Catalog | null, { rule }: OptimizerSpec): string[] {
  if (rule === undefined) return [];
  const withRanges = new Set((catalog?.optimizers ?? []).flatMap(({ params }) => params.map(({ name }) => name)));
  return namesIn(rule, catalog).hyperparameters.filter((name) => !withRanges.has(name));
}

/**
 * @returns the loss to tune for: the goal of the preset, else one slightly above the lowest loss of the runs, in two
 *   significant digits; null while no loss has fallen
 */
export function proposedLoss({ shownRuns, shownEvidence }: Pick<Scene, "shownRuns" | "shownEvidence">): number | null {
  const goal = goalOf(shownEvidence);
  if (goal) return goal.loss;
  let [first, lowest] = [NaN, Infinity];
  for (const { columns, length } of shownRuns) {
    if (length) first = columns.loss[0];
    for (let row = 0; row < length; row++) if (columns.loss[row] < lowest) lowest = columns.loss[row];
  }
  if (!(first > lowest)) return null;
  const near = lowest + ABOVE_LOWEST * (first - lowest);
  const digit = 10 ** (Math.floor(Math.log10(Math.abs(near) || 1)) - 1);
  return Number((Math.ceil(near / digit) * digit).toPrecision(2));
}

/** @returns the interval in which values of a hyperparameter are tried */
const spanOf = ({ name, min, max }: Param) => ({ from: min, to: name === "learning_rate" ? RATES_BEYOND * max : max });

/** @returns whether a visible run or the loss is a user's own code, which computes one point at a time */
export const tunesOwnCode = ({ problem, entries }: Pick<State, "problem" | "entries">): boolean =>
  isOwn(problem.surface) || entries.some(({ hidden, optimizer }) => !hidden && isOwn(optimizer.name));

/**
 * @param loss  to be reached in the fewest gradients
 * @param rateOnly  tunes the learning rate alone
 * @returns the body of the request, and a key of all that its reply depends on: not the values that are tuned
 */
export function tuneRequest(state: State, entry: Entry, loss: number, rateOnly: boolean = false) {
  const { catalog, problem } = state;
  const all = tunedParams(catalog, entry.optimizer);
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
    // Steps of networks and of a user's own code take long. All runs get equally many tries, so all get few.
    coarse: problem.network !== undefined || tunesOwnCode(state),
  };
  const others = Object.entries(optimizer).filter(([name]) => !tuned.has(name));
  return { body, key: JSON.stringify([{ ...body, optimizers: [] }, others]) };
}

/** Sets the values found for each run, as one edit. @param valuesById  by the id of a run */
export function setTuned(state: State, valuesById: Map<number, Record<string, number>>): State {
  const entries = state.entries.map((entry) =>
    valuesById.has(entry.id) ? { ...entry, optimizer: { ...entry.optimizer, ...valuesById.get(entry.id) } } : entry,
  );
  return { ...state, entries, edit: { kind: "runs" }, dragging: false };
}
