/** A contest: people hand in values of one run, and the value is best whose run ends lowest, or is there first. */

import { emptyAddress } from "./address.ts";
import { hasData } from "./catalog.ts";
import { withGuesses } from "./guesses.ts";
import { paramsOf } from "./rules.ts";
import { SLOTS, specOf } from "./state.ts";
import type { Entry, Guesses, Optimizer, PageAddress, Run, Spec, State } from "./types.ts";

/** What is set: hyperparameters, the name of an optimizer, a start. */
export type ContestValues = Record<string, number | string | number[]>;

/** What may be set besides hyperparameters. */
export const [OPTIMIZER, START] = ["optimizer", "start"];

/** What one has handed in, and what came of it. */
export interface ContestEntry {
  /** from 1 */
  seat: number;
  /** null: it never got there, or diverged, as the result says */
  place: number | null;
  values: ContestValues;
  result: number | null;
}

export interface Contest {
  question: string;
  /** of one run */
  spec: Spec;
  /** hyperparameters, the optimizer, the start: what may be set */
  sets: string[];
  /** one of them */
  counts: { lowest_loss_after?: number; fewest_steps_to?: number };
  open: boolean;
  handed_in: number;
  entries: ContestEntry[];
}

export type ContestOffer = Pick<Contest, "spec" | "sets" | "counts">;

/** So many seats have a mark of their own; beyond, a number beside it tells them apart. */
export const MARKS = SLOTS * SLOTS;

/** The shape and the colour of a seat, both slots: the first eight are those of runs. */
export function seatMark(seat: number): { shape: number; colour: number } {
  const [shape, round] = [(seat - 1) % SLOTS, Math.floor((seat - 1) / SLOTS)];
  return { shape, colour: (shape + round) % SLOTS };
}

/** @returns the best of them, of several the first; null: none is any good */
export const bestOf = (entries: ContestEntry[]): ContestEntry | null =>
  entries.find(({ place }) => place === 1) ?? null;

/** Whether the lowest loss counts; else the fewest steps to one. */
export const countsLoss = ({ counts }: Pick<Contest, "counts">): boolean => counts.lowest_loss_after !== undefined;

/** @returns the stop rules of every run of it */
const stopOf = ({ spec, counts }: Contest): Spec["stop"] => ({
  max_steps: counts.lowest_loss_after ?? spec.stop.max_steps,
  min_step_size: null,
  target_loss: counts.fewest_steps_to ?? null,
});

/** @returns its spec with values set: another optimizer has its own defaults */
export function specWith(contest: Contest, { [OPTIMIZER]: name, [START]: start, ...values }: ContestValues): Spec {
  const { spec } = contest;
  const run = name === undefined ? spec.optimizers[0] : { name: name as string };
  return {
    ...spec,
    start: (start as number[] | undefined) ?? spec.start,
    optimizers: [{ ...run, ...(values as Record<string, number>) }],
    stop: stopOf(contest),
  };
}

/** @returns the hyperparameter that entries lie over: the rate, or the first; null: none may be set */
export const alongOf = ({ sets }: Pick<Contest, "sets">): string | null => {
  const numbers = sets.filter((name) => name !== OPTIMIZER && name !== START);
  return numbers.find((name) => name === "learning_rate") ?? numbers[0] ?? null;
};

/** @returns where a run of it ends, by what counts; null: it diverged, or is never there */
export function resultOf(contest: Contest, { columns, length, end }: Pick<Run, "columns" | "length" | "end">) {
  if (!end || end.stop_reason === "diverged") return null;
  if (countsLoss(contest)) return columns.loss[length - 1];
  return end.stop_reason === "target_loss" ? end.n_steps : null;
}

/** @returns the run that a contest is of unless another one is chosen; null: there is none */
export const entryOfContest = ({ entries, selected }: State): Entry | null =>
  entries.find(({ id }) => id === selected) ?? entries[0] ?? null;

/** @returns what may be set of it: hyperparameters, the optimizer, on a map the start */
export const settableFields = ({ catalog, problem }: State, { optimizer }: Pick<Entry, "optimizer">): string[] => [
  ...paramsOf(catalog, optimizer).map(({ name }) => name),
  OPTIMIZER,
  ...(problem.network ? [] : [START]),
];

/** @returns of what is set once a word is pressed: another optimizer has other hyperparameters, but each a rate */
export function setsAfter(sets: string[], name: string): string[] {
  if (sets.includes(name)) return sets.filter((setName) => setName !== name);
  const others = sets.filter((setName) => setName === "learning_rate" || setName === "start" || setName === OPTIMIZER);
  if (name === OPTIMIZER) return [...others, name];
  const takesOptimizer = !others.includes(OPTIMIZER) || name === "learning_rate" || name === "start";
  return [...(takesOptimizer ? sets : sets.filter((setName) => setName !== OPTIMIZER)), name];
}

/** @returns the optimizers that one may choose from: all that have what else is set, and go with the problem */
export const eligibleOptimizers = (state: State, sets: string[]): Optimizer[] =>
  (state.catalog?.optimizers ?? []).filter(
    ({ params, needs_sampling, refuses = [] }) =>
      sets.every((set) => set === OPTIMIZER || set === START || params.some(({ name }) => name === set)) &&
      (!needs_sampling || hasData(state.problem)) &&
      !(state.problem.network && refuses.includes("network")),
  );

/** @param entry  of a page */
export const contestOf = (state: State, entry: Entry, terms: Pick<Contest, "sets" | "counts">): ContestOffer => ({
  spec: specOf(state, [entry]),
  ...terms,
});

/** @param slot  of the run */
export function contestAddress(contest: Contest, values: ContestValues, slot: number): PageAddress {
  const { display, ...address } = emptyAddress();
  return { ...address, spec: specWith(contest, values), display: { ...display, slots: [slot] } };
}

/** Shows the starts that were handed in as dots on the map. */
export function showStarts(state: State, entries: ContestEntry[]): State {
  const guesses: Guesses = {
    kind: "place",
    entries: entries.map(({ values }) => values[START] as number[]),
    truth: null,
    again: null,
    choices: null,
    run: null,
    plain: true,
  };
  return withGuesses(state, guesses);
}
