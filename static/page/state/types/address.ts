/** All that an address says. */
import type { Flags } from "../flags.ts";
import type { Spec, Window } from "./spec.ts";

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

/** All that an address says. */
export interface PageAddress {
  spec: Spec;
  window: Window | null;
  display: Display;
}
