/** Connects a chart whose lines are runs with the playback: its moment, and the row that a press goes to. */
import type { Figure } from "../../figure/figure.ts";
import type { Frame, MovingFrame } from "../../figure/part.ts";
import { FIRST_STEP } from "../../math/series.ts";
import type { ChartMoment, LineChartEvents } from "../../pictures/chart/lineChart.ts";
import { setHovered } from "../../state/receiving.ts";

/** @param first  the step of its first value */
function chartOfRuns(first: number) {
  const rowAtStep = (step: number) => Math.max(0, step - first);
  const stepAtRow = (row: number, longest: number) => Math.min(row + first, longest);

  /** @returns the step whose values are written @param longest  step */
  const numbersStep = ({ wordsStep }: Frame, longest: number): number => Math.floor(stepAtRow(wordsStep, longest));

  return {
    numbersStep,
    events: ({ act, seek }: Pick<Figure, "act" | "seek">) =>
      ({
        onSeek: (step) => seek(rowAtStep(step)),
        onPoint: (line, step) => act(setHovered, line && { run: line.run, step: rowAtStep(step) }),
      }) satisfies LineChartEvents,
    /** @param longest  step */
    momentAt(frame: MovingFrame, longest: number): ChartMoment {
      const { hovered } = frame.state;
      return {
        at: stepAtRow(frame.step, longest),
        valuesAt: numbersStep(frame, longest),
        highlighted: null,
        hit: hovered && { ...hovered, step: hovered.step + first },
      };
    },
  };
}

/** Its values belong to rows. */
export const chartOfRows = chartOfRuns(FIRST_STEP.ofRows);
/** Its values belong to steps: those of the next step are at the playhead. */
export const chartOfSteps = chartOfRuns(FIRST_STEP.ofSteps);
