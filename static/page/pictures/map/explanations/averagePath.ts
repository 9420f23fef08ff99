/** The path of the average of the chosen run, up to the playhead. */

import { dot, group, line, type Place } from "../../../marks/mark.ts";
import { memo } from "../../../memo.ts";
import { averageFrom, runningMeans } from "../../../state/columns.ts";
import type { Layer } from "../moment.ts";
import type { Trace } from "../paths/trace.ts";
import { haloOutline, labelInSight } from "../style.ts";

const TYPE = { size: 12.5, weight: 600 };
const GAP = 6;

export function createAverage(): Layer {
  /** The scales of the map are linear, so the mean of places on it is the place of the mean. */
  const averagePath = memo(({ xs, ys, length }: Trace, first: number) =>
    [xs, ys].map((column) => runningMeans(column, first, length)),
  );

  return {
    draw({ stillMap, playhead }) {
      const { traces, scene, area, axes } = stillMap;
      const first = averageFrom(playhead.averaged ?? null);
      const trace = scene.selected === null ? traces[0] : traces.find(({ index }) => index === scene.selected);
      if (first === null || !trace || axes.curve) return {};
      const last = Math.min(trace.length - 1, Math.floor(playhead.step));
      if (last < first) return {};
      const means = averagePath(trace, first);
      const [x, y] = means.map((column) => Array.from(column.subarray(first, last + 1)));
      const head: Place = [means[0][last], means[1][last]];
      const way = line(x, y, { ...haloOutline(2), of: "average" });
      const end = dot(head, 4.5, { fill: "ink", casing: { stroke: "halo", width: 4 } });
      const words = labelInSight(stillMap, head, GAP, `average from ${first}`, TYPE);
      return { on: [group([way, end], { clip: area.box }), ...words] };
    },
  };
}
