/** The chart that is drawn until there are quantities: an axis of steps, and words. */
import { inPixels, verticals, words } from "../../marks/mark.ts";
import type { Themed } from "../../marks/picture.ts";
import type { Interval } from "../../state/types.ts";
import { type LineChart, lineChartOf, type Sized } from "../chart/lineChart.ts";
import { countAxis, evenAxis } from "../chart/plot.ts";

export type AwaitedAxes = { steps: Interval; label: string } & Themed;

/** Nominal pixels of what is counted, at the end of the axis. */
const TITLE = 32;

/** @param steps  in sight @param said  why there is nothing yet */
export const awaitedChartOf = ({ steps, label, size, look }: AwaitedAxes & Sized): LineChart =>
  lineChartOf({
    lines: [],
    steps,
    size,
    look,
    // The last number makes way for what is counted.
    x(width) {
      const axis = countAxis(steps, width);
      return { ...axis, ticks: axis.ticks.filter(({ at }) => (1 - at) * width > TITLE) };
    },
    y: () => ({ ...evenAxis([0, 1], 2), ticks: [] }),
    behind: ({ box: { left, top, width, height } }) => [
      inPixels([
        verticals([[left, top, top + height]], { crisp: true, stroke: "ink2" }),
        words([left + width / 2, top + height / 2], label, { size: 14, anchor: "middle" }),
      ]),
    ],
  });
