/** Loads the code of each explanation of `state/explanations.ts` when it is first opened. */
import type { Figure } from "../../figure/figure.ts";
import type { Frame, Part } from "../../figure/part.ts";
import type { Quantities } from "../../resources/quantities.ts";
import type { Explanation, ExplanationName } from "../../state/explanations.ts";

/** @returns the explanation in a frame; null: nothing is rendered */
export type ExplanationOf = (frame: Frame) => Explanation | null;

export interface ExplanationPart extends Part {
  /** @returns the message shown instead, if there is nothing to explain; else empty */
  lacks?: (frame: Frame) => string;
  /** @returns whether it shows no single parameter at present, so that the choice of one is hidden */
  hidesParameters?: (frame: Frame) => boolean;
  /** @returns its heading, and what stands beside it, in place of its name and the run and step it is of */
  head?: (frame: Frame) => { title: unknown; where: string };
}

/** What an explanation may use: the figure, and a place for controls in its head. */
export interface ExplanationPorts extends Figure {
  quantities: Quantities;
  /** the place in its head for its choices */
  aside: HTMLElement;
  /** has its head rendered again, where what that says has changed as the part was rendered */
  renderHead: () => void;
}

type Create = (root: HTMLElement, ports: ExplanationPorts) => ExplanationPart | Promise<ExplanationPart>;

/** How to load each explanation. */
export const LOADERS: Record<ExplanationName, () => Promise<{ default: Create }>> = {
  why: () => import("./why/why.ts"),
  working: () => import("../working/working.ts"),
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
