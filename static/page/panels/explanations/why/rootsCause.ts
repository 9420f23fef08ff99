/** A picture of *Why*: the factor of a step over the rate, which can be dragged, and the roots of some modes. */

import { createPicture } from "../../../marks/picture.ts";
import { aloneAt, createLineChart } from "../../../pictures/chart/lineChart.ts";
import { factorChartOf, indexOfRate, rootsPicture } from "../../../pictures/curvature/rootsPicture.ts";
import type { Wire } from "../../../state/types.ts";
import { type CausePicture, type CausePorts, causeFigure, roundedRate } from "./cause.ts";

const FACTOR_LABEL = "What a step keeps";

/** @returns whether a mode has more than one root: with one alone, the plane of roots shows nothing more */
const hasRoots = ({ modes }: Wire["CurvatureAtRow"]) => modes.some(({ roots }) => (roots?.length ?? 0) > 1);

type FactorCurve = NonNullable<Wire["CurvatureAtRow"]["curve"]>;

/** @returns whether a step keeps all of the distance at any rate, as when its schedule has reached 0 */
const keepsAll = ({ roots }: FactorCurve) =>
  roots.every((byRate) => byRate.every(([[real, imaginary]]) => Math.abs(Math.hypot(real, imaginary) - 1) < 1e-9));

export function createRootsCause({ drag, held }: CausePorts): CausePicture<FactorCurve> {
  /** The curve in sight. */
  let curve: FactorCurve | null = null;
  const roots = createPicture(rootsPicture);
  const factors = createLineChart(factorChartOf, {
    onSeek(index) {
      const rate = curve?.learning_rate[index];
      if (rate) drag("learning_rate", roundedRate(rate));
    },
  });

  return {
    name: "roots",
    word: ({ reply }) => (hasRoots(reply) ? "Roots" : FACTOR_LABEL),
    prepare(_, { reply }) {
      // The scale is fixed during a drag, as each new rate would change it.
      if (!held()) curve = reply.curve;
      return curve && keepsAll(curve) ? null : curve;
    },
    figures({ reply }) {
      const factorsFigure = causeFigure(
        `${FACTOR_LABEL}: drag the rate`,
        "why-factors",
        `${FACTOR_LABEL} against the rate`,
        factors.place,
      );
      const inPlane = causeFigure("Roots of a step as the rate grows", "why-plane", "Roots of a step", roots.place);
      return hasRoots(reply) ? [inPlane, factorsFigure] : factorsFigure;
    },
    draw({ reply, names, values, run: { slot } }, drawnCurve, look) {
      const content = { ...look, reply: { ...reply, curve: drawnCurve }, names, slot };
      roots.render(content);
      factors.render(content, aloneAt(indexOfRate(drawnCurve.learning_rate, values.learning_rate)));
    },
  };
}
