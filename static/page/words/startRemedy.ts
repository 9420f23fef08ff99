/** Offers a remedy for a faulty start. */
import { niceStep, roundToStep } from "../math/ticks.ts";
import type { Landscape, State, Window } from "../state/types.ts";
import { isOffTheMap, pointText, refusedStartWords } from "./startFault.ts";

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

/** @returns the nearest place around which the loss is defined */
function nearestDefined(landscape: Landscape, from: number[]): number[] | null {
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

/** @returns a window that shows both */
function windowWith(start: number[], domain: Window): Window {
  return domain.map(([low, high], k) => {
    const [from, to] = [Math.min(low, start[k]), Math.max(high, start[k])];
    const room = AROUND * (to - from);
    return [from - room, to + room];
  });
}

/** A remedy beside the message about the start: another start or another window. */
export type Remedy = { words: string; label: string; start?: number[]; window?: Window };

export function startRemedy(state: State): Remedy | null {
  const { problemOnMap } = state;
  const from = state.start ?? problemOnMap?.start;
  const words = refusedStartWords(state);
  if (words) {
    const sound = problemOnMap?.wholeLandscape && from ? nearestDefined(problemOnMap.wholeLandscape, from) : null;
    return { words, label: sound ? `Start at ${pointText(sound)}` : "", ...(sound ? { start: sound } : {}) };
  }
  if (!problemOnMap || !from || !isOffTheMap(state)) return null;
  return {
    words: `The start, ${pointText(from)}, is off the map.`,
    label: "Bring it into sight",
    window: windowWith(from, problemOnMap.problem.domain),
  };
}
