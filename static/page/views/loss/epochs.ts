/** Where the epochs of the chosen run are over. */

import { group, HALO, inPixels, type Mark, uprights, words } from "../../marks/mark.ts";
import { niceStep } from "../../math/scales.ts";
import type { Counts } from "../../math/series.ts";
import type { PlacedChart } from "../chart/lineChart.ts";
import { xOf } from "../chart/plot.ts";

/** Nominal pixels from one mark of an epoch to the next, from one number to the next, and of the height of a number. */
const EPOCH = { mark: 6, number: 30, high: 18 };

/** Lines where epochs are over, with their numbers above the axis, as many as there is room for. */
export function epochMarks(chart: PlacedChart, ends: number[], counts: Counts): Mark {
  const { box, look, names } = chart;
  const bottom = box.top + box.height;
  // Names of runs have priority.
  const named = names.filter(({ y }) => y > bottom - 2 * EPOCH.high * look.scale);
  const isFree = ({ at }: { at: number }) =>
    !named.some(({ x, width }) => at > x - 4 * look.scale && at - EPOCH.high * look.scale < x + width);
  const places = ends.map((end) => xOf(chart, end, counts));
  const narrowest = Math.min(...places.map((at, k) => at - (k ? places[k - 1] : box.left)));
  if (!(ends.length && narrowest > 0)) return group([]);
  const [marked, told] = [EPOCH.mark, EPOCH.number].map((pixels) => {
    const each = niceStep(Math.max(1, (pixels * look.scale) / narrowest));
    return places.map((at, k) => ({ at, count: k + 1 })).filter(({ count }) => count % each === 0);
  });
  const rules = marked.map(({ at }) => [at, box.top, bottom] as const);
  const numbers = told
    .filter(isFree)
    .map(({ at, count }, first) =>
      words([at, bottom], first ? String(count) : `epoch ${count}`, { anchor: "end", halo: HALO, shift: [-3, -8] }),
    );
  const style = { crisp: true, stroke: "ink2", strokeOpacity: 0.5, dash: [1, 3], of: "epochs" } as const;
  return inPixels([uprights(rules, style), ...numbers]);
}
