/** What a figure asks of its runs, and how far that has been answered. */
import type { Answer, Guesses, Preset } from "./catalog.ts";

/** Where a preset stands. change: its proposed change is told, or its runs are set otherwise */
export type Beat = "question" | "run" | "sentence" | "change";

export interface Exercise {
  /**
   * what of the runs lies ahead of the playhead is `hidden`; or it is `shown`, `shownEarly` where the runs were set
   * otherwise while the question was asked: as they were, they ask again. `undecided` until the catalog says whether
   * the runs are a preset's. `startOnly`: they stand at their start, whatever is set, until what another figure asks
   * of them is answered
   */
  ahead: "undecided" | "startOnly" | "hidden" | "shownEarly" | "shown";
  /** it is told what the preset proposes to change */
  proposes: boolean;
  /** the preset that is meant: that of the runs, else the figure's own, else the last one; null: none was shown */
  preset: Preset | null;
  /**
   * what has become of that: it is as it was prepared; the change that it proposes is made; its runs have other values,
   * or another start; other runs stand on its landscape; another landscape stands there
   */
  presetStatus: "prepared" | "changed" | "varied" | "replaced" | "gone";
  /** the preset is the figure's own, and no other is looked for in the catalog */
  isOwn: boolean;
  /** the preset has replaced runs that were of no preset, and is still as it was opened */
  replacedOwnRuns: boolean;
  /**
   * it follows another figure, which alone goes on to the sentence; seed: of that one, where it has a seed of its own:
   * the preset is found with that
   */
  leader: { seed: number | null } | null;
  /** what was answered to the question */
  answer: Answer | null;
  /** what was said that the proposed change will do: the index of an option */
  changeAnswer: number | null;
  /** what many guessed of that question */
  guesses: Guesses | null;
}
