/** The working of one step, as the API tells it. LaTeX is marked (words/marks.ts) and rounded, values are in full. */

import { sampleIndex } from "../state/networkStep.ts";
import type { Entry, State } from "../state/types.ts";
import { ofRun, replyOf } from "./resource.ts";

/** a formula with its numbers; null: not finite, too long to read */
export type FilledFormula = { value: number | null; value_latex?: string; latex: string | null };
/**
 * What one point of the data, by its index from 0, adds to the gradient: by the chain rule through its residual, and
 * with the data put in (null where there are many points).
 */
export type WireTerm = FilledFormula & {
  point: number;
  residual: FilledFormula;
  chain: FilledFormula;
  formula_latex: string | null;
};

/**
 * The chain rule in symbols: LaTeX of the loss, of one residual, of the rule, and of what differentiating makes of it;
 * divisor: by what the sum of the terms is divided.
 */
export interface WireChain {
  loss_latex: string | null;
  residual_latex: string | null;
  rule_latex: string;
  product_latex: string | null;
  divisor: number | null;
}

/** one component of the gradient; clean: without the noise */
export type WireGradient = FilledFormula & {
  formula: string | null;
  formula_latex: string | null;
  clean: number;
  noise: number | null;
  terms: WireTerm[] | null;
  chain: WireChain | null;
};

/** shared: the same for every parameter */
interface WireLine {
  name: string;
  formula: string;
  latex: string | null;
  shared: boolean;
  values: Record<string, FilledFormula>;
}
/** value: a number, a vector, a matrix by its rows, or a word; the LaTeX is null where there is too much to print */
export interface WireMethodLine {
  name: string;
  latex: string;
  value: number | number[] | number[][] | string;
  filled_latex: string | null;
  value_latex: string | null;
}
type WireScheduleLine = { name: string; formula: string; latex: string | null; filled: FilledFormula };
/** how the rate in force came about */
type WireRate = FilledFormula & { schedule: string; label: string; lines: WireScheduleLine[] };

/** of a network: a quantity by its name, and its whole equation in symbols */
export type WireEquation = FilledFormula & { name: string; formula_latex: string | null };
/** the derivative of the loss in the pre-activation of one neuron, and the two whose product it is */
export type WireDelta = WireEquation & { local_derivative: WireEquation; from_above: WireEquation };
/** the way forward of one sample: by layer, a pre-activation and an activation for each neuron; and its loss */
type WireSample = { layers: { preactivation: WireEquation[]; activation: WireEquation[] }[]; error: WireEquation };

export interface WireStep {
  /** from 1 */
  t: number;
  rate: WireRate;
  /** the parameters on both sides */
  before: Record<string, number>;
  after: Record<string, number>;
  /** before the step, by state and parameter */
  states: Record<string, Record<string, number | null>>;
  /** indices of the points seen; null: all */
  batch: number[] | null;
  /** by parameter */
  gradient: Record<string, WireGradient>;
  /** of a network; null of any other. backward: from the output to the first layer, of each sample and neuron */
  samples?: WireSample[] | null;
  backward?: { layer: number; delta: WireDelta[]; gradient: Record<string, WireEquation> }[] | null;
  /** of a rule; none of a method that is no rule */
  lines: WireLine[];
  /** of a method alone */
  method_lines?: WireMethodLine[];
  notes: string[];
}

/** The need for the working of a step; of a network only the chosen sample is written out. */
export function stepNeed(state: State, entry: Entry, t: number) {
  const { samples = [] } = state.problemOnMap?.problem.network ?? {};
  const isAll = !state.runs[entry.id]?.columns.batch?.length;
  const sample = state.problem.network ? sampleIndex(samples, isAll, state.explain.sample) : undefined;
  return ofRun(state, entry, { t, marked: true, sample });
}

/** So many steps are kept that going back and forth over some seconds of a run needs no request. */
export const step = replyOf<WireStep>("step", 400, "/trajectories/step");
