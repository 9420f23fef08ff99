/** Runs that have left the map, and where on the frame they went. */

import { type Box, clippedSegment } from "../../math/box.ts";
import type { MapLook } from "./look.ts";
import { type Trace, wentOut } from "./trace.ts";

/** from: where the step that led out began */
export type Exit = {
  trace: Trace;
  x: number;
  y: number;
  from: [number, number];
  angle: number;
  left: number | null;
};

/** @returns null: in the frame, or never in it */
function exitOf(trace: Trace, step: number, box: Box): Exit | null {
  const went = wentOut(trace, step);
  if (!went) return null;
  const { xs, ys } = trace;
  const { out, left } = went;
  const [x0, y0, x1, y1] = [xs[out - 1], ys[out - 1], xs[out], ys[out]];
  const part = clippedSegment(box, x0, y0, x1, y1);
  const share = part ? part[1] : 0;
  const [x, y] = [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
  return { trace, x, y, from: [x0, y0], angle: Math.atan2(y1 - y0, x1 - x0), left };
}

export const exitsAt = ({ traces, look }: { traces: Trace[]; look: MapLook }, step: number): Exit[] =>
  traces.map((trace) => exitOf(trace, step, look.box)).filter((exit) => exit !== null);
