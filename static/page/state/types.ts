/**
 * The shapes that pass between the modules of the page. Types only: nothing here runs.
 *
 * Rows follow the API: row 0 of a run is its start, n steps give n + 1 rows, and the gradient of row t is the
 * one that led to row t + 1.
 */
import type { Levels } from "../math/levels.ts";
import type { NetworkShape, Sample } from "../math/network.ts";
import type { ThemeName } from "../math/palette.ts";
import type { Flags } from "./flags.ts";

/** from low to high */
export type Interval = [number, number];

/** A part of the domain: one interval for each parameter (one for a 1-D problem, two otherwise). */
export type Window = Interval[];

/** A network to be trained; what is not given is what the catalog has for the data set. */
export interface NetworkSpec {
  dataset: string;
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
  schedule?: ScheduleSpec;
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

export type StopReason = "max_steps" | "min_step_size" | "target_loss" | "method_done" | "diverged";

/** A network as the server has it in force, with all its samples. */
export interface NetworkProblem extends NetworkShape {
  dataset: string;
  /** of the data set */
  label: string;
  kind: "classification" | "regression";
  /** names of what goes in, and of what should come out */
  inputs: string[];
  target: string;
  samples: Sample[];
  standardized: boolean;
}

export type Minimum = { at: number[]; loss: number; kind?: string };

/** The problem as the server describes it, with the words the page puts on it. */
export interface Problem {
  kind: "surface" | "expression" | "line_fit" | "network";
  /** names, in the order of every point */
  parameters: string[];
  /** of its map; empty where it has none, as a network with more than two parameters */
  domain: Window;
  minima: Minimum[];
  /** what the map is called */
  label: string;
  latex?: string;
  /** a formula of one's own, as typed */
  expression?: string;
  network?: NetworkProblem | null;
}

/**
 * The rows of one run. Arrays may be longer than what is filled: `Run.length` rows are valid in `parameters` and
 * `loss`, one fewer in the step columns. A step column is null until it has come.
 */
export interface Columns {
  /** one array for each parameter; of a network none, unless the run is looked at more closely (`bringsParameters`) */
  parameters: Float64Array[];
  loss: Float64Array;
  /** one array for each parameter */
  gradient: Float64Array[] | null;
  /** the points used by each step; empty: all of them */
  batch: (number[] | null)[] | null;
  /** of loss, gradient and Hessian, how often each had been evaluated by a row; only of runs by methods (`isMethod`) */
  evaluations?: Float64Array[] | null;
}

export type Column = keyof Columns;

/** What gradient and Hessian say of the place where a run ended. */
export interface EndPoint {
  /** what lies next to it */
  kind: "minimum" | "saddle" | "maximum" | "degenerate" | "undecided" | "none";
  /** where that lies */
  at: number[] | null;
  /** of a minimum, whether no known one is lower; null where none is known */
  lowest: boolean | null;
}

/** The quantity of a failed step that broke first. */
export interface Broken {
  quantity: "gradient" | "state" | "parameter" | "loss";
  failure: "not_a_number" | "infinite" | "too_large";
  parameter: string | null;
  state: string | null;
}

export interface End {
  stop_reason: StopReason;
  n_steps: number;
  diverged_at: number | null;
  what_broke?: Broken;
  end_point?: EndPoint;
}

/** The steps of a run from one change of its optimizer to the next. */
export interface Phase {
  /** the row that its first step leads on from */
  from: number;
  /** what changes there; empty in the first */
  words: string;
  /** a step is the rate times the gradient, and nothing else */
  plain: boolean;
  /** its gradients have noise */
  noisy: boolean;
}

/** One run as the views draw it. */
export interface Run {
  /** index into the palette, 0 to 7; kept when other runs come and go */
  slot: number;
  /** told apart from the other runs of the scene ("Adam 0.2" beside "Adam 0.4") */
  name: string;
  columns: Columns;
  /** rows received */
  length: number;
  /** null while rows may still come */
  end: End | null;
  hidden: boolean;
  /** in order, one at the least */
  phases: Phase[];
}

/**
 * Loss sampled on a grid: `loss[j * x.length + i]` at `x[i]`, `y[j]`; NaN where it is not finite.
 * A 1-D problem has no `y`.
 */
export interface Landscape {
  x: Float64Array;
  y: Float64Array | null;
  loss: Float64Array;
  /** what it was asked for */
  window: Window;
}

/** How a run would have gone on without its last change; from: the row of that. */
export interface Ghost {
  /** index of the run in the scene */
  index: number;
  from: number;
  run: Run;
}

/** Everything the map draws, apart from where the playhead stands. */
export interface Scene {
  problem: Problem;
  /** what is to be in sight, at the least; null: the whole domain */
  window: Window | null;
  /** null: not there yet */
  landscape: Landscape | null;
  /** from the landscape of the whole domain, whatever the window */
  levels: Levels | null;
  start: number[];
  runs: Run[];
  /** index into runs */
  selected: number | null;
  /** whole, as `wholeRuns` are */
  ghosts: Ghost[];
  /** as far as they go in all, where what lies ahead of the playhead is hidden */
  wholeRuns: Run[];
  /** the plane on which the map of a network lies; no run starts from a place on it, as that would turn the plane */
  plane: PlaneOnMap | null;
  /** the place that was answered to the question of a preset, and the one that is right, once that shows */
  guess: { at: number[]; end: number[] | null } | null;
  /** the losses that are tried one after another, where that is shown */
  search: Landscape | null;
  /** of the preset */
  dwells: Dwell[];
  /** rows ahead of the playhead are hidden, and there are some */
  hidesAhead: boolean;
  theme: ThemeName;
  projector: boolean;
  /** of type and lines: 1, more on a projector */
  scale: number;
  /** the picture is from before a change that was refused or has not been answered: pale */
  stale: boolean;
  reducedMotion: boolean;
}

/**
 * Where the playhead stands; a fraction lies between two rows. `highlighted` is a quantity of the rule that is pointed
 * at, `direction` the way it would have the selected run go, in parameters, where it is a direction of its own.
 */
export type Playhead = { step: number; highlighted?: string | null; direction?: number[] | null; hovered?: Hit | null };

/** a run (index into the scene's runs) and one of its rows; onMap: pointed at there, where its values are written */
export type Hit = { run: number; step: number; onMap?: boolean };

export interface MapEvents {
  /** the window can be set; else wheel and arrows scroll the page */
  zooms: boolean;
  /** moving: more is to come (a drag) */
  onStart: (point: number[], moving: boolean) => void;
  /** a click on the ground @returns whether it was asked for; otherwise it moves the start */
  onPlace: (point: number[]) => boolean;
  onWindow: (window: Window | null, moving: boolean) => void;
  onSeek: (run: number, step: number) => void;
  /** the words beside the start were pressed */
  onStartName: () => void;
  onHover: (hit: Hit | null) => void;
  /** the window in sight, frame to frame */
  onNeedLandscape: (window: Window, resolution: number) => void;
}

export interface MapView {
  render: (scene: Scene, playhead: Playhead) => void;
  /** the quantity whose arrow is there */
  arrowAt: (clientX: number, clientY: number) => string | null;
  resize: () => void;
  destroy: () => void;
}

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
  expression: string;
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

type Loss = { name: string; label: string; expression?: string; latex?: string; mean?: boolean };
type Schedule = { name: string; label: string; params: Param[]; summary?: string };

/** How the question of a preset is answered, and the answer its runs give; runs, options and places as listed. */
export type Guess =
  | { kind: "place"; run: number; answer: number[] }
  /** `answer` is the run that takes place 1 of `places`; a value is null where a run never gets there */
  | { kind: "run"; unit: "steps" | "loss"; values: (number | null)[]; places: number[]; answer: number }
  | { kind: "choice"; options: string[]; answer: number }
  | { kind: "step"; run: number; answer: number };

/** To a question: a place in parameters; a step; or the index of a run or of an option. */
export type Answer = number[] | number;

/** What is to be changed afterwards: "do: then" is one sentence. The control is of all runs where `run` is null. */
export interface ProposedChange {
  do: string;
  then: string;
  control: { run: number | null; param: string; value: number | number[] };
}

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
  /** of the first preset also in brief, as these are */
  question?: string;
  ask?: string;
  guess?: Guess;
  change?: ProposedChange;
  dwell?: Dwell[];
  query: string;
  core?: boolean;
  look_at?: "map" | "loss";
  count?: Count;
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

/** A chart as it stands on screen, for whoever takes it away. */
export interface ChartExport {
  /** of a file, in a word or two: "loss" */
  name: string;
  title: string;
  /** markup of an SVG of its own */
  svg: string;
}

/** How the page is looked at: kept in the fragment of its address, which no server sees. */
export interface Display extends Flags {
  /** index of a run */
  selected: number | null;
  /** indices of runs */
  hidden: number[];
  /** palette index of each run; null: in order */
  slots: number[] | null;
  /** where the playhead stands; null: it plays from the start */
  step: number | null;
  explain: Explain;
}

/** What is explained beside the map. */
export interface Explain {
  /** the working of the next step is shown */
  working: boolean;
  /** what stands in the drawer under the map */
  drawer: string | null;
  /** index of the parameter whose numbers are shown */
  parameter: number;
  /** index of the run that is compared with */
  against: number | null;
  /** the charts are of one run, not of all */
  alone: boolean;
  /** the charts show the first steps only; null: where something is over early */
  first: boolean | null;
  /** what stands largest in the charts of all runs; null: their first */
  quantity: string | null;
  /** the average taken apart, by its name; null: the first of the rule */
  average: string | null;
  /** tried on it; null: its own */
  beta: number | null;
  /** whether its start at 0 is made up for; null: as its rule has it */
  corrected: boolean | null;
  /** of the temperatures, whose average is taken apart */
  day: number | null;
  /** what the map of a network lies along: its "path", or two parameters as "w1_1_1,b1_1"; null: no map is drawn */
  plane: string | null;
  /** of a step of a network, by its name; null: the whole step */
  substep: string | null;
  /** which sample of the batch goes through a network, in its order */
  sample: number;
}

/** What each point that a step sees adds to the gradient, as it was worked out. */
export interface Shares {
  /** its index */
  run: number;
  /** the one in sight */
  parameter: string;
  /** by the index of the point */
  values: Map<number, number>;
  /** what they make, in words */
  total: string;
  /** in the units that are fitted */
  residuals: Map<number, number>;
  /** for each parameter */
  all: { parameter: string; value: Map<number, number> }[];
}

/** All that an address says. */
export interface PageAddress {
  spec: Spec;
  window: Window | null;
  display: Display;
}

/** a run asked for */
export type Entry = { id: number; slot: number; hidden: boolean; optimizer: OptimizerSpec };

/** What has come of an entry. */
export interface Received {
  /** the spec it answers, as text */
  key: string;
  /** the problem it answers */
  problemKey: string;
  columns: Columns;
  length: number;
  end: End | null;
  /** more rows exist than were asked for */
  cut: boolean;
  notes: string[];
}

/** A problem as a reply describes it. */
export type WireProblem = Omit<Problem, "label"> & { label?: string; points?: [number, number][] };

/** What the server has said last of a problem. alone: of which network without runs; else empty */
export interface Described {
  /** of the problem */
  key: string;
  alone: string;
  problem: WireProblem;
  start: number[];
}

/** Runs as they are asked for in one request, and how far that has come. */
export interface RunsAsked {
  key: string;
  columns: Column[];
  problemKey: string;
  spec: Spec;
  /** of the entries, in the order of the spec, and the keys of their runs */
  ids: number[];
  keys: string[];
  /** of the parameters, once known */
  names: string[];
  lastId: string | null;
  /** by id */
  rows: Record<number, Received>;
}

/** The problem that stands on the map, as far as it has come. */
export interface ProblemOnMap {
  key: string;
  problem: Problem;
  /** the problem's own */
  start: number[];
  points: [number, number][] | null;
  /** the whole domain; null: not there yet */
  wholeLandscape: Landscape | null;
  /** of the whole landscape */
  levels: Levels | null;
}

/** The plane through the parameters of a network that its map shows, as it was asked for and came. */
export interface PlaneOnMap {
  /** all that it depends on, as text; of the problem alone */
  key: string;
  problemKey: string;
  /** over all of it */
  landscape: Landscape;
  levels: Levels;
  /** the two parameters along which it lies, whose own values the axes are; null along principal directions */
  parameters: [string, string] | null;
  /** how much of the paths it holds, from 0 to 1; null without runs */
  share: number | null;
  /** which plane it is, and what it holds */
  sentence: string;
  start: [number, number];
  /** by the text of the run: its rows, projected onto it */
  paths: Record<string, [Float64Array, Float64Array]>;
}

/** Two values with nothing tried between: the last that does not fail, and the next, which fails like all beyond. */
export type Gap = { holds: number; fails: number };

/** From which value of a sweep on all end above their start, and from which on all diverge; null: from none. */
export type Edge = { rises: Gap | null; diverges: Gap | null };

export interface Sweep {
  key: string;
  over: string;
  values: number[];
  loss: (number | null)[];
  stop_reason: StopReason[];
  edge: Edge;
}

/** The losses that an exhaustive search goes through. */
export interface Search {
  /** what it was asked for */
  key: string;
  problemKey: string;
  losses: Landscape;
}

/** The loss of many runs that differ in their seeds alone, at each step: quartiles, NaN where not finite. */
export interface Band {
  /** all that it depends on, as text */
  key: string;
  /** seen by then; null without data */
  samples: Float64Array | null;
  low: Float64Array;
  median: Float64Array;
  high: Float64Array;
}

/** What the sentence of a code is made with. */
// biome-ignore lint/suspicious/noExplicitAny: each code has values of its own
export type CodeValues = Record<string, any>;

/** One thing the server found wrong with a request. */
export interface Refusal {
  loc: (string | number)[];
  msg: string;
  /** a code */
  type: string;
  /** the values of the sentence */
  ctx: CodeValues;
}

/** What stands between the page and the picture it was asked for. */
export type Fault =
  /** retryAt: null while it is asked again */
  | { kind: "gone"; said: string; retryAt: number | null }
  | { kind: "refused"; errors: Refusal[]; problemKey: string; entry: number | null };

/** What is asked for: all that the address keeps, and so what going back in the history brings back. */
export interface Asked extends Flags {
  problem: ProblemSpec;
  start: number[] | null;
  window: Window | null;
  entries: Entry[];
  stop: StopSpec;
  seed: number;
  /** id of an entry */
  selected: number | null;
  explain: Explain;
}

/** What is known of something that a part has asked for; waits: in words, why nothing has come. */
export type Known<T> = { value: T } | { refused: Refusal[] } | { waits: string };

/** What the server has answered, which may be to something asked for before: each with the key it answers. */
export interface Answered {
  catalog: Catalog | null;
  problemOnMap: ProblemOnMap | null;
  described: Described | null;
  /**
   * the whole landscape that came last
   * coarse: of the domain as it was before points were dragged
   * window: the one asked for; null: the usual domain
   */
  whole: { key: string; landscape: Landscape; coarse: boolean; window: Window | null } | null;
  /** that of a formula over its usual domain, and the domain that was chosen for it */
  usual: { key: string; landscape: Landscape } | null;
  domain: { key: string; window: Window } | null;
  /** of the window in sight */
  inSight: { key: string; landscape: Landscape } | null;
  /** by the id of the entry */
  runs: Record<number, Received>;
  /** of runs that change on the way, by the id of the entry: as they would have gone on without their last change */
  ghosts: Record<number, Received>;
  /** by the id of the entry */
  sweeps: Record<number, Sweep>;
  plane: PlaneOnMap | null;
  search: Search | null;
  /** by the id of the entry */
  bands: Record<number, Band>;
  /** a stream of runs that has not come to its end: where it breaks off it is gone on with */
  stream: RunsAsked | null;
  /** what parts have asked for, by the name of the resource and the key */
  known: Record<string, Record<string, Known<unknown>>>;
  /** what the server will not have, and why, by the name of the resource and the key */
  refused: Record<string, Refusal[]>;
  fault: Fault | null;
}

/** What was changed last. */
export interface Edit {
  kind:
    | "open"
    | "restore"
    | "problem"
    | "expression"
    | "fit"
    | "network"
    | "points"
    | "start"
    | "window"
    | "value"
    | "optimizer"
    | "runs"
    | "hidden"
    | "selected"
    | "stop"
    | "seed"
    | "reveal"
    | "projector"
    | "explain";
  /** what of it, where there are several: changes of one kind and of the same in a row are one step of the history */
  of?: string;
}

/** What an action has done besides what it was asked for, to runs by their id. It is past once `entries` are others. */
export interface Remark {
  entries: Entry[];
  /** instead: another optimizer than before, by its label before */
  changes: { id: number; rate: boolean; noise: boolean; instead?: string }[];
}

/** What goes with the moment: kept nowhere. */
export interface Momentary {
  theme: ThemeName;
  /** on narrow screens: the panel that shows */
  tab: string;
  hovered: Hit | null;
  /** the quantity of a rule that is pointed at, by its name */
  highlighted: string | null;
  /** what each point of the data adds to the step that is worked out */
  shares: Shares | null;
  /** a control is being held: more of the same is to come */
  moving: boolean;
  edit: Edit;
  /** of the plane that is shown; null: all of it */
  planeWindow: Window | null;
  /** the window that the map is to be drawn over, and how finely: samples a side */
  needed: { window: Window; resolution: number } | null;
  /** something shows where each learning rate ends */
  showsSweeps: boolean;
  /** coordinates of the start that the formula has no variable for: they wait for one that has */
  spare: number[];
  remark: Remark | null;
  /** what was answered to the question of the preset */
  answer: Answer | null;
  /** the change that the preset proposes is being told */
  proposes: boolean;
  /** what a figure asks of itself, in place of the presets of the catalog */
  ownPreset: Preset | null;
}

/** The state of the page: flat, as whoever draws is told apart by the fields that it reads. */
export type State = Asked & Answered & Momentary;
