/** Views and parts that show explanations, whose code is fetched when they are first shown. */

import type { Figure } from "../../figure/figure.ts";
import type { View, ViewPlace } from "../../figure/part.ts";
import { pinExplanation } from "../../state/explain.ts";
import type { Explanation } from "../../state/explanations.ts";
import { lazyPart } from "../shared/lazyView.ts";
import type { ExplanationOf } from "./loaders.ts";

export const explanationIn = (root: HTMLElement, figure: Figure, explanationOf: ExplanationOf) =>
  lazyPart(
    figure,
    root,
    () => figure.withCatalog(() => import("./explanation.ts")),
    ({ createExplanation }) => createExplanation(root, figure, explanationOf),
  );

/** In the whole width of a figure. */
const BELOW: ViewPlace = {
  within: "root",
  tag: "section",
  attributes: { class: "explanation column", "aria-label": "Explanations" },
};

/** @param explanation  which is shown for good */
export const explanationView = (explanation: Explanation, place = BELOW): View => ({
  name: explanation.name,
  place,
  columns: () => explanation.columns ?? [],
  tellsOfStep: () => Boolean(explanation.ofStep),
  create(root, figure) {
    figure.act(pinExplanation, explanation.name);
    return explanationIn(root, figure, () => explanation);
  },
});
