/** How runs stand at the playhead. */
import { isGrowing, parametersAt } from "./columns.ts";
import type { Minimum, Run } from "./types.ts";

/** A run is next to a place if no parameter is further from it than this share of the map; the server has the same. */
export const NEAR = 0.002;

export type Progress = "waiting" | "walking" | "stopped" | "spent" | "growing" | "diverged";

/** @returns its row at the playhead; -1 without rows */
function rowAt(run: Run, step: number): number {
  return Math.min(Math.floor(step), run.length - 1);
}

/** @returns at the playhead */
export function progressAt(run: Run, step: number): Progress {
  if (run.length === 0) return "waiting";
  if (!run.end || Math.floor(step) < run.end.n_steps) return "walking";
  if (run.end.stop_reason === "diverged") return "diverged";
  if (run.end.stop_reason === "max_steps") return isGrowing(run) ? "growing" : "spent";
  return "stopped";
}

/** @returns the nearest */
function nearestMinimum(point: number[], minima: Minimum[]): { minimum: Minimum; distance: number } | null {
  let best: { minimum: Minimum; distance: number } | null = null;
  for (const minimum of minima) {
    const distance = Math.hypot(...point.map((value, k) => value - minimum.at[k]));
    if (!best || distance < best.distance) best = { minimum, distance };
  }
  return best;
}

export interface Standing {
  /** of the run */
  index: number;
  progress: Progress;
  row: number;
  /** NaN without rows */
  loss: number;
  /** to the nearest known minimum */
  distance: number | null;
}

/** The runs in the order of their loss at the playhead, lowest first; those that have diverged come last. */
export function standings(runs: Run[], minima: Minimum[], step: number): Standing[] {
  const all = runs.map((run, index) => standingOf(run, index, minima, step)).filter(({ index }) => !runs[index].hidden);
  return all.sort(
    (a, b) =>
      Number(a.progress === "diverged") - Number(b.progress === "diverged") || rank(a) - rank(b) || a.index - b.index,
  );
}

function standingOf(run: Run, index: number, minima: Minimum[], step: number): Standing {
  const row = rowAt(run, step);
  const loss = row < 0 ? NaN : run.columns.loss[row];
  const distance = row < 0 ? null : (nearestMinimum(parametersAt(run.columns, row), minima)?.distance ?? null);
  return { index, progress: progressAt(run, step), row, loss, distance };
}

const rank = ({ loss }: Standing) => (Number.isNaN(loss) ? Infinity : loss);
