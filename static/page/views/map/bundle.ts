/** One run with many seeds: thin paths with hollow heads, and the ring around the minimum in which half of them end. */

import { type Mark, path, runInk, shape } from "../../marks/mark.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { formatMeasured } from "../../math/format.ts";
import { markerPath } from "../../math/markers.ts";
import type { Bundle, Run } from "../../state/types.ts";
import type { MapMoment } from "./moment.ts";
import { beyond } from "./routes.ts";
import { haloed, labelBeside } from "./style.ts";
import { createTraces, placeAt, stretchOf, type Trace } from "./trace.ts";

/** Nominal pixels of a path and of a head; corners of the ring. */
const [WIDTH, HEAD, CORNERS] = [0.7, 2.6, 72];
const STRENGTH = 0.36;
const TYPE = { size: 13.5, weight: 600 };

const endOf = ({ columns, length }: Run) => columns.parameters.map((column) => column[length - 1]);

/** Around the known minimum nearest to where they end in the mean, or around that. @returns null: half diverge */
export function ringOf(ends: number[][], minima: { at: number[] }[]): { at: number[]; radius: number } | null {
  const finite = ends.filter((end) => end.every(Number.isFinite));
  if (finite.length < ends.length / 2 || !finite.length) return null;
  const mean = finite[0].map((_, k) => finite.reduce((sum, end) => sum + end[k], 0) / finite.length);
  const away = (from: number[]) => (to: number[]) => Math.hypot(...to.map((value, k) => value - from[k]));
  const nearest = minima.map(({ at }) => at).sort((a, b) => away(mean)(a) - away(mean)(b))[0];
  const at = nearest ?? mean;
  const distances = finite.map(away(at)).sort((a, b) => a - b);
  return { at, radius: distances[Math.ceil(ends.length / 2) - 1] };
}

function ringMarks({ scene, area, look, moving }: MapMoment, runs: Run[]): Mark[] {
  const ring = ringOf(runs.map(endOf), scene.problem.minima);
  if (!ring) return [];
  const { at, radius } = ring;
  const places = Array.from({ length: CORNERS }, (_, k) => {
    const angle = (2 * Math.PI * k) / CORNERS;
    return [screenX(area, at[0] + radius * Math.cos(angle)), screenY(area, at[1] + radius * Math.sin(angle))] as const;
  });
  const text = `half of the ${runs.length} end within ${formatMeasured(radius, 2)}`;
  return [
    path(places, { ...haloed(2), closed: true, of: "half" }),
    ...labelBeside(moving, look, places[CORNERS - 9], 10, text, TYPE),
  ];
}

export function createBundle() {
  const tracesOf = createTraces();

  function marksOf(moment: MapMoment, { slot, runs: made }: Bundle): Mark[] {
    const { scene, area, axes, look, playhead } = moment;
    const own = scene.wholeRuns.find((run) => run.slot === slot);
    if (!own) return [];
    const runs = made.map(({ columns, length, end }) => ({ ...own, columns, length, end }));
    const traces = tracesOf({ ...scene, wholeRuns: runs }, axes, area);
    const last = ({ length }: Trace) => (scene.hidesAhead ? Math.min(playhead.step, length - 1) : length - 1);
    return [
      ...traces.map((trace) =>
        path(stretchOf(trace, 0, last(trace), beyond(look)), {
          stroke: runInk(trace.run.slot),
          width: WIDTH,
          strokeOpacity: STRENGTH,
          of: "seed",
        }),
      ),
      ...traces.map((trace) =>
        shape(placeAt(trace, last(trace)), markerPath(trace.run.slot, HEAD), {
          stroke: runInk(trace.run.slot),
          width: 1.4,
          fill: "casing",
        }),
      ),
      ...(scene.hidesAhead ? [] : ringMarks(moment, runs)),
    ];
  }

  return (moment: MapMoment): Mark[] => {
    const { bundle, plane } = moment.scene;
    return bundle && !plane && !moment.axes.curve ? marksOf(moment, bundle) : [];
  };
}
