/** Runs before a change, in the loss chart: as they would have gone on without it, and as their preset has them. */

import { group, HALO, type Mark, type Place, runInk, words } from "../../marks/mark.ts";
import { inside } from "../../math/box.ts";
import { type Counts, countAt } from "../../math/series.ts";
import type { Scene } from "../../state/types.ts";
import { cutOff, type PlacedChart } from "../chart/lineChart.ts";
import { seriesLine, WHOLE, xOf, yOf } from "../chart/plot.ts";

/** Nominal pixels between a ghost and its run, at the least, where it is named; and of its name on either side. */
const GHOST = { apart: 18, name: 54 };

/**
 * How runs would have gone on without their last change, up to the playhead; each is named where it is farthest from
 * its run.
 * @param counts  of each ghost
 */
export function ghostMarks(chart: PlacedChart, { runs, ghosts, hidesAhead }: Scene, counts: Counts[]): Mark {
  const { box, look } = chart;
  const room = GHOST.name * look.scale;
  const marks = ghosts.flatMap(({ from, run, index }, k): Mark[] => {
    const own = runs[index];
    const rows = hidesAhead ? Math.min(run.length, own.length) : run.length;
    if (rows < from + 2) return [];
    const series = { values: run.columns.loss.subarray(from, rows), first: from, counts: counts[k] };
    const style = { stroke: runInk(run.slot), strokeOpacity: 0.6, dash: [1.5, 3], of: "ghost" };
    let [name, most] = [null as Mark | null, GHOST.apart * look.scale];
    for (let row = from; row < Math.min(rows, own.length); row++) {
      const [x, y] = [xOf(chart, row, series.counts), yOf(chart, run.columns.loss[row])];
      const away = y - yOf(chart, own.columns.loss[row]);
      const isNamed = inside(box, x, y) && Math.min(x - box.left, box.left + box.width - x) >= room;
      if (!isNamed || !(Math.abs(away) > most)) continue;
      most = Math.abs(away);
      const place: Place = [countAt(row, series.counts), run.columns.loss[row]];
      const beside = { anchor: "middle", halo: HALO, shift: [0, away > 0 ? 12 : -9] } as const;
      name = words(place, "before the change", beside);
    }
    return [group([seriesLine(series, WHOLE, style)], { clip: cutOff(chart) }), ...(name ? [name] : [])];
  });
  return group(marks);
}

/**
 * Runs as their preset has them, as far as they are shown.
 * @param counts  of each
 */
export function preparedMarks(chart: PlacedChart, { runs, prepared, hidesAhead }: Scene, counts: Counts[]): Mark {
  const marks = prepared.map(({ run: { columns, length }, index }, k) => {
    const rows = hidesAhead ? Math.min(length, runs[index].length) : length;
    const series = { values: columns.loss.subarray(0, rows), first: 0, counts: counts[k] };
    return seriesLine(series, WHOLE, { stroke: "ink3", width: 1.5, of: "prepared" });
  });
  return group(marks, { clip: cutOff(chart) });
}
