/** The state of the page, and what an address says of it. */
import type { ThemeName } from "../../math/palette.ts";
import type { ExplanationName } from "../explanations.ts";
import type { Flags } from "../flags.ts";
import type { Count } from "./catalog.ts";
import type { Exercise } from "./exercise.ts";
import type { Bundle, Entry, ServerReplies } from "./replies.ts";
import type { Hit } from "./runs.ts";
import type { ProblemSpec, Spec, StopSpec, Window } from "./spec.ts";

/** What is set: what the address keeps and the browser's history restores, but for what the exercise has `ahead`. */
export interface Settings extends Omit<Flags, "hides"> {
  problem: ProblemSpec;
  start: number[] | null;
  window: Window | null;
  entries: Entry[];
  stop: StopSpec;
  seed: number;
  /** names of the columns of one's own data, the target last; null: they have none */
  columns: string[] | null;
  /** by the loss chart */
  count: Count;
  /** id of an entry */
  selected: number | null;
  explain: ExplanationSettings;
}

/** A change of what is set, by the control that sets it. What follows from others, such as an answer, is none. */
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
    | "hides"
    | "projector"
    | "explain";
  /**
   * what was changed, where a kind has several. Edits in a row with the same kind and target are one step of the
   * history
   */
  target?: string;
}

/**
 * What an action has changed of runs besides what it was meant to, by their ids. It is told while `entries` stay the
 * same.
 */
export interface Remark {
  entries: Entry[];
  /** instead: the optimizer was replaced; the label of the one before */
  changes: { id: number; rate: boolean; noise: boolean; instead?: string }[];
  /** the number of runs that were removed, since others are the same there */
  removed?: number;
}

/** What no address keeps. */
export interface Momentary {
  /** the highest id that entries had before they changed last */
  lastId: number;
  theme: ThemeName;
  /** the panel that shows where there is room for one, on a narrow screen and on a wall; null: the first */
  panel: string | null;
  /** names of explanations that are no tab of the figure, but stand in it */
  pinned: ExplanationName[];
  /** the ground of the map is seen aslant, risen by its loss; from which side is kept by the map */
  tilted: boolean;
  hovered: Hit | null;
  /** the quantity of a rule that is pointed at, by its name */
  highlighted: string | null;
  /** a control is held: more changes of the same value follow */
  dragging: boolean;
  /** the last one */
  edit: Edit;
  /** the window on the plane with this key; null: all of it */
  planeWindow: { plane: string | undefined; window: Window | null } | null;
  /** over which window the map is to be drawn, with how many samples a side, and on which plane, if on one */
  mapGrid: { window: Window; resolution: number; plane: string | undefined } | null;
  /** a slider shows where each learning rate ends */
  showsSweeps: boolean;
  /** coordinates of the start for which the formula has no variable; used again by a formula that has one */
  unusedStart: number[];
  remark: Remark | null;
  bundle: Bundle | null;
  exercise: Exercise;
}

/** The state of a figure. It is flat: what is drawn again is decided by the fields that were read. */
export type State = Settings & ServerReplies & Momentary;

/** How the page is looked at: kept in the fragment of its address, which no server sees. */
interface Display extends Flags {
  /** index of a run */
  selected: number | null;
  /** indices of runs */
  hidden: number[];
  /** palette index of each run; null: in order */
  slots: number[] | null;
  /** where the playhead stands; null: it plays from the start */
  step: number | null;
  columns: Settings["columns"];
  count: Count;
  explain: ExplanationSettings;
}

/** What is explained beside the map. */
export interface ExplanationSettings {
  /** the explanation in the place of the right column; null: none */
  explanation: ExplanationName | null;
  /** index of the parameter whose numbers are shown */
  parameter: number;
  /** the run that is compared with: its id; in an address its index */
  against: number | null;
  /** the step at the playhead is explained, where that which tells what the preset is about would be */
  followsPlayhead: boolean;
  /** the charts are of one run, not of all */
  singleRun: boolean;
  /** the charts show the first steps only; null: where something is over early */
  firstStepsOnly: boolean | null;
  /** the quantity whose chart is the largest; null: the first */
  quantity: string | null;
  /** the average taken apart, by its name; null: the first of the rule */
  average: string | null;
  /** a beta tried on that average; null: its own */
  beta: number | null;
  /** whether that average is corrected for its start at 0; null: as the rule has it */
  corrected: boolean | null;
  /** the day of the temperatures whose average is taken apart */
  day: number | null;
  /** the row from which the rows of the chosen run are averaged; null: no average is shown */
  averageFromRow: number | null;
  /**
   * the picture of *Why*: "states", "edge", "plane", "roots" or "modes"; "first": the one that tells most; null: the
   * same, folded where a sentence answers
   */
  cause: string | null;
  /** the plane of a network: along its "path", or two parameters as "w1_1_1,b1_1"; null: the network itself is drawn */
  plane: string | null;
  /**
   * what the ground of the map is tinted by, "loss" or "ends"; null: by ends while these are the explanation, or as the
   * preset has it
   */
  tint: string | null;
  /** the substep of a step of a network, by its name; null: the whole step */
  substep: string | null;
  /** index in the batch of the sample that goes through a network; null: the first with which all weights work */
  sample: number | null;
}

/** All that an address says. */
export interface PageAddress {
  spec: Spec;
  window: Window | null;
  display: Display;
}
