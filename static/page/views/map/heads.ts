/** Where the heads of the runs are. */

import { inside } from "../../math/box.ts";
import type { MapDrawing } from "./moment.ts";
import { startOn } from "./start.ts";
import { placeAt, type Trace } from "./trace.ts";

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

export const stopped = ({ run, length }: Trace, step: number): boolean => run.end !== null && step >= length - 1;

/** A head so near to the start lies on it. */
const ON_START = 5;

export function headsAt(
  { scene, axes, traces, area, look }: Pick<MapDrawing, "scene" | "axes" | "traces" | "area" | "look">,
  step: number,
): Head[] {
  const [startX, startY] = startOn({ scene, axes, area });
  return traces.flatMap((trace) => {
    const [x, y] = placeAt(trace, step);
    if (!inside(area.box, x, y)) return [];
    const {
      index,
      run: { slot, name },
    } = trace;
    return [
      {
        index,
        slot,
        name,
        x,
        y,
        stopped: stopped(trace, step),
        atStart: Math.hypot(x - startX, y - startY) < ON_START * look.scale,
      },
    ];
  });
}
