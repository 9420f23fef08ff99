/** Runs and scenes of them, of which a test says what it is about. */
import type { Columns, Run, Scene } from "../../static/page/state/types.ts";
import { type Part, partOf } from "./part.ts";

/** @param points  a row each @returns a column for each parameter */
export const columnsOf = (points: number[][]): Float64Array[] =>
  (points[0] ?? []).map((_, k) => Float64Array.from(points, (point) => point[k]));

interface Rows {
  loss?: ArrayLike<number>;
  points?: number[][];
  gradient?: number[][] | null;
  batch?: Columns["batch"];
  /** why it ended; without one it goes on */
  reason?: string;
}

/** Where nothing else is said: in the first slot, in sight, going on, without a change on the way. */
export function runOf({ loss, points = [], gradient = null, batch = null, reason, ...more }: Rows & Part<Run>): Run {
  const { name = "run" } = more;
  const length = loss?.length ?? points.length;
  return partOf<Run>({
    slot: 0,
    name,
    short: name,
    hidden: false,
    length,
    end: reason ? { stop_reason: reason, n_steps: length - 1, diverged_at: null } : null,
    phases: [{ from: 0, words: "", plain: false, noisy: false }],
    columns: {
      parameters: columnsOf(points),
      loss: loss ? Float64Array.from(loss) : new Float64Array(length),
      gradient: gradient && columnsOf(gradient),
      batch,
    },
    ...more,
  });
}

/** Where nothing else is said: of losses by decades, by day, with nothing beside its runs. */
export const sceneOf = (runs: Part<Run>[], more: Part<Scene> = {}): Scene =>
  partOf<Scene>({
    shownRuns: runs,
    wholeRuns: runs,
    ghosts: [],
    prepared: [],
    dwells: [],
    shownEvidence: [],
    wholeEvidence: [],
    guess: null,
    guesses: null,
    bundle: null,
    hasHiddenRows: false,
    landscape: null,
    levels: { kind: "decades", base: 0, values: [1, 10] },
    plane: null,
    problem: { minima: [] },
    minima: more.problem?.minima ?? [],
    endsOfRates: [],
    scale: 1,
    selected: null,
    enlargesSteps: true,
    theme: "day",
    window: null,
    ...more,
  });
