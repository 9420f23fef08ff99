/** The code of the explanations (`state/explanations.ts`), which is fetched when one is first opened. */
import type { Figure } from "../../figure/figure.ts";
import type { Frame, Part } from "../../figure/part.ts";
import type { Quantities } from "../../resources/quantities.ts";
import { explanationNamed, WORKING } from "../../state/explanations.ts";

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

/** The working has a head of its own. */
export const loadWorking = () => import("../working/working.ts");

/** That of all others, by their names. */
export const LOADERS: Record<string, () => Promise<{ default: Create }>> = {
  why: () => import("./why/why.ts"),
  polynomial: () => import("./polynomial.ts"),
  rose: () => import("./rose.ts"),
  steps: () => import("./steps.ts"),
  compare: () => import("./compare.ts"),
  charts: () => import("./states/states.ts"),
  average: () => import("./average/average.ts"),
  ends: () => import("./ends.ts"),
  tune: () => import("./tune/tune.ts"),
  rule: () => import("./own-rule/ownRule.ts"),
  forms: () => import("./forms/forms.ts"),
  search: () => import("./search.ts"),
};

/** @returns what is open in the right column, or below the panels of a narrow screen, where the working is a panel */
export function currentExplanation({ state, narrow }: Frame) {
  const open = explanationNamed(state.explain.explanation);
  return narrow && open === WORKING ? undefined : open;
}
