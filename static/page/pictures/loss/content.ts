/** What a loss chart is made from, and what its parts share. */
import { type Mark, runInk, shape } from "../../marks/mark.ts";
import { isLossRising } from "../../state/columns.ts";
import type { RunCounts } from "../../state/runCounts.ts";
import type { Band, Run, Scene } from "../../state/types.ts";
import type { ChartLine } from "../chart/plot.ts";

/** For each run the quartiles of its losses over many seeds; null: not known, or not drawn. */
export type Bands = (Band | null)[] | null;

/**
 * counted: what lies along the axis, by the steps of each run; null: steps count
 * bands: over seeds; null: none are drawn
 * epochs: of a run, by its index, the rows at which one is over
 * average: the loss of the mean of the steps of a run
 */
export type LossContent = {
  scene: Scene;
  counted: RunCounts | null;
  bands: Bands;
  epochs: { run: number; ends: number[] } | null;
  average?: ChartLine | null;
};

export const isFailing = (run: Run) => run.end?.stop_reason === "diverged" || isLossRising(run);

export const isShown = ({ hidden, length }: Run) => !hidden && length > 0;

/** Nominal pixels of the strip of tints beside the axis. */
export const STRIP = 9;

/** An arrowhead out of the top. @param top  pixels */
export const outOfTop = (x: number, top: number, slot: number): Mark =>
  shape([x, top], "M0 -9L5 1L-5 1Z", { fill: runInk(slot), casing: { stroke: "casing", width: 2 } });
