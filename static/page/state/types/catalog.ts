/** Everything that can be named, as the server tells it. */
import type { Wire } from "./wire.ts";

/** Brief or whole: what the brief catalog leaves out may be missing. */
type Told<Brief extends keyof Wire, Whole extends keyof Wire> = Wire[Brief] &
  Partial<Omit<Wire[Whole], keyof Wire[Brief]>>;

export type Param = Told<"BriefParam", "Param">;
export type Equal = Wire["Equal"];
export type Form = Told<"BriefForm", "Form">;
export interface Optimizer extends Told<"BriefOptimizer", "Optimizer"> {
  forms: Form[];
  params: Param[];
}
/** Fields of a run, a network to fit, and what else is made of a run. */
export type Refusable = Optimizer["refuses"][number];

export type Surface = Told<"BriefSurface", "Surface">;
type FitDefaults = Told<"BriefFitView", "FitView">;
export interface Dataset extends Told<"BriefDataset", "Dataset"> {
  raw: FitDefaults;
  standardized: FitDefaults;
}
export type NetworkDataset = Wire["NetworkDataset"];
export type Networks = Wire["Networks"];

export interface Catalog extends Pick<Wire["BriefCatalog"], "own_formula" | "language" | "limits" | "own_version"> {
  optimizers: Optimizer[];
  surfaces: Surface[];
  datasets: Dataset[];
  losses: Told<"BriefLoss", "Loss">[];
  schedules: Told<"BriefSchedule", "Schedule">[];
  presets: Preset[];
  /** not in brief */
  networks?: Networks;
}

/** What visitors read as "scene"; brief, only the first of the page has what it asks and tells. */
export type Preset = Partial<Wire["Preset"]> & Pick<Wire["Preset"], "name" | "group" | "title" | "query">;
export type ProposedChange = Wire["ProposedChange"];
/** Steps in which something quick happens to a run. */
export type Dwell = Wire["Dwell"];
/** What a loss chart counts along its axis. */
export type Count = Wire["Preset"]["count"];

/** How the question of a preset is answered, and the answer its runs give; runs, options and places as listed. */
export type Guess = Wire["Preset"]["guess"];
export type QuestionKind = Guess["kind"];
export type ChangeGuess = Wire["Preset"]["change_guess"];
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

/** What a sentence says, marked where it happens; runs by their index, of a place on a curve the second is the loss. */
export type Evidence = Wire["Preset"]["evidence"][number];
export type EvidenceOf<K extends Evidence["kind"]> = Evidence & { kind: K };
export type EvidenceInChart = EvidenceOf<"goal" | "ends" | "level" | "moment">;
export type EvidenceOnMap = EvidenceOf<"away" | "crossings" | "line" | "read_off">;
/** Drawn on the map, and enlarged in an inset. */
export type EnlargedStep = EvidenceOf<"step" | "rescaled">;
