/** One run with many seeds: thin paths with hollow heads, and the ring around the minimum in which half of them end. */

import { group, type Mark, path, runInk, shape } from "../../marks/mark.ts";
import { screenX, screenY } from "../../marks/scales.ts";
import { formatMeasured } from "../../math/format.ts";
import { markerPath } from "../../math/markers.ts";
import type { Run } from "../../state/types.ts";
import type { MapDrawing, MapMoment } from "./moment.ts";
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

/** As far as each is drawn. */
const lastOf = ({ scene, playhead }: MapDrawing, { length }: Trace) =>
  scene.hidesAhead ? Math.min(playhead.step, length - 1) : length - 1;

export function createBundle() {
  const tracesOf = createTraces();

  function tracesIn({ scene, axes, area }: MapDrawing): Trace[] {
    const { bundle, plane, wholeRuns } = scene;
    const own = wholeRuns.find(({ slot }) => slot === bundle?.slot);
    if (!bundle || !own || plane || axes.curve) return [];
    const runs = bundle.runs.map(({ columns, length, end }) => ({ ...own, columns, length, end }));
    return tracesOf({ ...scene, wholeRuns: runs }, axes, area);
  }

  return {
    /** To lie below the routes. */
    paths: (drawing: MapDrawing): Mark[] =>
      tracesIn(drawing).map((trace) =>
        path(stretchOf(trace, 0, lastOf(drawing, trace), beyond(drawing.look)), {
          stroke: runInk(trace.run.slot),
          width: WIDTH,
          strokeOpacity: STRENGTH,
          of: "seed",
        }),
      ),
    /** To lie over the routes. */
    marks(moment: MapMoment): Mark[] {
      const traces = tracesIn(moment);
      const heads = traces.map((trace) =>
        shape(placeAt(trace, lastOf(moment, trace)), markerPath(trace.run.slot, HEAD), {
          stroke: runInk(trace.run.slot),
          width: 1.4,
          fill: "casing",
        }),
      );
      const ring = moment.scene.hidesAhead
        ? []
        : ringMarks(
            moment,
            traces.map(({ run }) => run),
          );
      return traces.length ? [group([...heads, ...ring], { clip: moment.look.box })] : [];
    },
  };
}
