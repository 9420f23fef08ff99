/** The working and the other explanations as parts that are fetched when they are first shown. */
import type { Figure, FramePorts, PlaybackPorts, Requests, StatePorts } from "../../figure/figure.ts";
import { lazyPart } from "../shared/lazyView.ts";
import { type openExplanation, WORKING } from "./all.ts";

export const workingIn = (root: HTMLElement, figure: StatePorts & PlaybackPorts & FramePorts & Requests) =>
  lazyPart(figure, root, async () => (await figure.withCatalog(WORKING.load)).default(root, figure));

/** @param shown  the one that is, in a frame */
export const explanationIn = (root: HTMLElement, figure: Figure, shown: typeof openExplanation) =>
  lazyPart(figure, root, async () =>
    (await figure.withCatalog(() => import("./explanation.ts"))).createExplanation(root, figure, shown),
  );
