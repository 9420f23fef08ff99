/**
 * Other versions of runs: pale, a run without its last change on the way, with a mark where each change begins; grey, a
 * run as its preset has it; and one run with many seeds, as thin paths with hollow heads and a ring around the minimum
 * that contains half of their ends.
 */

import { circle, group, type Mark, type Place, path, runInk, shape } from "../../../marks/mark.ts";
import { screenPlace } from "../../../marks/scales.ts";
import { boxAround, isInside } from "../../../math/box.ts";
import { formatMeasured } from "../../../math/format.ts";
import { markerPath } from "../../../math/markers.ts";
import type { Run } from "../../../state/types.ts";
import { beforeWords } from "../../../words/changedSettings.ts";
import type { Layer, LayerDrawing, MapLayout, MapMoment } from "../moment.ts";
import { haloOutline, hollowOutline, LABEL_TYPE, labelBeside } from "../style.ts";
import { clipBox } from "./routes.ts";
import { createTraces, placeAt, stretchOf, type Trace } from "./trace.ts";

const TYPE = { size: 12.5, italic: true, weight: 600 };
/** Nominal pixels of a path, and of the marker at the end of a run of the preset. */
const [WIDTH, HEAD] = [1.5, 5];
/** The style of a run without its last change. */
const GHOST = { dash: [1.8, 3], opacity: 0.7 };
/** Pixels: of a mark; from its middle to words; and the least distance from its run at which a path is named. */
const [MARK, GAP, APART] = [4.2, 9, 26];
const DIAMOND = `M${-MARK} 0L0 ${-MARK}L${MARK} 0L0 ${MARK}Z`;
/** The style of many seeds: nominal pixels of a path and a head. */
const SEEDS = { width: 0.7, head: 2.6, opacity: 0.36 };

/** prepared: as its preset has it; from: the first row that is drawn */
type Before = { index: number; from: number; prepared: boolean; name: string; trace: Trace };

/** @returns the last row of a run that is drawn */
const lastOf = ({ stillMap, playhead }: MapMoment, { length }: Trace) =>
  stillMap.scene.hasHiddenRows ? Math.min(playhead.step, length - 1) : length - 1;

/** The place where a version is farthest from its run at the same row. */
function farthest({ traces, look }: MapLayout, { index, from, trace }: Before, last: number): Place | null {
  const currentTrace = traces.find((candidate) => candidate.index === index);
  let [best, most] = [null as number | null, APART * look.scale];
  for (let row = from; currentTrace && row <= last; row++) {
    if (!trace.visible[row]) continue;
    const k = Math.min(row, currentTrace.length - 1);
    const distance = Math.hypot(trace.xs[row] - currentTrace.xs[k], trace.ys[row] - currentTrace.ys[k]);
    if (distance > most) [best, most] = [row, distance];
  }
  return best === null ? null : [trace.xs[best], trace.ys[best]];
}

/** The marks where changes begin; for the only or the chosen run with words. */
function changes({ stillMap, playhead }: MapMoment): Required<Pick<LayerDrawing, "over" | "obstacles">> {
  const { scene, traces, look } = stillMap;
  const begun = traces.flatMap((trace) =>
    trace.run.phases.slice(1).flatMap(({ from, words }) => {
      const at = placeAt(trace, from);
      const isHidden = from >= trace.length || (scene.hasHiddenRows && from > playhead.step);
      return isHidden || !isInside(look.box, ...at) ? [] : [{ trace, at, words }];
    }),
  );
  return {
    over: begun.flatMap(({ trace, at, words }) => [
      shape(at, DIAMOND, hollowOutline(runInk(trace.run.slot))),
      ...(traces.length === 1 || trace.index === scene.selected ? [labelBeside(look, at, GAP, words, TYPE)] : []),
    ]),
    obstacles: begun.map(({ at }) => boxAround(...at, MARK * look.scale)),
  };
}

/**
 * The ring around the known minimum nearest to the mean of the ends, or around the mean. @returns null: half diverge
 */
export function ringOf(ends: number[][], minima: { at: number[] }[]): { at: number[]; radius: number } | null {
  const finite = ends.filter((end) => end.every(Number.isFinite));
  if (finite.length < ends.length / 2 || !finite.length) return null;
  const mean = finite[0].map((_, k) => finite.reduce((sum, end) => sum + end[k], 0) / finite.length);
  const distanceFrom = (from: number[]) => (to: number[]) => Math.hypot(...to.map((value, k) => value - from[k]));
  const nearest = minima.map(({ at }) => at).sort((a, b) => distanceFrom(mean)(a) - distanceFrom(mean)(b))[0];
  const at = nearest ?? mean;
  const distances = finite.map(distanceFrom(at)).sort((a, b) => a - b);
  return { at, radius: distances[Math.ceil(ends.length / 2) - 1] };
}

const endOf = ({ columns, length }: Run) => columns.parameters.map((column) => column[length - 1]);

function ringMarks({ scene, area, look }: MapLayout, runs: Run[]) {
  const ring = scene.hasHiddenRows || !runs.length ? null : ringOf(runs.map(endOf), scene.problem.minima);
  if (!ring) return [];
  const { at, radius } = ring;
  const places = circle(radius, [at[0], at[1]]).map((place) => screenPlace(area, ...place));
  const text = `half of the ${runs.length} end within ${formatMeasured(radius, 2)}`;
  return [
    group([path(places, { ...haloOutline(2), closed: true, of: "half" })], { clip: look.box }),
    labelBeside(look, places[places.length - 9], 10, text, LABEL_TYPE),
  ];
}

export function createRunsBefore(): Layer {
  const [tracesBefore, tracesOfSeeds] = [createTraces(), createTraces()];

  function before(layout: MapLayout): Before[] {
    const { scene } = layout;
    if (scene.plane) return [];
    const all = [
      ...scene.ghosts.map((ghost) => ({ ...ghost, prepared: false, name: "before the change" })),
      ...scene.prepared.map((preparedRun) => ({
        ...preparedRun,
        prepared: true,
        from: 0,
        name: beforeWords(preparedRun),
      })),
    ];
    const runs = all.map(({ run }) => run);
    return tracesBefore(runs, layout).map((trace) => ({ ...all[trace.index], trace }));
  }

  function seeds(layout: MapLayout): Trace[] {
    const { bundle, plane, wholeRuns } = layout.scene;
    const seededRun = wholeRuns.find(({ slot }) => slot === bundle?.slot);
    if (!bundle || !seededRun || plane || layout.axes.curve) return [];
    const runs = bundle.runs.map(({ columns, length, end }) => ({ ...seededRun, columns, length, end }));
    return tracesOfSeeds(runs, layout);
  }

  function paths(moment: MapMoment, ofSeeds: Trace[], ofRuns: Before[]): Mark {
    const thin = { width: SEEDS.width, strokeOpacity: SEEDS.opacity, of: "seed" };
    const placesOf = (trace: Trace, from: number) =>
      stretchOf(trace, from, lastOf(moment, trace), clipBox(moment.stillMap.look));
    const marks = ofRuns.flatMap(({ trace, from, prepared }): Mark[] => {
      const last = lastOf(moment, trace);
      if (last <= from) return [];
      const { slot, end } = trace.run;
      const style = { width: WIDTH, casing: { stroke: "casing", width: WIDTH + 2 } } as const;
      if (!prepared) return [path(placesOf(trace, from), { ...style, ...GHOST, stroke: runInk(slot) })];
      const head = shape(placeAt(trace, last), markerPath(slot, HEAD), hollowOutline("ink3"));
      const ended = end && last === trace.length - 1;
      return [path(placesOf(trace, from), { ...style, stroke: "ink3" }), ...(ended ? [head] : [])];
    });
    const bundle = ofSeeds.map((trace) => path(placesOf(trace, 0), { ...thin, stroke: runInk(trace.run.slot) }));
    return group([...bundle, ...marks], { clip: moment.stillMap.look.box });
  }

  return {
    draw(moment) {
      const { stillMap } = moment;
      const { look } = stillMap;
      const [ofSeeds, ofRuns] = [seeds(stillMap), before(stillMap)];
      const heads = ofSeeds.map((trace) => {
        const style = { stroke: runInk(trace.run.slot), width: 1.4, fill: "casing" } as const;
        return shape(placeAt(trace, lastOf(moment, trace)), markerPath(trace.run.slot, SEEDS.head), style);
      });
      const named = new Set<string>();
      const names = ofRuns.flatMap((before) => {
        const at = named.has(before.name) ? null : farthest(stillMap, before, Math.floor(lastOf(moment, before.trace)));
        if (!at) return [];
        named.add(before.name);
        return [labelBeside(look, at, GAP, before.name, TYPE)];
      });
      const ring = ringMarks(
        stillMap,
        ofSeeds.map(({ run }) => run),
      );
      const { over, obstacles } = changes(moment);
      return {
        under: ofSeeds.length || ofRuns.length ? [paths(moment, ofSeeds, ofRuns)] : [],
        over: [...(heads.length ? [group(heads, { clip: look.box })] : []), ...ring, ...over, ...names],
        obstacles,
      };
    },
  };
}
