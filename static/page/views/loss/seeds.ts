/** The bands of the loss chart: the middle half of the losses over many seeds. */

import { group, line, type Mark, runInk } from "../../marks/mark.ts";
import type { Counts } from "../../math/series.ts";
import type { Run } from "../../state/types.ts";
import { cutOff, type PlacedChart } from "../chart/lineChart.ts";
import { seriesLine, WHOLE } from "../chart/plot.ts";
import { type Bands, isShown } from "./chart.ts";

/**
 * Of each band what lies between its quartiles and its median, as far as the run is shown: to its end, unless that is
 * hidden.
 * @param counts  along the axis, of each run
 * @param seen  these are samples, of which bands have their own where their runs may be longer
 */
export function bandMarks(chart: PlacedChart, runs: Run[], bands: Bands, counts: Counts[], seen: boolean): Mark {
  // A loss that is not finite lies above the top.
  const out = chart.y.valueAt(2);
  const marks = runs.flatMap((run, k): Mark[] => {
    const band = bands?.[k];
    if (!band || !isShown(run)) return [];
    const rows = run.end ? band.median.length : Math.min(run.length, band.median.length);
    const along = (losses: Float64Array, style = {}) => {
      const values = losses.subarray(0, rows);
      return seriesLine({ values, first: 0, counts: (seen && band.samples) || counts[k] }, WHOLE, style);
    };
    const [low, high, ink] = [along(band.low), along(band.high), runInk(run.slot)];
    const around = (side: "x" | "y") => [...Array.from(low[side]), ...Array.from(high[side]).reverse()];
    const losses = around("y").map((loss) => (Number.isNaN(loss) ? out : loss));
    return [
      line(around("x"), losses, { closed: true, fill: ink, fillOpacity: 0.2, of: "band" }),
      along(band.median, { stroke: ink, width: 2.6, of: "median" }),
    ];
  });
  return group(marks, { clip: cutOff(chart) });
}
