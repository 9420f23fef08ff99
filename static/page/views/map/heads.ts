/** Where the heads of the runs are. */

import { inside } from "../../math/box.ts";
import type { MapDrawing } from "./moment.ts";
import { startOn } from "./start.ts";
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

/** A head so near to the start lies on it. */
const ON_START = 5;

export function headsAt(
  { scene, axes, traces, area, look }: Pick<MapDrawing, "scene" | "axes" | "traces" | "area" | "look">,
  step: number,
): Head[] {
  const [startX, startY] = startOn({ scene, axes, area });
  return traces.flatMap((trace) => {
    const { index, length, run } = trace;
    const { slot, short, end } = run;
    const [x, y] = placeAt(trace, step);
    if (!inside(area.box, x, y)) return [];
    const stopped = end !== null && step >= length - 1;
    const atStart = Math.hypot(x - startX, y - startY) < ON_START * look.scale;
    return [{ index, slot, name: short, x, y, stopped, atStart }];
  });
}
