/** What a loss chart has but seldom, fetched with the first: evidence, epochs, bands, ghosts, guesses. */

import { widthOf } from "../../marks/look.ts";
import {
  dot,
  group,
  HALO,
  inPixels,
  line,
  type Mark,
  type Place,
  runInk,
  STRONG,
  segment,
  shape,
  uprights,
  type WordsStyle,
  words,
} from "../../marks/mark.ts";
import { inside } from "../../math/box.ts";
import { formatExact } from "../../math/format.ts";
import { niceStep } from "../../math/scales.ts";
import { type Counts, countAt } from "../../math/series.ts";
import { guessesShown, middleOf } from "../../state/guesses.ts";
import type { Answer, Run, Scene } from "../../state/types.ts";
import { cutOff, type PlacedChart } from "../chart/lineChart.ts";
import { seriesLine, valueAt, WHOLE, xOf, yOf } from "../chart/plot.ts";
import { AMONG, flagMarks, guessDots, stacked } from "../guesses/dots.ts";
import { type Bands, isShown, type LossContent, STRIP } from "./chart.ts";
import { evidenceInChart } from "./evidence.ts";

export { floorOf, leastOf } from "../../state/told.ts";
export { endText, lossesBeside, stepsBeside } from "./evidence.ts";

/** Nominal pixels over the chart: of the dots, of those of the time before, and of flag and words over them. */
const [DOTS, AGAIN, WORDS] = [30, 18, 34];
/** Nominal pixels from the top of all that down to the middle of words. */
const HEAD = 8;

/** @returns nominal pixels that the loss chart has them over it */
export const roomOfGuesses = ({ guesses }: Scene): number =>
  guesses?.kind === "step" ? DOTS + WORDS + (guesses.again ? AGAIN : 0) : 0;

/** Along the axis, one of them the flag; beyond its end they are counted. */
function rowMarks(chart: PlacedChart, entries: Answer[], counts: Counts, foot: number, room: number, before: boolean) {
  const { box, x, look } = chart;
  const right = box.left + box.width;
  const beyond = entries.filter((step) => x.place(countAt(step as number, counts)) > 1).length;
  const seen = (entries as number[]).filter((step) => x.place(countAt(step, counts)) <= 1);
  const along = seen.map((step) => xOf(chart, step, counts));
  const stack = stacked(along, foot, room, look.scale);
  const marks = guessDots(stack.places, before);
  if (beyond) {
    marks.push(shape([right, foot], "M1 -6.5L8 -3L1 0.5Z", { fill: before ? "ink2" : "ink", of: "beyond" }));
    const text = `${beyond} more`;
    const fits = right + 12 * look.scale + widthOf(look, text, STRONG) < chart.size.width;
    const beside: WordsStyle = fits ? { shift: [12, -3] } : { anchor: "end", shift: [8, -15] };
    if (!before) marks.push(words([right, foot], text, { ...STRONG, ...beside }));
  }
  return { marks, topAt: stack.topAt };
}

/** Its words stand over all dots, on the side where what is right is not. */
function middleMarks(chart: PlacedChart, at: Place, row: number, text: string, truth: number | null): Mark[] {
  const { box, look } = chart;
  const width = widthOf(look, text, STRONG);
  const before = truth === null || at[0] < truth;
  const left = before ? Math.max(box.left, at[0] - width - 6 * look.scale) : at[0] + 6 * look.scale;
  return [...flagMarks(at, AMONG, "paper"), words([left, row], text, STRONG)];
}

/** Across all of it, in the colour of the run. @param onTheLeft  its words */
function truthMarks(
  chart: PlacedChart,
  { guesses, runs }: Scene,
  step: number,
  x: number,
  row: number,
  onTheLeft: boolean,
): Mark[] {
  const { box } = chart;
  const index = guesses?.run ?? 0;
  const ink = runInk(runs[index].slot);
  const line = chart.lines.find(({ run }) => run === index);
  return [
    segment([x, row], [x, box.top + box.height], { stroke: ink, width: 2 }),
    ...(line ? [dot([x, yOf(chart, valueAt(line, step))], 4.6, { fill: ink })] : []),
    words([x, row], formatExact(step), {
      ...STRONG,
      anchor: onTheLeft ? "end" : "start",
      shift: [onTheLeft ? -5 : 5, 0],
    }),
  ];
}

function guessedSteps(chart: PlacedChart, scene: Scene, counts: Counts[]): Mark {
  const guesses = guessesShown(scene);
  if (guesses?.kind !== "step") return group([]);
  const { entries, again, truth, run } = guesses;
  const { box, look, x } = chart;
  const own = counts[run ?? 0];
  const foot = box.top - 4 * look.scale;
  const before = again ? rowMarks(chart, again, own, foot, AGAIN, true).marks : [];
  const row = rowMarks(chart, entries, own, again ? foot - AGAIN * look.scale : foot, DOTS, false);
  const middle = middleOf(guesses, entries) as number | null;
  const inSight = middle !== null && x.place(countAt(middle, own)) <= 1;
  const at = inSight ? xOf(chart, middle, own) : null;
  const right = truth === null ? null : xOf(chart, truth as number, own);
  const top = box.top - (roomOfGuesses(scene) - HEAD) * look.scale;
  const onTheLeft = right !== null && (at === null ? right > box.left + box.width / 2 : right < at);
  return inPixels([
    ...before,
    ...row.marks,
    ...(right === null ? [] : truthMarks(chart, scene, truth as number, right, top, onTheLeft)),
    ...(at === null ? [] : middleMarks(chart, row.topAt(at), top, `middle ${formatExact(middle as number)}`, right)),
  ]);
}

/** Nominal pixels from one mark of an epoch to the next, from one number to the next, and of the height of a number. */
const EPOCH = { mark: 6, number: 30, high: 18 };

/** Where epochs are over, across the height, with their numbers above the axis: as many as there is room for. */
export function epochMarks(chart: PlacedChart, ends: number[], counts: Counts): Mark {
  const { box, look, names } = chart;
  const bottom = box.top + box.height;
  // The name of a run goes before.
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

/**
 * Of each band what lies between its quartiles and its median, as far as the run is shown: to its end, unless that is
 * hidden.
 * @param counts  along the axis, of each run
 * @param seen  these are samples, of which bands have their own where their runs may be longer
 */
function bandMarks(chart: PlacedChart, runs: Run[], bands: Bands, counts: Counts[], seen: boolean): Mark {
  // What is not finite is out at the top.
  const out = chart.y.valueAt(2);
  const marks = runs.flatMap((run, k): Mark[] => {
    const band = bands?.[k];
    if (!band || !isShown(run)) return [];
    const rows = run.end ? band.median.length : Math.min(run.length, band.median.length);
    const along = (losses: Float64Array, style = {}) => {
      const values = losses.subarray(0, rows);
      return seriesLine({ values, first: 0, counts: (seen && band.samples) || counts[k] }, WHOLE, style);
    };
    const [low, high, ink] = [along(band.low), along(band.high), runInk(run.slot)];
    const around = (side: "x" | "y") => [...Array.from(low[side]), ...Array.from(high[side]).reverse()];
    const losses = around("y").map((loss) => (Number.isNaN(loss) ? out : loss));
    return [
      line(around("x"), losses, { closed: true, fill: ink, fillOpacity: 0.2, of: "band" }),
      along(band.median, { stroke: ink, width: 2.6, of: "median" }),
    ];
  });
  return group(marks, { clip: cutOff(chart) });
}

/** Nominal pixels between a ghost and its run, at the least, where it is named; and of its name on either side. */
const GHOST = { apart: 18, name: 54 };

/**
 * How runs would have gone on without their last change, as far as they are shown; named where farthest from its run.
 * @param counts  of each ghost
 */
export function ghostMarks(chart: PlacedChart, { runs, ghosts, hidesAhead }: Scene, counts: Counts[]): Mark {
  const { box, look } = chart;
  const room = GHOST.name * look.scale;
  const marks = ghosts.flatMap(({ from, run, index }, k): Mark[] => {
    const own = runs[index];
    const rows = hidesAhead ? Math.min(run.length, own.length) : run.length;
    if (rows < from + 2) return [];
    const series = { values: run.columns.loss.subarray(from, rows), first: from, counts: counts[k] };
    const style = { stroke: runInk(run.slot), strokeOpacity: 0.6, dash: [1.5, 3], of: "ghost" };
    let [name, most] = [null as Mark | null, GHOST.apart * look.scale];
    for (let row = from; row < Math.min(rows, own.length); row++) {
      const [x, y] = [xOf(chart, row, series.counts), yOf(chart, run.columns.loss[row])];
      const away = y - yOf(chart, own.columns.loss[row]);
      const isNamed = inside(box, x, y) && Math.min(x - box.left, box.left + box.width - x) >= room;
      if (!isNamed || !(Math.abs(away) > most)) continue;
      most = Math.abs(away);
      const place: Place = [countAt(row, series.counts), run.columns.loss[row]];
      const beside = { anchor: "middle", halo: HALO, shift: [0, away > 0 ? 12 : -9] } as const;
      name = words(place, "before the change", beside);
    }
    return [group([seriesLine(series, WHOLE, style)], { clip: cutOff(chart) }), ...(name ? [name] : [])];
  });
  return group(marks);
}

/**
 * Runs as their preset has them, as far as they are shown.
 * @param counts  of each
 */
function preparedMarks(chart: PlacedChart, { runs, prepared, hidesAhead }: Scene, counts: Counts[]): Mark {
  const marks = prepared.map(({ run: { columns, length }, index }, k) => {
    const rows = hidesAhead ? Math.min(length, runs[index].length) : length;
    const series = { values: columns.loss.subarray(0, rows), first: 0, counts: counts[k] };
    return seriesLine(series, WHOLE, { stroke: "ink3", width: 1.5, of: "prepared" });
  });
  return group(marks, { clip: cutOff(chart) });
}

/** @param counts  along the axis, of each run */
export const marksBehind = (
  chart: PlacedChart,
  { scene, counted, bands, epochs }: Pick<LossContent, "scene" | "counted" | "bands" | "epochs">,
  counts: Counts[],
): Mark[] => [
  epochMarks(chart, epochs?.ends ?? [], counts[epochs?.run ?? 0]),
  bandMarks(chart, scene.runs, bands, counts, counted?.title === "samples seen"),
  ...(scene.prepared.length ? [preparedMarks(chart, scene, counted?.prepared ?? [])] : []),
];

/** What many guessed, and what evidence says. */
export const toldMarks = (chart: PlacedChart, scene: Scene, counts: Counts[]): Mark[] => [
  ...(scene.guesses ? [guessedSteps(chart, scene, counts)] : []),
  ...(scene.expected.length ? [evidenceInChart(chart, scene, counts, STRIP)] : []),
];
