/** Lays a loss chart out at a size: its axes, its lines, and the names at their ends. */

import { type Look, widthOf } from "../../marks/look.ts";
import type { LineMark, Place } from "../../marks/mark.ts";
import { createOccupancy } from "../../marks/occupancy.ts";
import { verticesOf } from "../../marks/scales.ts";
import { boxAround, type Size } from "../../math/box.ts";
import { formatExact } from "../../math/format.ts";
import { type Counts, countAt, type Series } from "../../math/series.ts";
import type { Counted } from "../../state/samples.ts";
import type { Band, Ghost, Run, Scene } from "../../state/types.ts";
import { type PlotArea, seriesLine, xOf, yOf } from "../chart/lines.ts";
import { areTold, cut, listNames, MARKER, type NameLabel, placeNames, shortened } from "../chart/names.ts";
import { type Bands, isShown, type LossAxis, lossAxis, stepAxis } from "./axes.ts";

/** of a run that is shown */
interface LossLine extends Series {
  run: Run;
  index: number;
  counts: Counts;
  line: LineMark;
  /** where it ends, or leaves the chart for good */
  end: { x: number; y: number; off: boolean };
  /** where it is above the top for a while: at the highest of each time, with the loss there */
  above: { x: number; loss: number }[];
}

/** Of one run: around the quartiles, from left to right and back, and along the median. */
interface LossBand {
  index: number;
  slot: number;
  outline: [number, number][];
  median: [number, number][];
}

/** leader: from the end of its line, where it does not stand beside it */
type LossName = NameLabel & { text: string; slot: number; size: number; leader?: Place[] };

export interface LossChart extends PlotArea, Pick<Scene, "selected" | "levels" | "theme"> {
  y: LossAxis;
  size: Size;
  look: Look;
  /** steps of the longest run */
  longest: number;
  /** "step", "samples seen", "evaluations" */
  title: string;
  /** where the steps of each run lie along the axis */
  counts: Counts[];
  lines: LossLine[];
  bands: LossBand[];
  names: LossName[];
  /** how runs would have gone on without their last change */
  ghosts: { slot: number; line: LineMark; name: { x: number; y: number } | null }[];
  epochs: { at: number; text: string }[];
}

/** Pixels from one mark of an epoch to the next, and from one number to the next. */
const EPOCH = { mark: 6, number: 30 };

/** The least of 1, 2, 5, 10, ... epochs that takes so many pixels, where the narrowest takes so many. */
function every(pixels: number, narrowest: number): number {
  for (let power = 1; ; power *= 10)
    for (const digit of [1, 2, 5]) if (digit * power * narrowest >= pixels) return digit * power;
}

/** Where epochs are over: as many marks, and of these numbers, as there is room for. */
export function epochMarks(area: PlotArea, ends: number[], counts: Counts, scale: number): LossChart["epochs"] {
  const places = ends.map((end) => xOf(area, end, counts));
  const narrowest = Math.min(...places.map((at, k) => at - (k ? places[k - 1] : area.box.left)));
  if (!(narrowest > 0)) return [];
  const [mark, number] = [EPOCH.mark, EPOCH.number].map((pixels) => every(pixels * scale, narrowest));
  const marked = places.map((at, k) => ({ at, count: k + 1 })).filter(({ count }) => count % mark === 0);
  return marked.map(({ at, count }) => ({
    at,
    text: count % number === 0 ? (count === number ? `epoch ${count}` : String(count)) : "",
  }));
}

/** All steps. */
const WHOLE: [number, number] = [0, Infinity];
const MARGIN = { left: 54, right: 12, top: 12, bottom: 24 };
/** Names may take this much of the width beside the curves. */
const NAMES = 0.47;
const NAME = { size: 13 };
/**
 * More names than this, or one that has no place beside its line, stand in a list: with leaders so wide, and a name
 * taking so much of the width.
 */
const MOST = 5;
const LIST = { size: 12, gap: 15, leader: 14, name: 0.46 };
/** A name so near to the end of its line, in nominal pixels, is read as its own. */
const BESIDE = 18;
/** Pixels of the squares in which lines are looked for. */
const SQUARE = 4;
/** Half the height of a name, in nominal pixels. */
const HALF = 6;

/** @param base  what losses are counted from */
export const lossTitle = (base: number) => (base ? `Loss above ${formatExact(base, 4)}` : "Loss");

/**
 * counted: what lies along the axis, by the steps of each run; null: steps count
 * bands: over seeds; null: none are drawn
 * epochs: of a run, by its index, the rows at which one is over
 */
export type LossContent = {
  scene: Scene;
  counted: Counted | null;
  bands: Bands;
  epochs: { run: number; ends: number[] } | null;
};

/** What both layouts are made from; area: with all the width that names would leave it, were there none. */
type LayoutContent = Pick<LossChart, "look" | "size" | "counts"> & { scene: Scene; area: PlotArea & { y: LossAxis } };

/** The width that is left for the curves, the lines within it, and the names beside these. */
type Layout = Pick<LossChart, "box" | "lines" | "names">;

export function chartOf({
  scene,
  counted,
  bands,
  epochs,
  size,
  look,
}: LossContent & { size: Size; look: Look }): LossChart {
  const { scale } = look;
  const { runs, ghosts, hidesAhead, selected, levels, theme } = scene;
  const counts = counted?.of ?? runs.map(() => null);
  const box = {
    left: MARGIN.left * scale,
    top: MARGIN.top * scale,
    width: size.width - MARGIN.left * scale - MARGIN.right,
    height: size.height - (MARGIN.top + MARGIN.bottom) * scale,
  };
  const whole = {
    box,
    x: stepAxis(scene, counted?.of ?? null, box.width / scale),
    y: lossAxis(scene, bands, box.height / scale),
  };
  const content = { scene, counts, size, look, area: whole };
  const shown = runs.filter(isShown).length;
  const beside = shown > MOST ? null : besideLayout(content);
  const layout = beside && beside.names.length >= shown ? beside : listedLayout(content);
  const area = { ...whole, box: layout.box };
  const seen = counted?.title === "samples seen";
  return {
    ...area,
    lines: layout.lines,
    epochs: epochs ? epochMarks(area, epochs.ends, counts[epochs.run], scale) : [],
    selected,
    levels,
    theme,
    size,
    look,
    longest: Math.max(1, ...layout.lines.map(({ run }) => run.length - 1)),
    title: counted?.title ?? "step",
    counts,
    names: layout.names.filter(({ slot }) => !hidesAhead || runs.some((run) => run.slot === slot && run.end)),
    bands: runs.flatMap((run, k) => bandOf(area, run, k, bands?.[k] ?? null, seen ? undefined : counts[k])),
    ghosts: ghosts.flatMap((ghost, k) =>
      ghostOf(area, ghost, counted?.ghosts[k] ?? null, runs[ghost.index], hidesAhead, scale),
    ),
  };
}

/** Every name beside the end of its line; fewer names than lines where one has no place. */
function besideLayout(content: LayoutContent): Layout {
  const { scene, counts, area, look } = content;
  const { scale } = look;
  const texts = shortened(
    scene.runs.map(({ name }) => name),
    (name) => widthOf(look, name, NAME) + 24 * scale < NAMES * area.box.width,
  );
  const widths = texts.map((name) => widthOf(look, name, NAME));
  const beside = widthBesideNames(scene.wholeRuns, widths, area, counts, scale);
  const width = Math.max(area.box.width * (1 - NAMES), beside);
  return layoutAt(content, width, (at, lines) => namesOf(content, at, lines, { texts, widths }));
}

/** All names in a list beside the chart. */
function listedLayout(content: LayoutContent): Layout {
  const { scene, area, look } = content;
  const { scale } = look;
  const texts = shortened(scene.runs.map(({ name }) => name)).map((name) =>
    cut(look, name, LIST.name * area.box.width, LIST),
  );
  const wide = Math.max(...scene.runs.map((run, k) => (isShown(run) ? widthOf(look, texts[k], LIST) : 0)));
  const width = area.box.width + MARGIN.right - wide - (LIST.leader + MARKER) * scale - 1;
  return layoutAt(content, width, (at, lines) => listOf(at, lines, texts, wide, scale));
}

/** @param place  names stand where they will once the lines have ended */
function layoutAt(
  { scene: { runs, wholeRuns, hidesAhead }, counts, area }: LayoutContent,
  width: number,
  place: (area: PlotArea, lines: LossLine[]) => LossName[],
): Layout {
  const at = { ...area, box: { ...area.box, width } };
  const lines = linesOf(at, runs, counts);
  return { box: at.box, lines, names: place(at, hidesAhead ? linesOf(at, wholeRuns, counts) : lines) };
}

const linesOf = (area: PlotArea, runs: Run[], counts: Counts[]): LossLine[] =>
  runs.flatMap((run, index) => {
    if (!isShown(run)) return [];
    const series = { values: run.columns.loss.subarray(0, run.length), first: 0, counts: counts[index] };
    const line = seriesLine(series, WHOLE);
    return [{ ...series, run, index, line, end: endOf(area, series), above: aboveTop(area, series) }];
  });

/** Pixels between a ghost and its run, at the least, where it is named; and what its name takes on either side. */
const APART = 18;
const GHOST_NAME = 54;

/** @param own  its run, as far as it is drawn */
function ghostOf(
  area: PlotArea,
  { from, run }: Ghost,
  counts: Counts,
  own: Run,
  hidesAhead: boolean,
  scale: number,
): LossChart["ghosts"] {
  const rows = hidesAhead ? Math.min(run.length, own.length) : run.length;
  if (rows < from + 2) return [];
  const series = { values: run.columns.loss.subarray(from, rows), first: from, counts };
  const { box } = area;
  const room = GHOST_NAME * scale;
  let [name, most] = [null as { x: number; y: number } | null, APART * scale];
  for (let row = from; row < Math.min(rows, own.length); row++) {
    const [x, y, beside] = [xOf(area, row, counts), yOf(area, run.columns.loss[row]), yOf(area, own.columns.loss[row])];
    if (
      !(Math.abs(y - beside) > most) ||
      x < box.left + room ||
      x > box.left + box.width - room ||
      y < box.top ||
      y > box.top + box.height
    )
      continue;
    [name, most] = [{ x, y: y + (y > beside ? 12 : -9) * scale }, Math.abs(y - beside)];
  }
  return [{ slot: run.slot, line: seriesLine(series, WHOLE), name }];
}

/**
 * As far as the run is shown, which is to its end unless what lies ahead is hidden.
 * @param counts  along the axis; undefined: the samples of the band
 */
function bandOf(area: PlotArea, run: Run, index: number, band: Band | null, counts?: Counts): LossBand[] {
  if (!band || !isShown(run)) return [];
  const rows = run.end ? band.median.length : Math.min(run.length, band.median.length);
  const along = (losses: Float64Array) => {
    const series = { values: losses.subarray(0, rows), first: 0, counts: counts === undefined ? band.samples : counts };
    const { x: seen, y } = seriesLine(series, WHOLE);
    return verticesOf(area, seen, y).map(([x, y]): [number, number] => [
      x,
      Number.isNaN(y) ? area.box.top - area.box.height : y,
    ]);
  };
  return [
    { index, slot: run.slot, outline: [...along(band.low), ...along(band.high).reverse()], median: along(band.median) },
  ];
}

/** As much width for the curves as leaves every name its place beside the end of its line. */
function widthBesideNames(
  runs: Run[],
  widths: number[],
  { box, x }: PlotArea,
  counts: Counts[],
  scale: number,
): number {
  const room = box.width + MARGIN.right - 5 - 10 * scale;
  const beside = runs.flatMap((run, k) =>
    isShown(run) && widths[k]
      ? [(room - widths[k] - 14 * scale) / Math.max(x.place(countAt(run.length - 1, counts[k])), 0.01)]
      : [],
  );
  return Math.min(box.width, ...beside);
}

function endOf(area: PlotArea, { values, counts }: Series): LossLine["end"] {
  const {
    box,
    y: { place },
  } = area;
  const last = values.length - 1;
  if (!(place(values[last]) > 1.02))
    return { x: xOf(area, last, counts), y: Math.min(box.top + box.height, yOf(area, values[last])), off: false };
  let row = last;
  while (row > 0 && place(values[row - 1]) > 1) row--;
  if (row === 0) return { x: xOf(area, 0, counts), y: box.top, off: true };
  const [inside, outside] = [place(values[row - 1]), place(values[row])];
  const [from, to] = [xOf(area, row - 1, counts), xOf(area, row, counts)];
  return { x: from + ((to - from) * (1 - inside)) / (outside - inside), y: box.top, off: true };
}

/** @returns the times that it is out at the top and comes back */
function aboveTop(area: PlotArea, { values, counts }: Series): LossLine["above"] {
  const found: LossLine["above"] = [];
  let peak = -1;
  values.forEach((loss, row) => {
    if (area.y.place(loss) > 1.02) peak = peak < 0 || loss > values[peak] ? row : peak;
    else if (peak >= 0) {
      found.push({ x: xOf(area, peak, counts), loss: values[peak] });
      peak = -1;
    }
  });
  return found;
}

/** @returns of the lines whose names have a place; none where one of them would be taken for that of another line */
function namesOf(
  { look: { scale }, size: { width } }: LayoutContent,
  area: PlotArea,
  lines: LossLine[],
  { texts, widths }: { texts: string[]; widths: number[] },
): LossName[] {
  const { box } = area;
  const occupancy = createOccupancy({ left: 0, top: -20, width, height: box.top + box.height + 40 }, SQUARE);
  const top = box.top - 3 * scale;
  for (const points of lines.map(({ line: { x, y } }) => verticesOf(area, x, y)))
    for (let k = 1; k < points.length; k++) {
      const [[x0, y0], [x1, y1]] = [points[k - 1], points[k]];
      // What is above the top is not drawn.
      if (y0 >= top || y1 >= top) occupancy.markSegment(x0, Math.max(y0, top), x1, Math.max(y1, top));
    }
  for (const { end } of lines) occupancy.markBox(boxAround(end.x, end.y, 3 * scale));
  const over = 2 * scale;
  const room = { left: box.left + 2, top: -over, width: width - box.left - 3, height: box.top + box.height - 1 + over };
  const ends = lines.map(({ index, end: { x, y } }) => ({ x, y, width: widths[index] }));
  const labels = placeNames(ends, occupancy, room, HALF * scale, scale);
  if (!areTold(ends, labels)) return [];
  return lines.flatMap(({ index, run: { slot }, end }, k) => {
    const label = labels[k];
    if (!label || !texts[index]) return [];
    return [{ ...label, text: texts[index], slot, size: NAME.size, leader: leaderTo(label, end, scale) }];
  });
}

/** @returns a line from the end of its own to a name that does not stand beside it */
function leaderTo({ x, y, width }: NameLabel, end: { x: number; y: number }, scale: number): Place[] | undefined {
  const at = Math.max(x - 2 * scale, Math.min(end.x, x + width));
  if (Math.hypot(at - end.x, y - end.y) < BESIDE * scale) return undefined;
  const to = y > end.y ? Math.max(end.y, y - HALF * scale) : Math.min(end.y, y + HALF * scale);
  return [
    [end.x, end.y],
    [at, to],
  ];
}

/** All names beside the chart, one under the other. @param wide  pixels of the longest */
function listOf({ box }: PlotArea, lines: LossLine[], names: string[], wide: number, scale: number): LossName[] {
  const right = box.left + box.width;
  const x = right + LIST.leader * scale;
  const { at, gap } = listNames(
    lines.map(({ end }) => end),
    LIST.gap * scale,
    HALF * scale,
    box.top + box.height - 2 * scale,
  );
  return lines.map(({ index, run: { slot }, end }, k) => ({
    x,
    y: at[k],
    width: wide + MARKER * scale,
    marked: true,
    text: names[index],
    slot,
    size: Math.min(LIST.size, gap / scale),
    leader: [
      [end.x, end.y],
      [Math.max(right, end.x) + 3 * scale, end.x < right - 3 ? at[k] : end.y],
      [x - 2 * scale, at[k]],
    ],
  }));
}

/** Where a name begins, after its marker. */
export const startOf = ({ x, marked }: LossName, { scale }: Look) => (marked ? x + MARKER * scale : x);
