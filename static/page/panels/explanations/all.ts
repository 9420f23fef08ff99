/**
 * The explanations, one declaration each. The declarations are part of the first view, and so are small; the code of an
 * explanation is fetched when it is first opened.
 */
import type { Figure } from "../../figure/figure.ts";
import type { Frame, Part, View } from "../../figure/part.ts";
import type { Quantities } from "../../resources/quantities.ts";

export interface ExplanationPart extends Part {
  /** @returns why there is nothing to explain, in its place; empty: there is */
  lacks?: (frame: Frame) => string;
  /** it shows nothing of single parameters now, so there is no parameter to choose */
  hidesParameters?: (frame: Frame) => boolean;
}

/** What an explanation is given. */
export interface ExplanationPorts extends Figure {
  quantities: Quantities;
  /** the place in its head for its choices */
  aside: HTMLElement;
}

type Create = (root: HTMLElement, ports: ExplanationPorts) => ExplanationPart | Promise<ExplanationPart>;

interface Explanation {
  /** in addresses */
  name: string;
  /** on its tab */
  label: string;
  /** its heading, where the label says too little */
  title?: string;
  /** where it is opened from: the tabs of the page, the settings of a run, or *Why* */
  from?: "page" | "run" | "why";
  /** what it answers, in words; with these it stands under *More*, beside the tabs */
  more?: string;
  /** @returns columns that it draws of every run, as of a view */
  needs?: View["needs"];
  /** it shows the next step, of the chosen run or of several */
  ofStep?: "run" | "runs";
  /** its head names the chosen run, which it is of */
  ofRun?: true;
  /** it shows one parameter at a time */
  perParameter?: true;
  /** it reads only the rows received, which a recorded path has too; others ask the server to compute */
  ofRows?: true;
  /** it would answer what a scene asks, and so waits until the runs have run */
  answers?: true;
  load: () => Promise<{ default: Create }>;
}

/** The working has a head of its own and, on a narrow screen, a tab of the page. */
export const WORKING = {
  name: "working",
  label: "Working",
  from: "page",
  ofStep: "run",
  ofRows: true,
  load: () => import("../working/working.ts"),
} satisfies Explanation;

export const EXPLANATIONS: Explanation[] = [
  {
    name: "why",
    label: "Why",
    title: "Why it goes there",
    from: "page",
    ofStep: "run",
    load: () => import("./why/why.ts"),
  },
  WORKING,
  {
    name: "polynomial",
    label: "What steps leave",
    from: "why",
    load: () => import("./polynomial.ts"),
  },
  {
    name: "rose",
    label: "Turned",
    from: "why",
    answers: true,
    load: () => import("./rose.ts"),
  },
  {
    name: "steps",
    label: "Steps",
    from: "page",
    needs: () => ["gradient", "evaluations"],
    ofRun: true,
    perParameter: true,
    ofRows: true,
    load: () => import("./steps.ts"),
  },
  {
    name: "compare",
    label: "Compare",
    from: "page",
    ofStep: "runs",
    perParameter: true,
    load: () => import("./compare.ts"),
  },
  {
    // The name in addresses, which are permanent.
    name: "charts",
    label: "States",
    from: "run",
    more: "what each optimizer keeps from step to step: averages, sums, effective rates",
    needs: () => ["gradient"],
    ofStep: "run",
    perParameter: true,
    load: () => import("./states/states.ts"),
  },
  {
    name: "average",
    label: "Averages",
    more: "how much each past gradient counts in an average",
    needs: () => ["gradient"],
    ofStep: "run",
    perParameter: true,
    ofRows: true,
    load: () => import("./average/average.ts"),
  },
  {
    name: "ends",
    label: "Ends",
    more: "where a run ends from every start of the map",
    answers: true,
    load: () => import("./ends.ts"),
  },
  {
    name: "tune",
    label: "Tune",
    more: "the rate at which each run needs the fewest gradients",
    answers: true,
    load: () => import("./tune/tune.ts"),
  },
  {
    name: "rule",
    label: "Your rule",
    from: "run",
    more: "an optimizer that you write, in the lines of a textbook",
    load: () => import("./own-rule/ownRule.ts"),
  },
  {
    name: "forms",
    label: "Forms",
    from: "run",
    load: () => import("./forms/forms.ts"),
  },
  {
    name: "search",
    label: "Search",
    title: "Exhaustive search",
    needs: () => ["evaluations"],
    ofRows: true,
    load: () => import("./search.ts"),
  },
];

export const explanationNamed = (name: string | null) => EXPLANATIONS.find((explanation) => explanation.name === name);

/** @returns what is open in the right column, or below the panels of a narrow screen, where the working is a panel */
export function openExplanation({ state, narrow }: Frame) {
  const open = explanationNamed(state.explain.explanation);
  return narrow && open === WORKING ? undefined : open;
}
