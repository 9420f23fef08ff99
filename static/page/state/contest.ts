/** A contest: values of one run are handed in, and the one that ends lowest, or is there first, is best. */

import { emptyAddress } from "./address.ts";
import { SLOTS, specOf } from "./state.ts";
import type { PageAddress, Run, Spec, State } from "./types.ts";

/** What one has handed in, and what came of it. */
export interface ContestEntry {
  /** from 1 */
  seat: number;
  /** null: it never got there, or diverged, as the result says */
  place: number | null;
  values: Record<string, number>;
  result: number | null;
}

export interface Contest {
  question: string;
  /** of one run */
  spec: Spec;
  /** the hyperparameters that may be set */
  sets: string[];
  /** one of them */
  counts: { lowest_loss_after?: number; fewest_steps_to?: number };
  open: boolean;
  handed_in: number;
  entries: ContestEntry[];
}

/** So many people have a mark of their own; more have a number beside it. */
export const MARKS = SLOTS * SLOTS;

/** The shape and the colour of a seat, both slots: the first eight are those of runs. */
export function seatMark(seat: number): { shape: number; colour: number } {
  const [shape, round] = [(seat - 1) % SLOTS, Math.floor((seat - 1) / SLOTS)];
  return { shape, colour: (shape + round) % SLOTS };
}

/** @returns the best of them, of several the first; null: none is any good */
export const bestOf = (entries: ContestEntry[]): ContestEntry | null =>
  entries.find(({ place }) => place === 1) ?? null;

/** @returns the stop rules of every run of it */
const stopOf = ({ spec, counts }: Contest): Spec["stop"] => ({
  max_steps: counts.lowest_loss_after ?? spec.stop.max_steps,
  min_step_size: null,
  target_loss: counts.fewest_steps_to ?? null,
});

/** @returns its spec with values set */
export function specWith(contest: Contest, values: Record<string, number>): Spec {
  const { spec } = contest;
  return { ...spec, optimizers: [{ ...spec.optimizers[0], ...values }], stop: stopOf(contest) };
}

/** @returns where a run of it ends, by what counts; null: it diverged, or is never there */
export function resultOf({ counts }: Contest, { columns, length, end }: Pick<Run, "columns" | "length" | "end">) {
  if (!end || end.stop_reason === "diverged") return null;
  if (counts.lowest_loss_after !== undefined) return columns.loss[length - 1];
  return end.stop_reason === "target_loss" ? end.n_steps : null;
}

/** What the one that is chosen, or the first, of the runs of a page is opened as: its rate, after as many steps. */
export function contestOf(state: State): Pick<Contest, "spec" | "sets" | "counts"> | null {
  const entry = state.entries.find(({ id }) => id === state.selected) ?? state.entries[0];
  if (!entry) return null;
  return { spec: specOf(state, [entry]), sets: ["learning_rate"], counts: { lowest_loss_after: state.stop.max_steps } };
}

/** @param slot  of the run */
export function contestAddress(contest: Contest, values: Record<string, number>, slot: number): PageAddress {
  const { display, ...address } = emptyAddress();
  return { ...address, spec: specWith(contest, values), display: { ...display, slots: [slot] } };
}
