/**
 * A ring with words at the head of a run, in steps where something happens quickly; at the end of all runs the
 * words stand where it happened.
 */

import { dot } from "../../../marks/mark.ts";
import { isInside } from "../../../math/box.ts";
import type { Layer } from "../moment.ts";
import { placeAt } from "../paths/trace.ts";
import { haloOutline, LABEL_TYPE, labelBeside } from "../style.ts";

/** Nominal pixels: the radius of the ring, and the gap to the words. */
const [RING, GAP] = [15, 5];

export const dwells: Layer = {
  draw({ stillMap, playhead: { step } }) {
    const { scene, traces, area, look } = stillMap;
    // The steps that stand where runs cross a line tell of it.
    const areStepsNamed = scene.shownEvidence.some(({ kind }) => kind === "away");
    const isAtEnd = !areStepsNamed && !scene.hasHiddenRows && traces.every(({ length }) => step >= length - 1);
    const over = scene.dwells.flatMap(({ run, label, first, last }) => {
      const isNow = step > 0 && step > first - 1 && step <= last;
      const trace = traces.find(({ index }) => index === run);
      const at = trace && placeAt(trace, isNow ? step : last);
      if (!at || !isInside(area.box, ...at)) return [];
      if (isNow) return [dot(at, RING, haloOutline(1.8)), labelBeside(look, at, RING + GAP, label, LABEL_TYPE)];
      return isAtEnd && step > last ? [labelBeside(look, at, GAP, label, LABEL_TYPE)] : [];
    });
    return { over };
  },
};
