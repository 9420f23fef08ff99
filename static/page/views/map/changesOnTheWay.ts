/**
 * Changes on the way: pale and thin, how a run would have gone on without its last change, and a mark on its path where
 * each sets in. Fetched with the first run that has one.
 */

import type { Box } from "../../math/box.ts";
import type { Ghost } from "../../state/types.ts";
import { outlined } from "./arrows.ts";
import type { MapDrawing } from "./index.ts";
import type { MapLook } from "./look.ts";
import { font, haloText } from "./look.ts";
import { overlap } from "./occupancy.ts";
import { bestSpot, drawLeader, leader, within } from "./spots.ts";
import type { Trace } from "./trace.ts";
import { addLine, placeAt } from "./trace.ts";
import { createTraces } from "./traces.ts";
import { inside } from "./visibleArea.ts";

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

function italic(context: CanvasRenderingContext2D, look: MapLook, text: string): [number, number] {
  context.font = font(look, 12.5, "italic 600");
  return [context.measureText(text).width, 15 * look.scale];
}

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

  function write(
    context: CanvasRenderingContext2D,
    { look, area }: MapDrawing,
    text: string,
    x: number,
    y: number,
    taken: Box[],
  ): Box {
    const { box, led } = bestSpot(x, y, italic(context, look, text), 9 * look.scale, look.scale, ({ box: spot }) => {
      const inSight = within(spot, area.box);
      return (
        20 * taken.filter((other) => overlap(other, spot)).length +
        Math.abs(inSight.left - spot.left) +
        Math.abs(inSight.top - spot.top)
      );
    });
    if (led) drawLeader(context, look, leader(x, y, box, 6 * look.scale));
    italic(context, look, text);
    context.textAlign = "left";
    context.textBaseline = "middle";
    haloText(context, look, text, box.left, box.top + box.height / 2, look.colours.ink);
    return box;
  }

  return {
    /** Below the routes. */
    drawGhosts(context: CanvasRenderingContext2D, drawing: MapDrawing) {
      const {
        look,
        look: {
          box: { left, top, width, height },
          scale,
        },
      } = drawing;
      context.save();
      context.beginPath();
      context.rect(left, top, width, height);
      context.clip();
      context.lineJoin = "round";
      for (const ghost of ghostsOf(drawing)) {
        const last = lastOf(drawing, ghost.trace);
        if (last <= ghost.from) continue;
        const path = new Path2D();
        addLine(path, ghost.trace, ghost.from, last, {
          left: left - BEYOND,
          top: top - BEYOND,
          width: width + 2 * BEYOND,
          height: height + 2 * BEYOND,
        });
        for (const [colour, line] of [
          [look.colours.casing, WIDTH + 2],
          [look.colours.runs[ghost.trace.run.slot], WIDTH],
        ] as [string, number][]) {
          context.globalAlpha = PALE;
          context.setLineDash(colour === look.colours.casing ? [] : DOTS.map((part) => part * scale));
          context.strokeStyle = colour;
          context.lineWidth = line * scale;
          context.stroke(path);
        }
      }
      context.restore();
    },
    /** Over the routes. @param taken  by other words */
    drawMarks(context: CanvasRenderingContext2D, drawing: MapDrawing, taken: Box[]) {
      const {
        scene,
        traces,
        look,
        playhead: { step },
      } = drawing;
      const boxes = [...taken];
      const several = traces.length > 1;
      for (const trace of traces) {
        for (const { from, words } of trace.run.phases.slice(1)) {
          if (from >= trace.length || (scene.hidesAhead && from > step)) continue;
          const [x, y] = placeAt(trace, from);
          if (!inside(look.box, x, y)) continue;
          const r = MARK * look.scale;
          const mark = new Path2D(`M${x - r} ${y}L${x} ${y - r}L${x + r} ${y}L${x} ${y + r}Z`);
          outlined(context, look, mark, look.colours.runs[trace.run.slot]);
          boxes.push({ left: x - r, top: y - r, width: 2 * r, height: 2 * r });
          if (!several || trace.index === scene.selected) boxes.push(write(context, drawing, words, x, y, boxes));
        }
      }
      for (const ghost of ghostsOf(drawing)) {
        const at = farthest(drawing, ghost, Math.floor(lastOf(drawing, ghost.trace)));
        if (at) boxes.push(write(context, drawing, NAME, ...at, boxes));
      }
    },
  };
}

export type ChangesOnTheWay = ReturnType<typeof createChangesOnTheWay>;
