/** What a loss chart has besides its lines: epochs, bands, ghosts, runs as prepared, and evidence. */
import { group, HALO, inPixels, line, type Mark, type Place, runInk, verticals, words } from "../../marks/mark.ts";
import { isInside } from "../../math/box.ts";
import { type Counts, countAt } from "../../math/series.ts";
import { niceStep } from "../../math/ticks.ts";
import type { Run, Scene } from "../../state/types.ts";
import { cutOff, type PlacedChart } from "../chart/lineChart.ts";
import { seriesLine, WHOLE, xOf, yOf } from "../chart/plot.ts";
import { type Bands, isShown, type LossContent, STRIP } from "./content.ts";
import { evidenceInChart } from "./evidenceInChart.ts";
import { guessedSteps } from "./guesses.ts";

/** @param counts  along the axis, of each run */
export const marksBehind = (
  chart: PlacedChart,
  { scene, counted, bands, epochs }: Pick<LossContent, "scene" | "counted" | "bands" | "epochs">,
  counts: Counts[],
): Mark[] => [
  epochMarks(chart, epochs?.ends ?? [], counts[epochs?.run ?? 0]),
  bandMarks(chart, scene.shownRuns, bands, counts, counted?.count === "samples"),
  ...(scene.prepared.length ? [preparedMarks(chart, scene, counted?.prepared ?? [])] : []),
];

/** The marks of what many guessed and of the evidence. */
export const evidenceMarks = (chart: PlacedChart, scene: Scene, counts: Counts[]): Mark[] => [
  ...(scene.guesses ? [guessedSteps(chart, scene, counts)] : []),
  ...(scene.wholeEvidence.length ? [evidenceInChart({ chart, scene, counts, strip: STRIP })] : []),
];

/** Nominal pixels from one mark of an epoch to the next, and from one number to the next. */
const EPOCH = { mark: 6, number: 30 };

/** Lines where epochs are over, with their numbers above the axis, as many as there is room for. */
function epochMarks(chart: PlacedChart, ends: number[], counts: Counts): Mark {
  const { box, look } = chart;
  const bottom = box.top + box.height;
  const places = ends.map((end) => xOf(chart, end, counts));
  const narrowest = Math.min(...places.map((at, k) => at - (k ? places[k - 1] : box.left)));
  if (!(ends.length && narrowest > 0)) return group([]);
  const [marked, numbered] = [EPOCH.mark, EPOCH.number].map((pixels) => {
    const stride = niceStep(Math.max(1, (pixels * look.scale) / narrowest));
    return places.map((at, k) => ({ at, count: k + 1 })).filter(({ count }) => count % stride === 0);
  });
  const rules = marked.map(({ at }) => [at, box.top, bottom] as const);
  const numbers = numbered.map(({ at, count }, first) =>
    words([at, bottom], first ? String(count) : `epoch ${count}`, { anchor: "end", halo: HALO, shift: [-3, -8] }),
  );
  const style = { crisp: true, stroke: "ink2", strokeOpacity: 0.5, dash: [1, 3], of: "epochs" } as const;
  return inPixels([verticals(rules, style), ...numbers]);
}

/**
 * Of each band what lies between its quartiles and its median, as far as the run is shown: to its end, unless that is
 * hidden.
 * @param counts  along the axis, of each run
 * @param overSamples  these are samples, of which bands have their own where their runs may be longer
 */
function bandMarks(chart: PlacedChart, runs: Run[], bands: Bands, counts: Counts[], overSamples: boolean): Mark {
  // A loss that is not finite lies above the top.
  const out = chart.y.valueAt(2);
  const marks = runs.flatMap((run, k): Mark[] => {
    const band = bands?.[k];
    if (!band || !isShown(run)) return [];
    const rows = run.end ? band.median.length : Math.min(run.length, band.median.length);
    const along = (losses: Float64Array, style = {}) => {
      const values = losses.subarray(0, rows);
      return seriesLine({ values, first: 0, counts: (overSamples && band.samples) || counts[k] }, WHOLE, style);
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

/** Nominal pixels between a ghost and its run, at the least, where it is named; and of its name on either side. */
const GHOST = { apart: 18, name: 54 };

/**
 * How runs would have gone on without their last change, up to the playhead; each is named where it is farthest from
 * its run.
 * @param counts  of each ghost
 */
export function ghostMarks(chart: PlacedChart, { shownRuns, ghosts, hasHiddenRows }: Scene, counts: Counts[]): Mark {
  const { box, look } = chart;
  const space = GHOST.name * look.scale;
  const marks = ghosts.flatMap(({ from, run, index }, k): Mark[] => {
    const currentRun = shownRuns[index];
    const rows = hasHiddenRows ? Math.min(run.length, currentRun.length) : run.length;
    if (rows < from + 2) return [];
    const series = { values: run.columns.loss.subarray(from, rows), first: from, counts: counts[k] };
    const style = { stroke: runInk(run.slot), strokeOpacity: 0.6, dash: [1.5, 3], of: "ghost" };
    let [name, most] = [null as Mark | null, GHOST.apart * look.scale];
    for (let row = from; row < Math.min(rows, currentRun.length); row++) {
      const [x, y] = [xOf(chart, row, series.counts), yOf(chart, run.columns.loss[row])];
      const offset = y - yOf(chart, currentRun.columns.loss[row]);
      const isNamed = isInside(box, x, y) && Math.min(x - box.left, box.left + box.width - x) >= space;
      if (!isNamed || !(Math.abs(offset) > most)) continue;
      most = Math.abs(offset);
      const place: Place = [countAt(row, series.counts), run.columns.loss[row]];
      const beside = { anchor: "middle", halo: HALO, shift: [0, offset > 0 ? 12 : -9] } as const;
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
function preparedMarks(chart: PlacedChart, { shownRuns, prepared, hasHiddenRows }: Scene, counts: Counts[]): Mark {
  const marks = prepared.map(({ run: { columns, length }, index }, k) => {
    const rows = hasHiddenRows ? Math.min(length, shownRuns[index].length) : length;
    const series = { values: columns.loss.subarray(0, rows), first: 0, counts: counts[k] };
    return seriesLine(series, WHOLE, { stroke: "ink3", width: 1.5, of: "prepared" });
  });
  return group(marks, { clip: cutOff(chart) });
}
