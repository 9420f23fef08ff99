/** The working, and the other explanations below a head of theirs: each a part that is fetched when it first shows. */
import type { Figure } from "../../figure/figure.ts";
import { lazyPart } from "../shared/lazyView.ts";
import { type openExplanation, WORKING } from "./all.ts";

export const workingIn = (root: HTMLElement, figure: Figure) =>
  lazyPart(figure, root, async () => (await figure.withCatalog(WORKING.load)).default(root, figure));

/** @param shown  the one that is, in a frame */
export const explanationIn = (root: HTMLElement, figure: Figure, shown: typeof openExplanation) =>
  lazyPart(figure, root, async () =>
    (await figure.withCatalog(() => import("./explanation.ts"))).createExplanation(root, figure, shown),
  );
