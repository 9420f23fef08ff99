/** A ring with words at the head of a run, in steps where something happens quickly. */

import { dot } from "../../../marks/mark.ts";
import { isInside } from "../../../math/box.ts";
import type { Layer } from "../moment.ts";
import { placeAt } from "../paths/trace.ts";
import { haloOutline, LABEL_TYPE, labelBeside } from "../style.ts";

/** Nominal pixels: the radius of the ring, and the gap to the words. */
const [RING, GAP] = [15, 5];

export const dwells: Layer = {
  draw({ scene, traces, area, look, playhead: { step } }) {
    const current = scene.dwells.filter(({ first, last }) => step > 0 && step > first - 1 && step <= last);
    const over = current.flatMap(({ run, label }) => {
      const trace = traces.find(({ index }) => index === run);
      const at = trace && placeAt(trace, step);
      if (!at || !isInside(area.box, ...at)) return [];
      return [dot(at, RING, haloOutline(1.8)), labelBeside(look, at, RING + GAP, label, LABEL_TYPE)];
    });
    return { over };
  },
};
