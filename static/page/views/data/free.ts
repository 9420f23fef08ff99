/** Where words cover least of what is drawn in the chart of the data. */

import type { Box } from "../../math/box.ts";
import { overlap } from "../../math/box.ts";
import type { FittedLine } from "../../math/fit.ts";
import type { PlotArea } from "../chart/lines.ts";
import { xOf, yOf } from "../chart/lines.ts";

/** So many places along a line and along a residual count as taken. */
const ALONG = 40;
const DOWN = 12;
/** Words keep this far off what they might cover. */
const APART = 5;

/** @param lines  the first is the one that residuals go to @returns in pixels */
function takenPlaces(area: PlotArea, points: [number, number][], lines: FittedLine[]): [number, number][] {
  const across = Array.from({ length: ALONG }, (_, k) => area.x.valueAt((k + 0.5) / ALONG));
  const along = lines.flatMap(({ slope, intercept }) =>
    across.map((x) => [x, slope * x + intercept] as [number, number]),
  );
  const { top, height } = area.box;
  const down = points.flatMap(([x, y]) => {
    const to = lines.length ? lines[0].slope * x + lines[0].intercept : y;
    const [from, end] = [y, to].map((value) => Math.min(Math.max(yOf(area, value), top), top + height));
    return Array.from({ length: DOWN }, (_, k): [number, number] => [
      xOf(area, x),
      from + ((end - from) * k) / (DOWN - 1),
    ]);
  });
  return [...along.map(([x, y]): [number, number] => [xOf(area, x), yOf(area, y)]), ...down];
}

/**
 * @param lines  the first is the one that residuals go to
 * @param words  where others stand; those that are placed are added
 * @returns the first of those that cover least, which is then taken too
 */
export function createRoom(
  area: PlotArea,
  points: [number, number][],
  lines: FittedLine[],
  words: Box[] = [],
): (places: [number, number][], width: number, height: number) => Box {
  const taken = takenPlaces(area, points, lines);

  function cost(box: Box) {
    const { left, top, width, height } = box;
    const covered = taken.filter(
      ([x, y]) => x > left - APART && x < left + width + APART && y > top - APART && y < top + height + APART,
    ).length;
    return covered + 100 * words.filter((other) => overlap(other, box)).length;
  }

  return (places, width, height) => {
    const boxes = places.map(([left, top]) => ({ left, top, width, height }));
    const best = boxes.reduce((one, other) => (cost(other) < cost(one) ? other : one));
    words.push(best);
    return best;
  };
}
