/** Ranks the runs at the playhead, and says how each is doing. */
import { minimumNear } from "../math/near.ts";
import { isLossRising, parametersAt } from "./columns.ts";
import type { Problem, Run } from "./types.ts";

/** spent: its steps ran out; growing: they ran out while its loss was rising */
export type Progress = "waiting" | "walking" | "stopped" | "spent" | "growing" | "diverged";

/** @returns the row of a run at the playhead; -1 without rows */
function rowAt(run: Run, step: number): number {
  return Math.min(Math.floor(step), run.length - 1);
}

/** @returns how far a run is at the playhead */
export function progressAt(run: Run, step: number): Progress {
  if (run.length === 0) return "waiting";
  if (!run.end || Math.floor(step) < run.end.n_steps) return "walking";
  if (run.end.stop_reason === "diverged") return "diverged";
  if (run.end.stop_reason === "max_steps") return isLossRising(run) ? "growing" : "spent";
  return "stopped";
}

export interface Standing {
  /** index of the run */
  index: number;
  progress: Progress;
  row: number;
  /** NaN without rows */
  loss: number;
}

type KnownMinima = Pick<Problem, "minima" | "domain">;

/** @returns the distance from a row of a run to the nearest known minimum; Infinity: none is known */
export const distanceToMinimum = ({ columns }: Run, row: number, { minima }: KnownMinima): number =>
  Math.min(...minima.map(({ at }) => Math.hypot(...parametersAt(columns, row).map((value, k) => value - at[k]))));

/** @returns the index of the known minimum that a run ends in; -1: none, or it has not ended */
export const minimumAtEnd = (run: Run, { minima, domain }: KnownMinima): number =>
  run.end && run.length
    ? minimumNear(
        minima.map(({ at }) => at),
        domain,
        parametersAt(run.columns, run.length - 1),
      )
    : -1;

/**
 * @returns the visible runs in the order of their loss at the playhead, lowest first. Runs that have ended in a known
 *   minimum count with its loss, so that they tie; diverged runs come last
 */
export function standings(runs: Run[], problem: KnownMinima, step: number): Standing[] {
  const all = runs.flatMap((run, index): Standing[] => {
    const row = rowAt(run, step);
    const loss = row < 0 ? NaN : run.columns.loss[row];
    return run.hidden ? [] : [{ index, progress: progressAt(run, step), row, loss }];
  });
  const rank = ({ index, progress, loss }: Standing) => {
    const minimum = progress === "stopped" ? problem.minima[minimumAtEnd(runs[index], problem)] : undefined;
    return minimum?.loss ?? (Number.isNaN(loss) ? Infinity : loss);
  };
  return all.sort(
    (a, b) =>
      Number(a.progress === "diverged") - Number(b.progress === "diverged") || rank(a) - rank(b) || a.index - b.index,
  );
}
