/** What stands in the loss chart besides its lines: tints, epochs, bands, ghosts, and where lines end or leave. */

import {
  group,
  HALO,
  type Ink,
  line,
  type Mark,
  type Place,
  path,
  runInk,
  runMarker,
  shape,
  uprights,
  words,
} from "../../marks/mark.ts";
import { PIXELS } from "../../marks/scales.ts";
import { inside } from "../../math/box.ts";
import { fromOklab, toHex } from "../../math/colour.ts";
import { formatLevel } from "../../math/format.ts";
import type { Levels } from "../../math/levels.ts";
import { type ThemeName, tints } from "../../math/palette.ts";
import { niceStep } from "../../math/scales.ts";
import { type Counts, countAt } from "../../math/series.ts";
import type { Run, Scene } from "../../state/types.ts";
import { cutOff, type PlacedChart } from "../chart/lineChart.ts";
import { endOf, peaksOut, seriesLine, valueAt, WHOLE, xOf, yOf } from "../chart/lines.ts";
import { type Bands, isShown } from "./axes.ts";

/** Nominal pixels of the strip of tints beside the axis. */
export const STRIP = 9;

/** The tints of the map beside the axis; where there is no map, the axis alone. */
export function tintStrip(chart: PlacedChart, levels: Levels | null, theme: ThemeName): Mark {
  const { box, look } = chart;
  const bottom = box.top + box.height;
  const style = { crisp: true, stroke: "ink2" } as const;
  if (!levels) return group([uprights([[box.left, box.top, bottom]], style)], { scales: PIXELS });
  const left = box.left - STRIP * look.scale;
  const edges = [-Infinity, ...levels.values, Infinity].map((value) =>
    Math.min(bottom, Math.max(box.top, yOf(chart, value))),
  );
  const between = (low: number, high: number): Place[] => [
    [left, low],
    [box.left, low],
    [box.left, high],
    [left, high],
  ];
  const bands = tints(theme, levels.values.length + 1).map((tint, band) =>
    path(between(edges[band], edges[band + 1]), { closed: true, fill: toHex(fromOklab(tint)) as Ink }),
  );
  const frame = path(between(bottom, box.top), { ...style, closed: true });
  return group([...bands, frame], { scales: PIXELS });
}

/** Nominal pixels from one mark of an epoch to the next, and from one number to the next. */
const EPOCH = { mark: 6, number: 30 };

/** Where epochs are over, across the height, with their numbers above the axis: as many as there is room for. */
export function epochMarks(chart: PlacedChart, ends: number[], counts: Counts): Mark {
  const { box, look } = chart;
  const bottom = box.top + box.height;
  const places = ends.map((end) => xOf(chart, end, counts));
  const narrowest = Math.min(...places.map((at, k) => at - (k ? places[k - 1] : box.left)));
  if (!(ends.length && narrowest > 0)) return group([]);
  const [marked, told] = [EPOCH.mark, EPOCH.number].map((pixels) => {
    const each = niceStep(Math.max(1, (pixels * look.scale) / narrowest));
    return places.map((at, k) => ({ at, count: k + 1 })).filter(({ count }) => count % each === 0);
  });
  const rules = marked.map(({ at }) => [at, box.top, bottom] as const);
  const numbers = told.map(({ at, count }, first) =>
    words([at, bottom], first ? String(count) : `epoch ${count}`, { anchor: "end", halo: HALO, shift: [-3, -8] }),
  );
  const style = { crisp: true, stroke: "ink2", strokeOpacity: 0.5, dash: [1, 3], of: "epochs" } as const;
  return group([uprights(rules, style), ...numbers], { scales: PIXELS });
}

/**
 * Of each band what lies between its quartiles and its median, as far as the run is shown: to its end, unless that is
 * hidden.
 * @param counts  along the axis; null: the samples of the bands
 */
export function bandMarks(chart: PlacedChart, runs: Run[], bands: Bands, counts: Counts[] | null): Mark {
  // What is not finite is out at the top.
  const out = chart.y.valueAt(2);
  const marks = runs.flatMap((run, k): Mark[] => {
    const band = bands?.[k];
    if (!band || !isShown(run)) return [];
    const rows = run.end ? band.median.length : Math.min(run.length, band.median.length);
    const along = (losses: Float64Array, style = {}) => {
      const values = losses.subarray(0, rows);
      return seriesLine({ values, first: 0, counts: counts ? counts[k] : band.samples }, WHOLE, style);
    };
    const [low, high, ink] = [along(band.low), along(band.high), runInk(run.slot)];
    const around = [low.y, Array.from(high.y).reverse()].flatMap((side) => Array.from(side));
    return [
      line(
        [low.x, Array.from(high.x).reverse()].flatMap((side) => Array.from(side)),
        around.map((loss) => (Number.isNaN(loss) ? out : loss)),
        { closed: true, fill: ink, fillOpacity: 0.2, of: "band" },
      ),
      along(band.median, { stroke: ink, width: 2.6, of: "median" }),
    ];
  });
  return group(marks, { clip: cutOff(chart) });
}

/** Nominal pixels between a ghost and its run, at the least, where it is named; and of its name on either side. */
const GHOST = { apart: 18, name: 54 };

/**
 * How runs would have gone on without their last change, as far as they are shown; named where farthest from its run.
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
      name = words([countAt(row, series.counts), run.columns.loss[row]], "before the change", {
        anchor: "middle",
        halo: HALO,
        shift: [0, away > 0 ? 12 : -9],
      });
    }
    return [group([seriesLine(series, WHOLE, style)], { clip: cutOff(chart) }), ...(name ? [name] : [])];
  });
  return group(marks);
}

/** An arrowhead out of the top. @param top  pixels */
const exit = (x: number, top: number, slot: number): Mark =>
  shape([x, top], "M0 -9L5 1L-5 1Z", { fill: runInk(slot), casing: { stroke: "casing", width: 2 } });

/** Where lines end; where they leave the top and come back, and below the highest of these how high one gets. */
export function outMarks(chart: PlacedChart, runs: Run[]): Mark {
  const { box, lines, steps } = chart;
  const marks = lines.flatMap((one): Mark[] => {
    const { slot, end } = runs[one.run];
    const { x, y, off } = endOf(chart, one, steps);
    return [
      ...(off ? [exit(x, box.top, slot)] : end ? [runMarker([x, y], slot, 3.4, true)] : []),
      ...peaksOut(chart, one).flatMap((row) => {
        const [x, loss] = [xOf(chart, row, one.counts), valueAt(one, row)];
        const told = `up to ${formatLevel(Number(loss.toPrecision(2)))}`;
        const highest = !one.values.some((value) => value > loss);
        const style = { anchor: "middle", halo: HALO, shift: [0, 9] } as const;
        return [exit(x, box.top, slot), ...(highest ? [words([x, box.top], told, style)] : [])];
      }),
    ];
  });
  return group(marks, { scales: PIXELS });
}
