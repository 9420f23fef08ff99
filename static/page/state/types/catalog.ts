/** Everything that can be named, as the server tells it. */
import type { Minimum, NetworkProblem } from "./runs.ts";
import type { Window } from "./spec.ts";

/** A hyperparameter as the catalog declares it; min and max are a slider's, not the API's. */
export interface Param {
  name: string;
  default: number;
  min: number;
  max: number;
  scale: "log" | "decay" | "linear";
  help: string;
  whole?: boolean;
}

/** A rule that takes the same path once its values are converted; constant_rate: only at a constant rate. */
export type Equal = { name: string; form: string; values: Record<string, string>; constant_rate: boolean };

export interface Form {
  name: string;
  label: string;
  whose?: string;
  summary?: string;
  rule: string;
  latex: (string | null)[];
  equals?: Equal[];
}

export interface Optimizer {
  name: string;
  label: string;
  family?: string;
  summary: string;
  rule: string;
  latex?: string[];
  forms: Form[];
  params: Param[];
  needs_sampling?: boolean;
  batch_size?: number | null;
  initial?: Record<string, string>;
  /** what does not go with it; missing: nothing */
  refuses?: Refusable[];
}

/** Fields of a run, a network to fit, and what else is made of a run. */
export type Refusable = "batch_size" | "first_points" | "noise" | "schedule" | "network" | "sweep" | "program";

export interface Surface {
  name: string;
  label: string;
  /** not in brief */
  expression?: string;
  latex: string;
  domain: Window;
  start: number[];
  minima: Minimum[];
  suggested: Record<string, number>;
  summary?: string;
}

export interface Dataset {
  name: string;
  label: string;
  x_label: string;
  y_label: string;
  points: [number, number][];
  summary?: string;
  raw?: FitDefaults;
  standardized?: FitDefaults;
  opens_standardized?: boolean;
  /** with columns that the fit leaves out; `feature` and `target` are the two that it has */
  table?: { columns: string[]; rows: (number | string)[][]; feature: number; target: number } | null;
}

/** A start from which there is something to see, and learning rates by loss and optimizer; not in the brief catalog. */
type FitDefaults = { start: number[]; domain: Window; suggested?: Record<string, Record<string, number>> };

type Loss = { name: string; label: string; fit_latex?: string };
type Schedule = { name: string; label: string; params: Param[]; summary?: string };

/** How the question of a preset is answered, and the answer its runs give; runs, options and places as listed. */
export type Guess =
  | { kind: "place"; run: number; answer: number[] }
  /** `answer` is the run that takes place 1 of `places`; a value is null where a run never gets there */
  | { kind: "run"; unit: "steps" | "loss"; values: (number | null)[]; places: number[]; answer: number }
  /** `run` is the one that is asked about; null: several are */
  | { kind: "choice"; options: string[]; answer: number; run: number | null }
  | { kind: "step"; run: number; answer: number };

export type QuestionKind = Guess["kind"];

export type GuessOf<K extends QuestionKind> = Guess & { kind: K };

/** To a question: a place in parameters; a step; or the index of a run or of an option. */
export type Answer = number[] | number;

/** What many guessed of one question. */
export interface Guesses {
  kind: QuestionKind;
  /** the index of the run that it is asked of; null: of none */
  run: number | null;
  /** runs or options that there are; null: something else is asked for */
  choices: number | null;
  entries: Answer[];
  /** what is right; null: not known yet */
  truth: Answer | null;
  /** of the time before, where it was asked twice */
  again: Answer[] | null;
  /** they are of no question: the dots alone are drawn */
  plain?: boolean;
}

/** What is to be changed afterwards: "do: then" is one sentence. The control is of all runs where `run` is null. */
export interface ProposedChange {
  do: string;
  then: string;
  control: { run: number | null; param: string; value: number | number[] };
}

/** What a sentence says, marked where it happens; runs by their index, of a place on a curve the second is the loss. */
export type Evidence = EvidenceOnMap | EvidenceInChart | EnlargedStep | EvidenceBeside;

/** Drawn in the loss chart. */
export type EvidenceInChart =
  /** of each run the step at which its loss is there, or stays there; null: where it ends */
  | { kind: "goal"; loss: number | null; stays: boolean; text: string; runs: number[] | null }
  /** of each run its last loss; as a share above the least, where that is given */
  | { kind: "ends"; least: number | null }
  | { kind: "level"; run: number; first: number; last: number; loss: number; least: number; text: string }
  | { kind: "moment"; run: number | null; step: number; loss: number; text: string };

/** Drawn on the map. */
export type EvidenceOnMap =
  /** of each run the step at which a parameter is further from 0 */
  | { kind: "away"; parameter: number; distance: number }
  /** of each run where a parameter passes 0, and how often it does in so many steps */
  | { kind: "crossings"; parameter: number; steps: number }
  | {
      kind: "line";
      shape: "outline" | "ring" | "measure" | "bracket" | "arrow" | "plain";
      run: number | null;
      points: Place2[];
      text: string;
    }
  | { kind: "read_off"; run: number; at: Place2; texts: string[] };

/** Drawn on the map, and enlarged in an inset. */
export type EnlargedStep =
  /** how a step comes about, from `at` on: what it keeps, what the gradient adds, and what a rule calls these */
  | { kind: "step"; run: number; step: number; at: Place2; kept: Place2; added: Place2; terms: string[] }
  /** a step whose parts are the rate times the gradient divided by a size; in words, and in numbers part by part */
  | {
      kind: "rescaled";
      run: number;
      step: number;
      at: Place2;
      gradient: Place2;
      moved: Place2;
      text: string;
      texts: string[];
    };

/** Drawn at the sliders of the learning rate, and in the chart of distances. */
type EvidenceBeside =
  | { kind: "limit"; run: number; rate: number; text: string }
  /** of each run the step at which no more than a share of its distance to `at` is left, and of a factor kept a step */
  | { kind: "left"; run: null; at: Place2; share: number; kept: number[]; texts: string[] };

export type EvidenceOf<K extends Evidence["kind"]> = Evidence & { kind: K };

type Place2 = [number, number];

/** Steps in which something quick happens to a run. */
export type Dwell = { first: number; last: number; run: number; label: string };

/** What a loss chart counts along its axis. */
export type Count = "steps" | "samples" | "evaluations";

/** What visitors read as "scene": the query of a page that someone has prepared, with a sentence that is true of it. */
export interface Preset {
  name: string;
  group: string;
  title: string;
  /** in brief of the first preset alone */
  sentence?: string;
  /** beyond the sentence; not in brief */
  more?: string;
  /** the cause that answers its question, in a sentence; not in brief */
  why?: string;
  /** what *Why* draws first, where that is not of curvature; not in brief */
  cause?: "states" | null;
  /** the lesson on what it shows; not in brief */
  lesson?: string | null;
  lesson_title?: string | null;
  /** by which readers may look for it; not in brief */
  words?: string[];
  /** of the first preset also in brief, as these are */
  question?: string;
  ask?: string;
  guess?: Guess;
  change?: ProposedChange;
  dwell?: Dwell[];
  /** not in brief */
  evidence?: Evidence[];
  /** of what its change leads to, of the runs as they are then; not in brief */
  changed_evidence?: Evidence[];
  /** the step of a run at which what it is about happens; not in brief */
  telling?: { run: number; step: number };
  query: string;
  look_at?: "map" | "loss";
  count?: Count;
  seeds?: boolean;
  /** the map is tinted by where each start ends */
  ends?: boolean;
  /** what explains it on request, once the sentence is told */
  explanation?: string | null;
}

/** Samples for a network, and the network that suits them. */
export interface NetworkDataset {
  name: string;
  label: string;
  summary: string;
  inputs: string[];
  target: string;
  kind: NetworkProblem["kind"];
  /** of each sample the inputs, then the target, in their own units */
  rows: number[][];
  hidden: number[];
  activation: string;
  loss: string;
  suggested: Record<string, number>;
  note: string | null;
}

/** labels: takes the labels 0 and 1 alone */
type NetworkLoss = { name: string; label: string; summary: string; output: string; latex: string; labels: boolean };

export interface Networks {
  datasets: NetworkDataset[];
  /** for samples of one's own, without rows: what suits labels, and numbers */
  own: NetworkDataset[];
  activations: { name: string; label: string; summary: string }[];
  losses: NetworkLoss[];
}

/** Everything that can be named. */
export interface Catalog {
  optimizers: Optimizer[];
  surfaces: Surface[];
  datasets: Dataset[];
  losses: Loss[];
  schedules: Schedule[];
  presets?: Preset[];
  /** of a formula of one's own */
  own_formula?: { start: number[]; domain: Window };
  language?: { functions: string[]; constants: Record<string, number> };
  limits: Record<string, number>;
  /** left out, with what there is to read about the others, where it came in brief */
  networks?: Networks;
}
