/** Where lines of runs that fail leave the top of the loss chart and come back. */
import { HALO, inPixels, type Mark, words } from "../../marks/mark.ts";
import { formatLevel } from "../../math/format.ts";
import type { Series } from "../../math/series.ts";
import type { Run } from "../../state/types.ts";
import type { PlacedChart } from "../chart/lineChart.ts";
import { OUT, type PlotArea, valueAt, xOf } from "../chart/plot.ts";
import { outOfTop } from "./content.ts";

/** @returns the steps at which it is highest of each time that it is out at the top and comes back */
function peaksOut({ y }: PlotArea, { values, first }: Series): number[] {
  const peaks: number[] = [];
  let peak = -1;
  values.forEach((value, k) => {
    if (y.place(value) > OUT) peak = peak < 0 || value > values[peak] ? k : peak;
    else if (peak >= 0) {
      peaks.push(first + peak);
      peak = -1;
    }
  });
  return peaks;
}

/** A mark at each, and below the highest of a line how high its loss gets. */
export function peakMarks(chart: PlacedChart, runs: Run[]): Mark {
  const { box, lines } = chart;
  const marks = lines.flatMap((line) =>
    peaksOut(chart, line).flatMap((row): Mark[] => {
      const [x, loss] = [xOf(chart, row, line.counts), valueAt(line, row)];
      const lossText = `up to ${formatLevel(Number(loss.toPrecision(2)))}`;
      const highest = !line.values.some((value) => value > loss);
      const style = { anchor: "middle", halo: HALO, shift: [0, 9] } as const;
      return [outOfTop(x, box.top, runs[line.run].slot), ...(highest ? [words([x, box.top], lossText, style)] : [])];
    }),
  );
  return inPixels(marks);
}
