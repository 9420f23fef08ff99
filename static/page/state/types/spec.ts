/** What is to be computed: a problem and its runs, as the API takes them. */

/** from low to high */
export type Interval = [number, number];

/** A part of the domain: one interval for each parameter (one for a 1-D problem, two otherwise). */
export type Window = Interval[];

/** A network to be trained, on a data set or on points; what is not given is what the catalog has for these. */
export interface NetworkSpec {
  dataset?: string;
  /** of each the inputs, then the target; kind: of the targets, where it does not follow from them */
  points?: number[][];
  kind?: "classification" | "regression";
  /** neurons of each hidden layer */
  hidden?: number[];
  activation?: string;
  loss?: string;
}

/** What is minimised, as the API's `problem` says it: exactly one of the first five, and what goes with it. */
export interface ProblemSpec {
  surface?: string;
  expression?: string;
  dataset?: string;
  points?: [number, number][];
  network?: NetworkSpec;
  loss?: string;
  standardize?: boolean;
}

/** One optimizer of the spec, flat: its name or its rule, the learning rate and every other value given. */
export interface OptimizerSpec {
  name?: string;
  rule?: string;
  learning_rate?: number;
  label?: string;
  form?: string;
  schedule?: ScheduleSpec | null;
  batch_size?: number | null;
  sampling?: string;
  first_points?: number | null;
  noise?: number;
  changes?: OptimizerSpec[];
  [hyperparameter: string]: unknown;
}

export type ScheduleSpec = { name: string; [parameter: string]: string | number };

export interface StopSpec {
  max_steps: number;
  min_step_size: number | null;
  target_loss: number | null;
  small?: string;
}

export interface Spec {
  problem: ProblemSpec;
  /** null: the problem's own */
  start: number[] | null;
  optimizers: OptimizerSpec[];
  stop: StopSpec;
  seed: number;
}
