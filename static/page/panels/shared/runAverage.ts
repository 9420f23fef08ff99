/** Computes the mean of the chosen run's rows from a given row on, and requests the loss at it. */
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { memo } from "../../memo.ts";
import type { ChartLine } from "../../pictures/chart/plot.ts";
import { average, averageNeed } from "../../resources/averagedRows.ts";
import { averageFrom, runningMeans } from "../../state/columns.ts";
import type { Columns } from "../../state/types.ts";

/**
 * first: the first row of the average; means: of each parameter at each row, NaN before the first; loss: at these, null
 * until received
 */
export interface RunAverage {
  run: number;
  first: number;
  means: Float64Array[];
  loss: Float64Array | null;
}

export function createRunAverage({ createRequest }: Pick<Figure, "createRequest">) {
  const request = createRequest(average);
  const meansOf = memo(({ parameters }: Columns, length: number, first: number) =>
    parameters.map((column) => runningMeans(column, first, length)),
  );
  const lineOf = memo(
    (loss: Float64Array, first: number, run: number, length: number): ChartLine => ({
      values: loss.subarray(first, length),
      first,
      run,
      quantity: "average",
      slot: null,
      ink: "ink",
      name: `average from ${first}`,
      width: 2.2,
    }),
  );

  /** @returns null: no average is shown, or the run is shorter */
  function averageOf({ state, scene, chosen }: Pick<Frame, "state" | "scene" | "chosen">): RunAverage | null {
    const [first, run] = [averageFrom(state.explain.averageFromRow), chosen];
    const { columns, length, hidden } = scene.wholeRuns[run ?? -1] ?? { length: 0 };
    if (first === null || run === null || !columns || hidden || first >= length) {
      request(state, []);
      return null;
    }
    const [{ value: loss = null }] = request(state, [averageNeed(state, state.entries[run], first)]);
    return { run, first, loss, means: meansOf(columns, length, first) };
  }

  return {
    of: averageOf,
    /** @returns the loss at the average, as far as the run is shown; null until received */
    line(frame: Pick<Frame, "state" | "scene" | "chosen">): ChartLine | null {
      const { run, first, loss } = averageOf(frame) ?? {};
      const { length } = frame.scene.shownRuns[run ?? -1] ?? { length: 0 };
      return run !== undefined && first !== undefined && loss && length > first
        ? lineOf(loss, first, run, length)
        : null;
    },
  };
}
