/**
 * Problems and runs, and the scene that views draw.
 *
 * Rows follow the API: row 0 of a run is its start, n steps give n + 1 rows, and the gradient of row t is the one that
 * led to row t + 1.
 */
import type { Levels } from "../../math/levels.ts";
import type { ThemeName } from "../../math/palette.ts";
import type { Dwell, Evidence, Guesses } from "./catalog.ts";
import type { Bundle, Ends, PlaneOnMap } from "./replies.ts";
import type { OptimizerSpec, Window } from "./spec.ts";
import type { Wire } from "./wire.ts";

/** A network as the server has it in force, with all its samples. */
export type NetworkProblem = Wire["NetworkInForce"];

/** kind: of those that the catalog knows */
export type Minimum = Partial<Wire["Minimum"]> & Pick<Wire["Minimum"], "at" | "loss">;

/** The problem as the server describes it, with the words the page puts on it. */
export interface Problem extends Omit<Wire["Problem"], "label" | "points" | "minima"> {
  minima: Minimum[];
  /** what the map is called */
  label: string;
  /** a formula of one's own, as typed */
  expression?: string;
}

/**
 * The rows of one run. Arrays may be longer than what is filled: `Run.length` rows are valid in `parameters` and
 * `loss`, one fewer in the step columns. A step column is null until it has come.
 */
export interface Columns {
  /** one array for each parameter; empty where a run does not bring them (`hasParameters`) */
  parameters: Float64Array[];
  loss: Float64Array;
  /** one array for each parameter */
  gradient: Float64Array[] | null;
  /** the points used by each step; empty: all of them */
  batch: (number[] | null)[] | null;
  /** how often loss, gradient and Hessian had been evaluated by each row; only of runs by methods (`isMethod`) */
  evaluations?: Float64Array[] | null;
}

export type Column = keyof Columns;

export type End = Omit<Wire["EndEvent"], "run" | "sentence" | "threshold">;
/** What gradient and Hessian say of the place where a run ended. */
export type EndPoint = NonNullable<End["end_point"]>;

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
  /** a name that no other run of the scene has ("Adam 0.2" beside "Adam 0.4") */
  name: string;
  /** the same where there is little room: "rate 0.2" beside "rate 0.4" */
  short: string;
  columns: Columns;
  /** rows received */
  length: number;
  /** null while rows may still come */
  end: End | null;
  hidden: boolean;
  /** in order, one at the least */
  phases: Phase[];
  /** distance of each row from the plane that the map shows */
  distance?: number[];
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

/** A run as the preset has it, where it is now set otherwise. */
export interface PreparedRun {
  /** index of the run in the scene */
  index: number;
  /** its optimizer in the preset */
  before: OptimizerSpec;
  /** its optimizer as set */
  optimizer: OptimizerSpec;
  run: Run;
}

/** The problem, and the landscape that is in sight of it. */
export interface SceneGround {
  problem: Problem;
  /** of the problem; where it knows of none, those that sliders name */
  minima: Minimum[];
  /** indices of the minima in which sliders say that rates end, where these are several */
  endsOfRates: number[];
  start: number[];
  /** the window that is to be in sight; null: the whole domain */
  window: Window | null;
  /** null: not there yet */
  landscape: Landscape | null;
  /** from the landscape of the whole domain, whatever the window */
  levels: Levels | null;
  /** the plane of a map of many parameters; a start cannot be set on it, as that would turn the plane */
  plane: PlaneOnMap | null;
  /** the losses that are tried one after another, where that is shown */
  search: Landscape | null;
  /** where each start ends, where the map is tinted by that and no question is open */
  ends: Ends | null;
}

/**
 * The runs, and those that are drawn beside them. Here and below, `shown...` is what may be seen by now;
 * `whole...` has what would answer an open question, too.
 */
export interface SceneRuns {
  /** with the rows that show: where a question is open, those up to the playhead */
  shownRuns: Run[];
  /** with all their rows */
  wholeRuns: Run[];
  /** rows ahead of the playhead are hidden, and there are some */
  hasHiddenRows: boolean;
  /** index into the runs */
  selected: number | null;
  /** with all their rows, as `wholeRuns` */
  ghosts: Ghost[];
  /** whole, too */
  prepared: PreparedRun[];
  /** the same run with many seeds */
  bundle: Bundle | null;
}

/** What a preset declares to be drawn, and the guesses of its question. */
export interface ScenePreset {
  dwells: Dwell[];
  /** of its sentence, once that shows; before, none */
  shownEvidence: Evidence[];
  /** the same whether it shows or not: the axes of the loss chart have room for it */
  wholeEvidence: Evidence[];
  /** index of the run that its question is of, answered or not; null: it is of none, or of several */
  runOfQuestion: number | null;
  /** what is explained beside the map leaves room for enlarged steps */
  enlargesSteps: boolean;
  /** the place that was answered to its question, and the one that is right, once that shows */
  guess: { at: number[]; end: number[] | null } | null;
  /** what many guessed; what is right shows once nothing is hidden ahead */
  guesses: Guesses | null;
}

export interface SceneLook {
  theme: ThemeName;
  projector: boolean;
  /** of type and lines: 1, more on a projector */
  scale: number;
}

/** What pictures draw and what stands still while the playhead moves. */
export interface Scene extends SceneGround, SceneRuns, ScenePreset, SceneLook {}

/** Of a scene what the map draws: runs whole, of which it draws as much as the playhead shows. */
export type StillScene = Omit<Scene, "shownRuns">;

/** What the map shows where the playhead stands, besides its scene. */
export interface MapAtPlayhead {
  /** where the playhead stands; a fraction lies between two rows */
  step: number;
  /** the quantity of the rule that is pointed at */
  highlighted?: string | null;
  /** the way which that would have the selected run go, in parameters, where it is a direction of its own */
  direction?: number[] | null;
  principal?: Principal | null;
  /** the row of the selected run from which its rows are averaged */
  averaged?: number | null;
  hovered?: Hit | null;
  /** index of the run that an open question is of; null: it is of none, or of several */
  questionRun?: number | null;
  /** a place on the map is asked for */
  asks?: boolean;
  /** the ground is to be seen aslant */
  tilted?: boolean;
}

/** What the open explanation has the map and the data draw. */
export interface ExplanationMarks {
  /** the way that the highlighted quantity would have the chosen run go, in parameters; null: it is none */
  direction?: number[] | null;
  principal?: Principal | null;
  /** of the data */
  shares?: Shares | null;
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
  byParameter: { parameter: string; value: Map<number, number> }[];
}

/** How the loss is curved around the head of a run, and what follows from it, in parameters. */
export interface Principal {
  at: number[];
  /** the principal directions, from the smallest curvature; none while a run plays */
  directions: { along: number[]; curvature: number; name: string }[];
  /** the path that the curvatures of a quadratic predict, a column for each parameter */
  predicted?: number[][] | null;
  /** where noise leaves the run in the end */
  cloud?: { center: number[]; covariance: number[][] } | null;
  /** `at` is its minimum: degrees from the first axis to the direction of least curvature, on the side of a start */
  turned?: { degrees: number; start: number[] };
}

/** a run (index into the scene's runs) and one of its rows; onMap: it is pointed at on the map */
export type Hit = { run: number; step: number; onMap?: boolean };

/** A chart that is on the screen, as an SVG for a slide. */
export interface ChartExport {
  /** of a file, in a word or two: "loss" */
  name: string;
  title: string;
  /** markup of an SVG of its own */
  svg: string;
}
