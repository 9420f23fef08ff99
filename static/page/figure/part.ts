/** What a figure is made of: views, which are declared alike and get what they draw as one `Frame` after another. */

import { hidesAhead } from "../state/exercise.ts";
import type { Beat, ChartExport, Column, ExplanationMarks, Scene, State } from "../state/types.ts";
import type { Figure } from "./figure.ts";

/** What panels show at a moment. */
export interface Frame {
  state: State;
  scene: Scene;
  /** null: the runs are of no preset */
  beat: Beat | null;
  /** no question is open, so what answers it may be seen */
  outcomeShows: boolean;
  /** index of the run that is explained (state/chosenRun.ts) */
  chosen: number | null;
  /** the step of which words and numbers tell; while a run plays it changes less often than `step` */
  wordsStep: number;
  playing: boolean;
  /** of the playback: 1 is single speed */
  speed: number;
  /** steps of the longest run in sight */
  longest: number;
  /** there is room for one column alone, and panels are tabs */
  narrow: boolean;
  /** panels stand below the map, with no room for a chart beside what is read */
  stacked: boolean;
  canUndo: boolean;
  canRedo: boolean;
  /** counts the calls of `redraw`; another number has all panels rendered again */
  redraws: number;
}

/** With what is another in each drawing while a run plays. */
export interface MovingFrame extends Frame {
  /** where the playhead stands; a fraction lies between two rows */
  step: number;
  /** milliseconds */
  time: number;
  /** as the parts that explain have returned it */
  explained: ExplanationMarks;
}

/** A view as it stands in one figure. */
export interface Part {
  /**
   * Called before any part is rendered, and not while its place is hidden: asks the server, and changes of the state
   * what follows from the frame, which `render` never does. @returns what it has others draw
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most parts return nothing
  prepare?: (frame: MovingFrame) => ExplanationMarks | void;
  /** Draws the part; not called while its place is hidden. @returns true to be called again in the next frame */
  // biome-ignore lint/suspicious/noConfusingVoidType: most parts return nothing
  render: (frame: MovingFrame) => boolean | void;
  /** @returns whether the key means something here */
  press?: (key: string) => boolean;
  /** charts in sight, to be taken home */
  chartExports?: () => ChartExport[];
  /**
   * opens the dialog that takes charts home.
   * @param picture  name of the chart shown first; empty: the first there is
   */
  takeHome?: (picture: string) => void;
}

/** Where a view stands: in which column; there below the views that the figure lists before it. */
export interface ViewPlace {
  within: "root" | "left" | "stage" | "right" | "words";
  tag?: "div" | "section" | "p";
  attributes?: Record<string, unknown>;
}

/** A panel of its own. @param label  to a reader */
export const panelIn = (within: "left" | "right", label: string): ViewPlace => ({
  within,
  tag: "section",
  attributes: { class: "panel", "aria-label": label },
});

/** What a figure needs to know of a view. */
export interface View {
  /** also the name of its place and of its tab */
  name: string;
  /** a view without a place gets the root of the figure, and adds no elements */
  place?: ViewPlace;
  /** the word on its tab, where panels are tabs; what stands on the stage has none */
  tab?: string;
  /** the name of a view below which it stands, on the tab of that */
  below?: string;
  /** @returns whether there is something to show; by default there always is */
  shows?: (frame: Frame) => boolean;
  /**
   * @returns the columns that it draws of every run, besides parameters and loss. Of a network the chosen run alone
   * has them. While a control is held they make the reply larger: only what is drawn then should be asked for.
   */
  columns?: (state: State) => Column[];
  /** @returns whether it shows the next step; the playback then names that step, too */
  tellsOfStep?: (frame: Frame) => boolean;
  /** @param root  its place */
  create: (root: HTMLElement, figure: Figure) => Part;
}

/** The need of views that draw gradients only at rest. Where a question comes first, the first rows come without. */
export const gradientAtRest = (state: State): Column[] =>
  state.dragging || state.problem.network || (hidesAhead(state) && Object.keys(state.runs).length === 0)
    ? []
    : ["gradient"];
