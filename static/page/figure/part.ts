/** What a figure is made of: views and controls that are handed all they draw, frame by frame. */

import type { ChartExport, Column, Scene, State } from "../state/types.ts";
import type { Figure } from "./figure.ts";
import type { PlaceName } from "./places.ts";

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
}

export interface Part {
  /** @returns true where the next frame is wanted whatever happens */
  // biome-ignore lint/suspicious/noConfusingVoidType: most parts return nothing
  render: (frame: Frame) => boolean | void;
  destroy?: () => void;
  /**
   * @returns the columns that it draws of every run, besides parameters and loss; while a control is held, no more than
   * it must
   */
  needs?: (state: State) => Column[];
  /** @returns whether the key means something here */
  press?: (key: string) => boolean;
  /** charts in sight, to be taken home */
  chartExports?: () => ChartExport[] | Promise<ChartExport[]>;
}

/** Gradients, for words and marks: while nothing moves and, where a question comes first, not with the first rows. */
export const gradientAtRest = ({ moving, reveal, runs, problem }: State): Column[] =>
  moving || problem.network || (reveal && Object.keys(runs).length === 0) ? [] : ["gradient"];

/** Makes a part below the root of its figure. */
export type CreatePart<P extends Part = Part> = (figure: Figure) => P;

/** A view that says itself where it stands and what it draws; a figure needs to know no more of it. */
export interface View<P extends Part = Part> {
  /** of its place, and of its tab */
  name: string;
  /** of its panel, to a reader */
  label: string;
  column: "left" | "stage" | "right";
  /** the place that it stands behind */
  after: PlaceName;
  /** where panels are tabs: the word on its own; on the stage there are none */
  tab?: string;
  /** @returns whether there is something to show; by default there always is */
  shows?: (frame: Frame) => boolean;
  /** @param root  its panel */
  create: (root: HTMLElement, figure: Figure) => P;
}
