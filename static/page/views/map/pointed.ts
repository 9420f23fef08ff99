/** Which of the minima are told whole: that which is pointed at, and all while the keys are on the ground. */
import { listenOn } from "../../dom.ts";
import { toSegment } from "../../marks/hit.ts";
import type { Hit } from "../../state/types.ts";
import { type Sink, sinkUnder, type Told } from "./minima.ts";
import type { MapMoment } from "./moment.ts";
import type { MapPorts } from "./pointer.ts";
import type { Trace } from "./trace.ts";

/** @param sinks  in sight @returns told of those in sight */
export function createPointedMinima(
  root: HTMLElement,
  ground: HTMLElement,
  { invalidate, ended }: MapPorts,
  sinks: () => Sink[],
): (sinks: Sink[]) => Told {
  /** -1: none */
  let pointed = -1;
  let keyed = false;

  function tell(next: number, byKeys: boolean) {
    if (next === pointed && byKeys === keyed) return;
    [pointed, keyed] = [next, byKeys];
    invalidate();
  }

  // Wherever the pointer is: the handle of the start may lie over a minimum.
  const on = listenOn(root, ended);
  on("pointermove", ({ clientX, clientY }) => {
    const { left, top } = root.getBoundingClientRect();
    tell(sinkUnder(sinks(), clientX - left, clientY - top), keyed);
  });
  on("pointerleave", () => tell(-1, keyed));
  ground.addEventListener("focus", () => tell(pointed, ground.matches(":focus-visible")));
  ground.addEventListener("blur", () => tell(pointed, false));

  return (sinks) => (keyed ? [...sinks.keys()] : sinks[pointed] ? [pointed] : []);
}

/**
 * The row of a run nearest to a point, along its line.
 * @param reach  pixels
 * @param last  row that is shown
 */
export function nearestRow(
  { xs, ys, length, seen, within }: Trace,
  x: number,
  y: number,
  reach: number,
  last = length - 1,
): { step: number; distance: number } | null {
  let [step, least] = [-1, reach];
  for (let k = 0; k <= Math.min(last, length - 1); k++) {
    if (seen[k]) {
      const d = Math.hypot(xs[k] - x, ys[k] - y);
      if (d < least) [step, least] = [k, d];
    }
    if (
      !k ||
      !(within[k] || within[k - 1]) ||
      !between(xs[k - 1], xs[k], x, reach) ||
      !between(ys[k - 1], ys[k], y, reach)
    )
      continue;
    const { distance, share } = toSegment(xs[k - 1], ys[k - 1], xs[k], ys[k], x, y);
    if (distance < least - CLEARLY) [step, least] = [share < 0.5 ? k - 1 : k, distance];
  }
  return step < 0 ? null : { step, distance: least };
}

/** A line has to be this much nearer than a row that is near already. */
const CLEARLY = 2;

const between = (a: number, b: number, value: number, slack: number) =>
  value > Math.min(a, b) - slack && value < Math.max(a, b) + slack;

/** @returns of all runs, as far as they are drawn */
export function hitAt(
  { traces, content, scene, playhead }: MapMoment,
  x: number,
  y: number,
  reach: number,
): Hit | null {
  let best: { hit: Hit; distance: number } | null = null;
  for (const trace of traces) {
    const found = nearestRow(trace, x, y, reach, scene.hidesAhead ? Math.floor(playhead.step) : undefined);
    if (!found) continue;
    const distance = found.distance - (trace.index === content.focus ? 2 : 0);
    if (!best || distance < best.distance) best = { hit: { run: trace.index, step: found.step }, distance };
  }
  return best?.hit ?? null;
}
