/** What a figure is made of: views, all declared alike, that are handed all they draw, frame by frame. */

import type { ChartExport, Column, Scene, State } from "../state/types.ts";
import type { Figure } from "./figure.ts";

export interface Frame {
  state: State;
  scene: Scene;
  /** where the playhead stands; a fraction lies between two rows */
  step: number;
  /** the step that words and numbers are of, which change less often while it plays */
  wordsStep: number;
  playing: boolean;
  /** milliseconds */
  time: number;
  /** steps of the longest run in sight */
  longest: number;
  /** one column alone has room: panels are tabs */
  narrow: boolean;
  /** how often panels were to be rendered again for something else: the size of a part, or what has been fetched */
  redraws: number;
}

/** A view as it stands in one figure. */
export interface Part {
  /** Not called while its place is hidden. @returns true where the next frame is wanted whatever happens */
  // biome-ignore lint/suspicious/noConfusingVoidType: most parts return nothing
  render: (frame: Frame) => boolean | void;
  /** @returns whether the key means something here */
  press?: (key: string) => boolean;
  /** charts in sight, to be taken home */
  chartExports?: () => ChartExport[] | Promise<ChartExport[]>;
  /** offers charts to be taken home. @param picture  to begin at, by its name; empty: the first */
  takeHome?: (picture: string) => void;
}

/** Where a view stands: below the views of its column that the figure lists before it. */
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
  /** of its place, and of its tab */
  name: string;
  /** without one it has the root of the figure, and draws nothing of its own */
  place?: ViewPlace;
  /** where panels are tabs: the word on its own; on the stage there are none */
  tab?: string;
  /** @returns whether there is something to show; by default there always is */
  shows?: (frame: Frame) => boolean;
  /**
   * @returns the columns that it draws of every run, besides parameters and loss. Of a network the chosen run alone
   * has them. While a control is held they make the reply larger: only what is drawn then should be asked for.
   */
  needs?: (state: State) => Column[];
  /** @returns whether it tells of the next step, as the playback then does too */
  tellsOfStep?: (frame: Frame) => boolean;
  /** @param root  its place */
  create: (root: HTMLElement, figure: Figure) => Part;
}

/** Gradients, for words and marks: while nothing moves and, where a question comes first, not with the first rows. */
export const gradientAtRest = ({ moving, reveal, runs, problem }: State): Column[] =>
  moving || problem.network || (reveal && Object.keys(runs).length === 0) ? [] : ["gradient"];
