/** The heads of the runs. */

import { type Box, boxAround, isInside } from "../../../math/box.ts";
import { startOn } from "../ground/start.ts";
import type { Layer, MapLayout } from "../moment.ts";
import { headMark } from "../style.ts";
import { FAINT } from "./routes.ts";
import { placeAt } from "./trace.ts";

/** A head in sight; index: of its run. */
export type Head = {
  index: number;
  slot: number;
  name: string;
  x: number;
  y: number;
  stopped: boolean;
  atStart: boolean;
};

/** A head nearer to the start than this is on it. */
const ON_START = 5;

export function headsAt(layout: MapLayout, step: number): Head[] {
  const { traces, area, look } = layout;
  const [startX, startY] = startOn(layout);
  return traces.flatMap((trace) => {
    const { index, length, run } = trace;
    const { slot, short: name, end } = run;
    const [x, y] = placeAt(trace, step);
    if (!isInside(area.box, x, y)) return [];
    const atStart = Math.hypot(x - startX, y - startY) < ON_START * look.scale;
    return [{ index, slot, name, x, y, stopped: end !== null && step >= length - 1, atStart }];
  });
}

/** Boxes of the heads, which words avoid. */
export const headBoxes = (all: Head[], scale: number): Box[] => all.map(({ x, y }) => boxAround(x, y, 8 * scale));

/** Heads at the start are drawn beside their names. */
export const heads: Layer = {
  draw({ stillMap, playhead }) {
    const { content, scene, look } = stillMap;
    const { focus, hovering } = content;
    const all = headsAt(stillMap, playhead.step);
    const marks = all
      .filter(({ atStart }) => !atStart)
      .sort((a, b) => Number(a.index === focus) - Number(b.index === focus))
      .map(({ index, slot, x, y, stopped }) => ({
        ...headMark([x, y], slot, { stopped, selected: index === scene.selected }),
        opacity: hovering && index !== focus ? FAINT : 1,
      }));
    return { on: marks, obstacles: headBoxes(all, look.scale) };
  },
};
