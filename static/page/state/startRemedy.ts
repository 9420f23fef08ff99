/** Finds where runs can start, and a window in which a start that is off the map is in sight. */
import { niceStep, roundToStep } from "../math/ticks.ts";
import type { Landscape, Window } from "./types.ts";

/** The margin around a start that is brought into sight, as a share of the window. */
const AROUND = 0.1;

/** Whether the loss is defined at a sample and at all samples around it. */
function isDefinedAround({ x, y, loss }: Landscape, i: number, j: number): boolean {
  const rows = y ? [j - 1, j, j + 1] : [0];
  return rows.every((row) =>
    [i - 1, i, i + 1].every(
      (column) =>
        column >= 0 &&
        column < x.length &&
        row >= 0 &&
        row < (y?.length ?? 1) &&
        Number.isFinite(loss[row * x.length + column]),
    ),
  );
}

/** @returns the nearest place around which the loss is defined; null: there is none */
export function nearestDefined(landscape: Landscape, from: number[]): number[] | null {
  const { x, y } = landscape;
  let best: { at: number[]; far: number } | null = null;
  for (let j = 0; j < (y?.length ?? 1); j++) {
    for (let i = 0; i < x.length; i++) {
      const at = y ? [x[i], y[j]] : [x[i]];
      const far = Math.hypot(...at.map((value, k) => value - (from[k] ?? value)));
      if ((!best || far < best.far) && isDefinedAround(landscape, i, j)) best = { at, far };
    }
  }
  const unit = niceStep((x[1] - x[0]) / 2);
  return best?.at.map((value) => roundToStep(value, unit)) ?? null;
}

/** @returns a window that shows a start and the domain */
export function windowWith(start: number[], domain: Window): Window {
  return domain.map(([low, high], k) => {
    const [from, to] = [Math.min(low, start[k]), Math.max(high, start[k])];
    const room = AROUND * (to - from);
    return [from - room, to + room];
  });
}
