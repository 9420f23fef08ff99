/** What a moment and a press mean in a chart of all runs. */
import type { Figure } from "../../figure/figure.ts";
import type { Frame } from "../../figure/part.ts";
import { rowAtStep, stepAtRow } from "../../math/series.ts";
import type { ChartMoment, LineChartEvents } from "../../pictures/chart/lineChart.ts";
import { hover } from "../../state/receiving.ts";

/** The events of a chart whose lines are runs: steps become rows. @param first  of what is drawn */
export const rowEvents = ({ act, seek }: Pick<Figure, "act" | "seek">, first: number) =>
  ({
    onSeek: (step) => seek(rowAtStep(step, first)),
    onPoint: (line, step) => act(hover, line && { run: line.run, step: rowAtStep(step, first) }),
  }) satisfies LineChartEvents;

/** @param first  of what is drawn @param longest  step */
export const momentAt = (
  { state: { hovered }, step, wordsStep }: Frame,
  first: number,
  longest: number,
): ChartMoment => ({
  at: stepAtRow(step, first, longest),
  read: Math.floor(stepAtRow(wordsStep, first, longest)),
  highlighted: null,
  hit: hovered && { ...hovered, step: hovered.step + first },
});
