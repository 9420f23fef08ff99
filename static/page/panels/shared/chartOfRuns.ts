/** Connects a chart whose lines are runs with the playback: its moment, and the step that a press goes to. */
import type { Figure } from "../../figure/figure.ts";
import type { Frame, MovingFrame } from "../../figure/part.ts";
import { rowAtStep, stepAtRow } from "../../math/series.ts";
import type { ChartMoment, LineChartEvents } from "../../pictures/chart/lineChart.ts";
import { setHovered } from "../../state/receiving.ts";

/** The events of a chart whose lines are runs: steps become rows. @param first  of what is drawn */
export const rowEvents = ({ act, seek }: Pick<Figure, "act" | "seek">, first: number) =>
  ({
    onSeek: (step) => seek(rowAtStep(step, first)),
    onPoint: (line, step) => act(setHovered, line && { run: line.run, step: rowAtStep(step, first) }),
  }) satisfies LineChartEvents;

/** @returns the step whose values are written @param first  of what is drawn @param longest  step */
export const numbersStep = ({ wordsStep }: Frame, first: number, longest: number): number =>
  Math.floor(stepAtRow(wordsStep, first, longest));

/** @param first  of what is drawn @param longest  step */
export function momentAt(frame: MovingFrame, first: number, longest: number): ChartMoment {
  const { hovered } = frame.state;
  return {
    at: stepAtRow(frame.step, first, longest),
    valuesAt: numbersStep(frame, first, longest),
    highlighted: null,
    hit: hovered && { ...hovered, step: hovered.step + first },
  };
}
