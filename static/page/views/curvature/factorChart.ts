/** What a step keeps of each direction against the learning rate; the playhead stands at the run's own. */

import { group, rectangle, words } from "../../marks/mark.ts";
import { evenScale, PIXELS, screenX, screenY } from "../../marks/scales.ts";
import { type Axis, evenAxis, logAxis } from "../chart/axes.ts";
import { type LineChart, lineChartOf, type Sized } from "../chart/lineChart.ts";
import type { ChartLine } from "../chart/lines.ts";
import type { CurvatureContent } from "./rootsPicture.ts";

/** Nominal pixels above 1, where it says that it grows; what does leaves at the top. */
const ROOM = 22;
/** Nominal pixels from the top to the middle of that word. */
const MIDDLE = 9;

/** @returns where a rate stands among those of the curve, as an index that may be a fraction */
export function indexOfRate(rates: number[], rate: number): number {
  const last = rates.length - 1;
  return (last * Math.log(rate / rates[0])) / Math.log(rates[last] / rates[0]);
}

/** The ticks of rates, on an axis of their indices. */
function rateAxis(rates: number[], width: number): Axis {
  const last = rates.length - 1;
  const { ticks } = logAxis([rates[0], rates[last]], width / 60);
  return { ...evenScale(0, last), ticks };
}

const linesOf = ({ told: { curve, modes }, names, slot }: CurvatureContent): ChartLine[] =>
  (curve?.roots ?? []).map((byRate, k) => ({
    values: Float64Array.from(byRate, ([[x, y]]) => Math.hypot(x, y)),
    first: 0,
    of: names[k],
    run: k,
    // Of many directions the steepest alone is in the colour of the run.
    slot: names[k] ? slot : null,
    dash: k === modes.length - 1 ? [] : [5, 4],
    name: names[k],
  }));

export function factorChartOf(content: CurvatureContent & Sized): LineChart {
  const { told, size, look } = content;
  const rates = told.curve?.learning_rate ?? [1, 10];
  const lines = linesOf(content);
  const least = Math.min(...lines.map(({ values }) => Math.min(...values)));
  return lineChartOf({
    lines,
    steps: [0, rates.length - 1],
    size,
    look,
    title: "rate",
    x: (width) => rateAxis(rates, width),
    y(height) {
      const low = Math.max(0, Math.min(0.9, least - 0.05));
      return evenAxis([low, 1 + ((1 - low) * ROOM) / (height - ROOM)], height / 28);
    },
    behind: (area) => {
      const { box } = area;
      const one = screenY(area, 1);
      const from = told.learning_rate_max === null ? null : screenX(area, indexOfRate(rates, told.learning_rate_max));
      const grows = { left: box.left, top: box.top, width: box.width, height: one - box.top };
      return [
        group(
          [
            rectangle(grows, { fill: "warn", fillOpacity: 0.1 }),
            words([box.left + 6, box.top + MIDDLE * look.scale], "grows", { fill: "warn", weight: 600 }),
            ...(from === null
              ? []
              : [
                  rectangle({ left: from, top: box.top, width: 1.5, height: box.height }, { fill: "warn", of: "edge" }),
                ]),
          ],
          { scales: PIXELS },
        ),
      ];
    },
  });
}
