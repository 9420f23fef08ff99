/**
 * Changes on the way: pale and thin, how a run would have gone on without its last change, and a mark on its path where
 * each sets in. Fetched with the first run that has one.
 */

import { type GroupMark, group, type Mark, path, runInk, shape } from "../../marks/mark.ts";
import { boxAround, inside } from "../../math/box.ts";
import type { Ghost } from "../../state/types.ts";
import { hollow } from "./arrows.ts";
import type { MapDrawing, MapMoment } from "./moment.ts";
import { beyond } from "./routes.ts";
import { labelBeside } from "./style.ts";
import { createTraces, placeAt, stretchOf, type Trace } from "./trace.ts";

const WIDTH = 1.5;
const PALE = 0.7;
const DOTS = [1.8, 3];
/** Pixels: of a mark, from its middle to words, and the least that a ghost is away from its run where it is named. */
const MARK = 4.2;
const GAP = 9;
const APART = 26;

type GhostTrace = Ghost & { trace: Trace };

const NAME = "before the change";

const TYPE = { size: 12.5, italic: true, weight: 600 };
const DIAMOND = `M${-MARK} 0L0 ${-MARK}L${MARK} 0L0 ${MARK}Z`;

export function createChangesOnTheWay() {
  const tracesOf = createTraces();

  function ghostsOf({ scene, axes, area }: MapDrawing): GhostTrace[] {
    if (scene.plane) return [];
    const traces = tracesOf({ ...scene, wholeRuns: scene.ghosts.map(({ run }) => run) }, axes, area);
    return traces.map((trace) => ({ ...scene.ghosts[trace.index], trace }));
  }

  /** @returns as far as they are drawn */
  const lastOf = ({ scene, playhead }: MapDrawing, { length }: Trace) =>
    scene.hidesAhead ? Math.min(playhead.step, length - 1) : length - 1;

  /** Where a ghost is farthest from its run, at the same row. */
  function farthest(
    { traces, look }: MapDrawing,
    { index, from, trace }: GhostTrace,
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
    ghosts(drawing: MapDrawing): GroupMark {
      const marks = ghostsOf(drawing).flatMap(({ trace, from }) => {
        const last = lastOf(drawing, trace);
        if (last <= from) return [];
        const casing = { stroke: "casing", width: WIDTH + 2 } as const;
        const style = { stroke: runInk(trace.run.slot), width: WIDTH, dash: DOTS, casing, opacity: PALE };
        return [path(stretchOf(trace, from, last, beyond(drawing.look)), style)];
      });
      return group(marks, { clip: drawing.look.box });
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
      const marks: Mark[] = [];
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
      for (const ghost of ghostsOf(moment)) {
        const at = farthest(moment, ghost, Math.floor(lastOf(moment, ghost.trace)));
        if (at) marks.push(...labelBeside(moving, look, at, GAP, NAME, TYPE));
      }
      return marks;
    },
  };
}

export type ChangesOnTheWay = ReturnType<typeof createChangesOnTheWay>;
