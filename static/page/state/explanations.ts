/**
 * Declares the explanations: all that other modules need to know of each. Its code is loaded when it is first opened
 * (`panels/explanations/loaders.ts`).
 */
import type { Column } from "./types.ts";

interface Declared {
  /** the text of its tab */
  label: string;
  /** its heading, if the label alone says too little */
  title?: string;
  /** where it is opened from: the tabs of the page, the settings of a run, or *Why* */
  from?: "page" | "run" | "why";
  /** a phrase that says what it answers; with one it is listed under *More*, beside the tabs */
  more?: string;
  /** columns of every run that it reads, as in a view */
  columns?: Column[];
  /** it shows the next step of the chosen run, or of several runs */
  ofStep?: "run" | "runs";
  /** it is about the chosen run, which its head names */
  ofRun?: true;
  /** it shows one parameter at a time */
  perParameter?: true;
  /** it reads only the rows received, which a recorded path has too; others ask the server to compute */
  ofRows?: true;
  /** it would give away the answer of a preset, and so opens only once the runs have ended */
  answers?: true;
  /** its name in lessons, where it can be pinned in a figure */
  inLessons?: string;
  /** what it needs from the server while it shows: losses of a search, ends of all starts, whole paths */
  needs?: "losses" | "ends" | "paths";
  /** beside it the map still has room for the enlarged steps of a preset */
  enlargesSteps?: true;
}

/**
 * By their names in addresses, which are permanent. Those of the page first; of the others the first have a tab where
 * there is room.
 */
const DECLARED = {
  why: {
    label: "Why",
    title: "Why it goes there",
    from: "page",
    ofStep: "run",
    inLessons: "why",
    enlargesSteps: true,
  },
  working: {
    label: "Working",
    from: "page",
    ofStep: "run",
    perParameter: true,
    ofRows: true,
    inLessons: "working",
    enlargesSteps: true,
  },
  polynomial: {
    label: "What steps leave",
    from: "why",
  },
  rose: {
    label: "Turned",
    from: "why",
    answers: true,
  },
  steps: {
    label: "Steps",
    from: "page",
    columns: ["gradient", "evaluations"],
    ofRun: true,
    perParameter: true,
    ofRows: true,
  },
  compare: {
    label: "Compare",
    from: "page",
    ofStep: "runs",
    perParameter: true,
  },
  charts: {
    label: "States",
    from: "run",
    more: "what each optimizer keeps from step to step: averages, sums, effective rates",
    columns: ["gradient"],
    ofStep: "run",
    perParameter: true,
    inLessons: "states",
  },
  ends: {
    label: "Ends",
    more: "where a run ends from every start of the map",
    answers: true,
    needs: "ends",
  },
  tune: {
    label: "Tune",
    more: "the rate at which each run needs the fewest gradients",
    answers: true,
  },
  search: {
    label: "Search",
    title: "Exhaustive search",
    more: "every place of a grid tried, and what that costs",
    columns: ["evaluations"],
    ofRows: true,
    inLessons: "search",
    needs: "losses",
  },
  average: {
    label: "Averages",
    more: "how much each past gradient counts in an average",
    columns: ["gradient"],
    ofStep: "run",
    perParameter: true,
    ofRows: true,
    inLessons: "average",
  },
  rule: {
    label: "Your rule",
    from: "run",
    more: "an optimizer that you write, in the lines of a textbook",
  },
  forms: {
    label: "Forms",
    from: "run",
    needs: "paths",
  },
} satisfies Record<string, Declared>;

export type ExplanationName = keyof typeof DECLARED;

export interface Explanation extends Declared {
  name: ExplanationName;
}

const byName = Object.fromEntries(
  Object.entries(DECLARED).map(([name, declared]) => [name, { name, ...declared }]),
) as Record<ExplanationName, Explanation>;

export const EXPLANATIONS = Object.values(byName);

/** On a narrow screen the working has a tab of the page. */
export const { working: WORKING, ends: ENDS, rule: OWN_RULE } = byName;
