/** Views and parts that show explanations, whose code is fetched when they are first shown. */

import type { Figure, FramePorts, PlaybackPorts, Requests, StatePorts } from "../../figure/figure.ts";
import { panelIn, type View } from "../../figure/part.ts";
import { pinExplanation } from "../../state/explain.ts";
import { type Explanation, WORKING } from "../../state/explanations.ts";
import { lazyPart } from "../shared/lazyView.ts";
import type { ExplanationOf } from "./loaders.ts";

export const workingIn = (root: HTMLElement, figure: StatePorts & PlaybackPorts & FramePorts & Requests) =>
  lazyPart(
    figure,
    root,
    () => figure.withCatalog(() => import("../working/working.ts")),
    ({ default: create }) => create(root, figure),
  );

export const explanationIn = (root: HTMLElement, figure: Figure, explanationOf: ExplanationOf) =>
  lazyPart(
    figure,
    root,
    () => figure.withCatalog(() => import("./explanation.ts")),
    ({ createExplanation }) => createExplanation(root, figure, explanationOf),
  );

export const workingView: View = {
  name: WORKING.name,
  place: panelIn("right", "Explanations"),
  tellsOfStep: () => true,
  create(root, figure) {
    figure.act(pinExplanation, WORKING.name);
    return workingIn(root, figure);
  },
};

/** @param explanation  which is shown for good */
export const explanationView = (explanation: Explanation): View => ({
  name: explanation.name,
  place: { within: "root", tag: "section", attributes: { class: "explanation column", "aria-label": "Explanations" } },
  columns: () => explanation.columns ?? [],
  tellsOfStep: () => Boolean(explanation.ofStep),
  create(root, figure) {
    figure.act(pinExplanation, explanation.name);
    return explanationIn(root, figure, () => explanation);
  },
});
