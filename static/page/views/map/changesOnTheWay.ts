/**
 * Changes on the way: pale and thin, how a run would have gone on without its last change, and a mark on its path where
 * each sets in. Fetched with the first run that has one.
 */

import { widthOf } from "../../marks/look.ts";
import { type GroupMark, group, type Mark, type Place, path, runInk, shape } from "../../marks/mark.ts";
import { bestSpot, leader } from "../../marks/spots.ts";
import { type Box, boxAround, inside, movedInto, overlap } from "../../math/box.ts";
import type { Ghost } from "../../state/types.ts";
import { hollow } from "./arrows.ts";
import type { MapDrawing } from "./moment.ts";
import { labelIn, leaderMark } from "./style.ts";
import { placeAt, stretchOf, type Trace } from "./trace.ts";
import { createTraces } from "./traces.ts";

const WIDTH = 1.5;
const PALE = 0.7;
const DOTS = [1.8, 3];
/** Pixels: of a mark, and the least that a ghost is away from its run where it is named. */
const MARK = 4.2;
const APART = 26;
/** Lines are cut this far outside the frame. */
const BEYOND = 24;

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

  /** Words beside a place, off what is taken: that takes them up. */
  function write({ look, area }: MapDrawing, text: string, [x, y]: Place, taken: Box[]): Mark[] {
    const size: [number, number] = [widthOf(look, text, TYPE), 15 * look.scale];
    const { box, led } = bestSpot({ x, y, size, gap: 9 * look.scale, scale: look.scale }, ({ box: spot }) => {
      const inSight = movedInto(spot, area.box);
      return (
        20 * taken.filter((other) => overlap(other, spot)).length +
        Math.abs(inSight.left - spot.left) +
        Math.abs(inSight.top - spot.top)
      );
    });
    taken.push(box);
    return [...(led ? [leaderMark(leader(x, y, box, 6 * look.scale))] : []), labelIn(box, text, TYPE)];
  }

  return {
    /** To lie below the routes. */
    ghosts(drawing: MapDrawing): GroupMark {
      const { box } = drawing.look;
      const around = {
        left: box.left - BEYOND,
        top: box.top - BEYOND,
        width: box.width + 2 * BEYOND,
        height: box.height + 2 * BEYOND,
      };
      const marks = ghostsOf(drawing).flatMap(({ trace, from }) => {
        const last = lastOf(drawing, trace);
        if (last <= from) return [];
        const casing = { stroke: "casing", width: WIDTH + 2 } as const;
        const style = { stroke: runInk(trace.run.slot), width: WIDTH, dash: DOTS, casing, opacity: PALE };
        return [path(stretchOf(trace, from, last, around), style)];
      });
      return group(marks, { clip: box });
    },
    /** To lie over the routes. @param taken  by other words */
    marks(drawing: MapDrawing, taken: Box[]): Mark[] {
      const {
        scene,
        traces,
        look,
        playhead: { step },
      } = drawing;
      const boxes = [...taken];
      const marks: Mark[] = [];
      for (const trace of traces) {
        for (const { from, words } of trace.run.phases.slice(1)) {
          if (from >= trace.length || (scene.hidesAhead && from > step)) continue;
          const [x, y] = placeAt(trace, from);
          if (!inside(look.box, x, y)) continue;
          const r = MARK * look.scale;
          marks.push(shape([x, y], DIAMOND, hollow(runInk(trace.run.slot))));
          boxes.push(boxAround(x, y, r));
          if (traces.length === 1 || trace.index === scene.selected)
            marks.push(...write(drawing, words, [x, y], boxes));
        }
      }
      for (const ghost of ghostsOf(drawing)) {
        const at = farthest(drawing, ghost, Math.floor(lastOf(drawing, ghost.trace)));
        if (at) marks.push(...write(drawing, NAME, at, boxes));
      }
      return marks;
    },
  };
}

export type ChangesOnTheWay = ReturnType<typeof createChangesOnTheWay>;
