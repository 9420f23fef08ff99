/** The state of the page, and what an address says of it. */
import type { ThemeName } from "../../math/palette.ts";
import type { Flags } from "../flags.ts";
import type { Answered, Bundle, Entry } from "./answers.ts";
import type { Answer, Count, Guesses, Preset } from "./catalog.ts";
import type { Hit, Principal } from "./runs.ts";
import type { ProblemSpec, Spec, StopSpec, Window } from "./spec.ts";

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

/** What is asked for: all that the address keeps, and so what going back in the history brings back. */
export interface Settings extends Flags {
  problem: ProblemSpec;
  start: number[] | null;
  window: Window | null;
  entries: Entry[];
  stop: StopSpec;
  seed: number;
  /** of data of one's own, the target last, as they are called where they come from; null: nobody has said */
  columns: string[] | null;
  /** by the loss chart */
  count: Count;
  /** id of an entry */
  selected: number | null;
  explain: Explain;
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
  target?: string;
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
  /** brought forward where one panel shows at a time, on a narrow screen and on a wall; null: what is first there */
  panel: string | null;
  hovered: Hit | null;
  /** the quantity of a rule that is pointed at, by its name */
  highlighted: string | null;
  /** the way that the highlighted quantity would have the run go, as the working knows it, in parameters */
  direction: number[] | null;
  /** how the loss is curved at the head of the chosen run, while that is explained */
  principal: Principal | null;
  /** what each point of the data adds to the step that is worked out */
  shares: Shares | null;
  /** a control is being held: more of the same is to come */
  moving: boolean;
  edit: Edit;
  /** of the plane of this key; null: all of it */
  planeWindow: { plane: string | undefined; window: Window | null } | null;
  /** the window that the map is to be drawn over, how finely, samples a side, and of which plane, if it shows one */
  needed: { window: Window; resolution: number; plane: string | undefined } | null;
  /** something shows where each learning rate ends */
  showsSweeps: boolean;
  /** coordinates of the start that the formula has no variable for: they wait for one that has */
  spare: number[];
  remark: Remark | null;
  /** what was answered to the question of the preset */
  answer: Answer | null;
  /** what many guessed of that question */
  guesses: Guesses | null;
  bundle: Bundle | null;
  /** it follows another figure, which alone goes on to what is said */
  led: boolean;
  /** of the figure that it follows, where it runs one of its own: the preset is that of the other; null: it does not */
  seedOfLead: number | null;
  /** the change that the preset proposes is being told */
  proposes: boolean;
  /** what a figure asks of itself, in place of the presets of the catalog */
  ownPreset: Preset | null;
  /** the preset that is meant: that of the runs, else the figure's own, else the last one; null: none was shown */
  preset: Preset | null;
  /**
   * what has become of that: it is as it was prepared; the change that it proposes is made; its runs have other values,
   * or another start; other runs stand on its landscape; another landscape stands there
   */
  presetIs: "prepared" | "changed" | "varied" | "replaced" | "left";
  /** it took the place of something that is no preset, and is still as it was opened */
  tookPlace: boolean;
}

/** The state of the page: flat, as whoever draws is told apart by the fields that it reads. */
export type State = Settings & Answered & Momentary;

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
  explain: Explain;
}

/** What is explained beside the map. */
export interface Explain {
  /** what is open in the place of the right column, "working", "why", ...; null: nothing explains the runs */
  explanation: string | null;
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
  /** the row from which the rows of the chosen run are averaged; null: no average is shown */
  averaged: number | null;
  /** of *Why*: which of its pictures is shown, "edge", "plane", "roots" or "modes"; null: the one that tells most */
  cause: string | null;
  /** what the map of a network lies along: its "path", or two parameters as "w1_1_1,b1_1"; null: no map is drawn */
  plane: string | null;
  /**
   * what the ground of the map is tinted by, "loss" or "ends"; null: by ends while these are the explanation, or as the
   * preset has it
   */
  tint: string | null;
  /** of a step of a network, by its name; null: the whole step */
  substep: string | null;
  /** which sample of the batch goes through a network, in its order */
  sample: number;
}

/** All that an address says. */
export interface PageAddress {
  spec: Spec;
  window: Window | null;
  display: Display;
}
