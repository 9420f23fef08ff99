/**
 * A contest in a class: each seat hands in values for one run. Either the lowest loss after given steps wins, or the
 * fewest steps to a given loss.
 */

import { emptyAddress } from "./address.ts";
import { hasData } from "./catalog.ts";
import { withGuesses } from "./guesses.ts";
import { paramsOf } from "./rules.ts";
import { SLOTS } from "./slots.ts";
import { specOf } from "./state.ts";
import type { Entry, Guesses, Optimizer, PageAddress, Run, Spec, State } from "./types.ts";

/** The values of one entry: hyperparameters by name, and where they may be chosen the optimizer's name and a start. */
export type ContestValues = Record<string, number | string | number[]>;

/** The fields of an entry that are no hyperparameters. */
export const [OPTIMIZER, START] = ["optimizer", "start"];

/** What one seat has handed in, and its result. */
export interface ContestEntry {
  /** from 1 */
  seat: number;
  /** its rank, from 1; null: its run diverged or never reached the loss */
  place: number | null;
  values: ContestValues;
  result: number | null;
}

export interface Contest {
  question: string;
  /** a spec with one optimizer */
  spec: Spec;
  /** names of the fields that may be set: hyperparameters, OPTIMIZER, START */
  sets: string[];
  /** by what entries are ranked; exactly one of the two */
  counts: { lowest_loss_after?: number; fewest_steps_to?: number };
  open: boolean;
  handed_in: number;
  entries: ContestEntry[];
}

export type ContestTerms = Pick<Contest, "spec" | "sets" | "counts">;

/** Beyond this number of seats marks repeat, and a number beside the mark identifies the seat. */
export const SEATS_WITH_OWN_MARK = SLOTS * SLOTS;

/** @returns the shape and colour of a seat's mark, as slots (0 to 7); the first eight seats look like the runs */
export function seatMark(seat: number): { shape: number; colour: number } {
  const [shape, round] = [(seat - 1) % SLOTS, Math.floor((seat - 1) / SLOTS)];
  return { shape, colour: (shape + round) % SLOTS };
}

/** @returns the entry in place 1, the first of several; null: no entry has a place */
export const bestEntry = (entries: ContestEntry[]): ContestEntry | null =>
  entries.find(({ place }) => place === 1) ?? null;

/** @returns whether the lowest loss wins; else the fewest steps to a given loss */
export const countsLoss = ({ counts }: Pick<Contest, "counts">): boolean => counts.lowest_loss_after !== undefined;

/** @returns the stop rules of all runs of a contest */
const stopOf = ({ spec, counts }: Contest): Spec["stop"] => ({
  max_steps: counts.lowest_loss_after ?? spec.stop.max_steps,
  min_step_size: null,
  target_loss: counts.fewest_steps_to ?? null,
});

/** @returns the spec of an entry's run; another optimizer starts from its own defaults */
export function specWithValues(
  contest: Contest,
  { [OPTIMIZER]: name, [START]: start, ...values }: ContestValues,
): Spec {
  const { spec } = contest;
  const run = name === undefined ? spec.optimizers[0] : { name: name as string };
  return {
    ...spec,
    start: (start as number[] | undefined) ?? spec.start,
    optimizers: [{ ...run, ...(values as Record<string, number>) }],
    stop: stopOf(contest),
  };
}

/** @returns the hyperparameter along the axis of the chart: the rate, else the first; null: none may be set */
export const contestAxis = ({ sets }: Pick<Contest, "sets">): string | null => {
  const numbers = sets.filter((name) => name !== OPTIMIZER && name !== START);
  return numbers.find((name) => name === "learning_rate") ?? numbers[0] ?? null;
};

/** @returns the last loss of a run, or its steps to the given loss; null: it diverged or never reached that loss */
export function contestResult(contest: Contest, { columns, length, end }: Pick<Run, "columns" | "length" | "end">) {
  if (!end || end.stop_reason === "diverged") return null;
  if (countsLoss(contest)) return columns.loss[length - 1];
  return end.stop_reason === "target_loss" ? end.n_steps : null;
}

/** @returns the run proposed for a new contest: the selected one, else the first; null: there is none */
export const entryOfContest = ({ entries, selected }: State): Entry | null =>
  entries.find(({ id }) => id === selected) ?? entries[0] ?? null;

/** @returns the fields of a run that a contest may have set: hyperparameters, OPTIMIZER, and on a map START */
export const settableFields = ({ catalog, problem }: State, { optimizer }: Pick<Entry, "optimizer">): string[] => [
  ...paramsOf(catalog, optimizer).map(({ name }) => name),
  OPTIMIZER,
  ...(problem.network ? [] : [START]),
];

/**
 * Adds a field to those that may be set, or removes it. With the choice of the optimizer no hyperparameter but the
 * learning rate stays, as each optimizer has others.
 */
export function toggledFields(sets: string[], name: string): string[] {
  if (sets.includes(name)) return sets.filter((setName) => setName !== name);
  const others = sets.filter((setName) => setName === "learning_rate" || setName === "start" || setName === OPTIMIZER);
  if (name === OPTIMIZER) return [...others, name];
  const takesOptimizer = !others.includes(OPTIMIZER) || name === "learning_rate" || name === "start";
  return [...(takesOptimizer ? sets : sets.filter((setName) => setName !== OPTIMIZER)), name];
}

/** @returns the optimizers that may be chosen: those that have all other fields set, and can run on the problem */
export const eligibleOptimizers = (state: State, sets: string[]): Optimizer[] =>
  (state.catalog?.optimizers ?? []).filter(
    ({ params, needs_sampling, refuses = [] }) =>
      sets.every((set) => set === OPTIMIZER || set === START || params.some(({ name }) => name === set)) &&
      (!needs_sampling || hasData(state.problem)) &&
      !(state.problem.network && refuses.includes("network")),
  );

/** @returns a contest over one run of the page */
export const contestOfRun = (state: State, entry: Entry, terms: Pick<Contest, "sets" | "counts">): ContestTerms => ({
  spec: specOf(state, [entry]),
  ...terms,
});

/** @returns the address of a page with the run of one entry. @param slot  of that run */
export function contestAddress(contest: Contest, values: ContestValues, slot: number): PageAddress {
  const { display, ...address } = emptyAddress();
  return { ...address, spec: specWithValues(contest, values), display: { ...display, slots: [slot] } };
}

/** Draws the starts that were handed in as dots on the map. */
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
