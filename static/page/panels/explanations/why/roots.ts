/** What a step keeps as the rate grows, which is dragged there; and its roots, where it makes more than one number. */
import type { WireCurvature } from "../../../resources/curvature.ts";
import { aloneAt, createLineChart } from "../../../views/chart/lineChart.ts";
import { createRootsPicture, factorChartOf, indexOfRate } from "../../../views/curvature/rootsPicture.ts";
import { type CausePicture, type CausePorts, causeFigure, roundedRate } from "./picture.ts";

const KEPT = "What a step keeps";

/** @returns whether a step makes more than one number of a direction: where it is one alone, no plane shows more */
const hasRoots = ({ modes }: WireCurvature) => modes.some(({ roots }) => (roots?.length ?? 0) > 1);

export function createRootsCause({ drag, held }: CausePorts): CausePicture {
  let curve: WireCurvature["curve"] = null;
  const roots = createRootsPicture();
  const factors = createLineChart(factorChartOf, {
    onSeek(index) {
      const rate = curve?.learning_rate[index];
      if (rate) drag("learning_rate", roundedRate(rate));
    },
  });

  return {
    name: "roots",
    word: ({ told }) => (hasRoots(told) ? "Roots" : KEPT),
    prepare({ told }) {
      // The scale under the hand stays: each rate read from it would otherwise move it on.
      if (!held()) curve = told.curve;
    },
    content: () => curve,
    figures({ told }) {
      const kept = causeFigure(`${KEPT}: drag the rate`, "why-factors", `${KEPT} against the rate`, factors.place);
      const inPlane = causeFigure("Roots of a step as the rate grows", "why-plane", "Roots of a step", roots.place);
      return hasRoots(told) ? [inPlane, kept] : kept;
    },
    draw({ told, names, values, run: { slot } }, look) {
      if (!curve) return;
      const content = { ...look, told: { ...told, curve }, names, slot };
      roots.render(content);
      factors.render(content, aloneAt(indexOfRate(curve.learning_rate, values.learning_rate)));
    },
  };
}
