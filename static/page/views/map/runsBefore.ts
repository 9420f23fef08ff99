/**
 * What runs were before a change: pale, how one would have gone on without its last change on the way, with a mark
 * where each sets in; grey, how one goes as its preset has it; and how one goes with many seeds. Fetched with the
 * first of these.
 */

import { type GroupMark, group, type Mark, path, runInk, shape } from "../../marks/mark.ts";
import { boxAround, inside } from "../../math/box.ts";
import { markerPath } from "../../math/markers.ts";
import { beforeWords } from "../../words/setOtherwise.ts";
import { createBundle } from "./bundle.ts";
import type { MapDrawing, MapMoment } from "./moment.ts";
import { beyond } from "./routes.ts";
import { hollow, labelBeside } from "./style.ts";
import { createTraces, placeAt, stretchOf, type Trace } from "./trace.ts";

const WIDTH = 1.5;
const PALE = 0.7;
const DOTS = [1.8, 3];
/** Pixels: of a mark, from its middle to words, and the least that one is away from its run where it is named. */
const MARK = 4.2;
const GAP = 9;
const APART = 26;

/** prepared: as its preset has it; from: the row at which it is drawn first */
type Before = { index: number; from: number; prepared: boolean; name: string; trace: Trace };

/** Of its marker at its end. */
const HEAD = 5;

const TYPE = { size: 12.5, italic: true, weight: 600 };
const DIAMOND = `M${-MARK} 0L0 ${-MARK}L${MARK} 0L0 ${MARK}Z`;

export function createRunsBefore() {
  const tracesOf = createTraces();
  const bundle = createBundle();

  function allOf({ scene, axes, area }: MapDrawing): Before[] {
    if (scene.plane) return [];
    const all = [
      ...scene.ghosts.map((one) => ({ ...one, prepared: false, name: "before the change" })),
      ...scene.prepared.map((one) => ({ ...one, prepared: true, from: 0, name: beforeWords(one) })),
    ];
    const traces = tracesOf({ ...scene, wholeRuns: all.map(({ run }) => run) }, axes, area);
    return traces.map((trace) => ({ ...all[trace.index], trace }));
  }

  /** @returns as far as they are drawn */
  const lastOf = ({ scene, playhead }: MapDrawing, { length }: Trace) =>
    scene.hidesAhead ? Math.min(playhead.step, length - 1) : length - 1;

  /** Where one is farthest from its run, at the same row. */
  function farthest(
    { traces, look }: MapDrawing,
    { index, from, trace }: Before,
    last: number,
  ): [number, number] | null {
    const own = traces.find((each) => each.index === index);
    let [best, most] = [null as number | null, APART * look.scale];
    for (let row = from; own && row <= last; row++) {
      if (!trace.seen[row]) continue;
      const k = Math.min(row, own.length - 1);
      const away = Math.hypot(trace.xs[row] - own.xs[k], trace.ys[row] - own.ys[k]);
      if (away > most) [best, most] = [row, away];
    }
    return best === null ? null : [trace.xs[best], trace.ys[best]];
  }

  return {
    /** To lie below the routes. */
    paths(drawing: MapDrawing): GroupMark {
      const marks = allOf(drawing).flatMap(({ trace, from, prepared }): Mark[] => {
        const last = lastOf(drawing, trace);
        if (last <= from) return [];
        const casing = { stroke: "casing", width: WIDTH + 2 } as const;
        const places = stretchOf(trace, from, last, beyond(drawing.look));
        const { slot, end } = trace.run;
        if (!prepared) return [path(places, { stroke: runInk(slot), width: WIDTH, dash: DOTS, casing, opacity: PALE })];
        const head = hollow("ink3");
        return [
          path(places, { stroke: "ink3", width: WIDTH, casing }),
          ...(end && last === trace.length - 1 ? [shape(placeAt(trace, last), markerPath(slot, HEAD), head)] : []),
        ];
      });
      return group([...bundle.paths(drawing), ...marks], { clip: drawing.look.box });
    },
    /** To lie over the routes. */
    marks(moment: MapMoment): Mark[] {
      const {
        scene,
        traces,
        look,
        moving,
        playhead: { step },
      } = moment;
      const marks = bundle.marks(moment);
      for (const trace of traces) {
        for (const { from, words } of trace.run.phases.slice(1)) {
          if (from >= trace.length || (scene.hidesAhead && from > step)) continue;
          const [x, y] = placeAt(trace, from);
          if (!inside(look.box, x, y)) continue;
          marks.push(shape([x, y], DIAMOND, hollow(runInk(trace.run.slot))));
          moving.markWords(boxAround(x, y, MARK * look.scale));
          if (traces.length === 1 || trace.index === scene.selected)
            marks.push(...labelBeside(moving, look, [x, y], GAP, words, TYPE));
        }
      }
      const told = new Set();
      for (const one of allOf(moment)) {
        const at = told.has(one.name) ? null : farthest(moment, one, Math.floor(lastOf(moment, one.trace)));
        if (!at) continue;
        told.add(one.name);
        marks.push(...labelBeside(moving, look, at, GAP, one.name, TYPE));
      }
      return marks;
    },
  };
}

export type RunsBefore = ReturnType<typeof createRunsBefore>;
