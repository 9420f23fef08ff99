/** The state of the page. */
import type { ThemeName } from "../../math/palette.ts";
import type { Flags } from "../flags.ts";
import type { Explain } from "./address.ts";
import type { Answered, Entry } from "./answers.ts";
import type { Answer, Preset } from "./catalog.ts";
import type { Hit } from "./scene.ts";
import type { ProblemSpec, StopSpec, Window } from "./spec.ts";

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
