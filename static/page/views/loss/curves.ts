/** The line of a run on the loss chart, reduced to what the pixels can show. */
import { Trace } from "../../math/tracing.ts";
import type { Run } from "../../state/types.ts";
import type { LossAxis, StepAxis } from "./axes.ts";

export type Box = { left: number; top: number; width: number; height: number };

/** Where the parts of a chart go. */
export interface Plot {
  /** of the whole chart */
  width: number;
  /** what the axes surround */
  box: Box;
  loss: LossAxis;
  steps: StepAxis;
}

export const xOf = ({ box, steps }: Plot, run: number, step: number) => box.left + steps.place(run, step) * box.width;

export const yOf = ({ box, loss: axis }: Plot, loss: number) => box.top + (1 - axis.place(loss)) * box.height;

/** Every row where they are few; else the first, least, greatest and last of each pixel, so that no dip is lost. */
export function curve(plot: Plot, { columns: { loss }, length }: Run, index: number): Trace {
  const path = new Trace();
  const few = length <= 2 * plot.box.width;
  let column = NaN;
  let [least, greatest, last] = [0, 0, 0];
  const flush = () => {
    path.lineTo(column, least);
    path.lineTo(column, greatest);
    path.lineTo(column, last);
  };
  for (let row = 0; row < length; row++) {
    const x = xOf(plot, index, row);
    const y = yOf(plot, loss[row]);
    if (few) path.lineTo(x, y);
    else if (Math.floor(x) === column) [least, greatest, last] = [Math.min(least, y), Math.max(greatest, y), y];
    else {
      if (!Number.isNaN(column)) flush();
      [column, least, greatest, last] = [Math.floor(x), y, y, y];
      path.lineTo(column, y);
    }
  }
  if (!few) flush();
  return path;
}

/**
 * The loss between two rows, as the line is drawn.
 * @param step  may be a fraction
 */
export function lossAt({ columns: { loss }, length }: Run, step: number) {
  const row = Math.min(Math.floor(step), length - 1);
  const share = Math.min(step, length - 1) - row;
  return share > 0 ? loss[row] ** (1 - share) * loss[row + 1] ** share || loss[row] : loss[row];
}
