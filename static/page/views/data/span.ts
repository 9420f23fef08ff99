/** How far the lines of the runs that show pass the data by, all along their paths: what the axis of y is to hold. */
import { rawLine } from "../../math/fit.ts";
import { isGrowing } from "../../state/columns.ts";
import type { Run } from "../../state/types.ts";
import type { DataContent } from "./drawing.ts";

/** A line farther from the data than so many times their own spread is left to the edge. */
const FARTHEST = 2;
/** The axis grows by such a part of the spread at a time, lest it follow every tick of a slider. */
const GRAIN = 0.25;

/**
 * The height of the line at an x, which is affine in the parameters.
 * @returns in raw units
 */
function heightAt({ points, standardized }: DataContent, x: number): (slope: number, intercept: number) => number {
  const [none, one, other] = [
    [0, 0],
    [1, 0],
    [0, 1],
  ].map((parameters) => {
    const { slope, intercept } = rawLine(points, parameters, standardized);
    return slope * x + intercept;
  });
  return (slope, intercept) => none + slope * (one - none) + intercept * (other - none);
}

/** Of a run that runs away its start alone: the rest would leave the data no room. */
const rowsOf = (run: Run) =>
  run.end?.stop_reason === "diverged" || isGrowing(run) ? Math.min(1, run.length) : run.length;

/** @returns low and high, of the data and of the lines at the x of the data */
export function spanOf(content: DataContent, runs: Run[]): [number, number] {
  const [xs, ys] = [0, 1].map((axis) => content.points.map((point) => point[axis]));
  const [least, most] = [Math.min(...ys), Math.max(...ys)];
  const spread = most - least || Math.abs(most) || 1;
  // A straight line is farthest at an end.
  const ends = [Math.min(...xs), Math.max(...xs)].map((x) => heightAt(content, x));
  let [below, above] = [0, 0];
  for (const run of runs.filter(({ hidden }) => !hidden)) {
    const [slopes, intercepts] = run.columns.parameters;
    for (let row = 0; row < rowsOf(run); row++) {
      for (const height of ends) {
        const at = height(slopes[row], intercepts[row]);
        const [under, over] = [(least - at) / spread, (at - most) / spread];
        if (under <= FARTHEST) below = Math.max(below, under);
        if (over <= FARTHEST) above = Math.max(above, over);
      }
    }
  }
  const grown = (share: number) => Math.ceil(share / GRAIN - 1e-9) * GRAIN * spread;
  return [least - grown(below), most + grown(above)];
}
