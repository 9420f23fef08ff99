/** Ticks across a route, one every so many steps: the farther apart they are, the faster the run moves. */

import { joinedLines, type Mark, type Place, path, runInk, segments } from "../../../marks/mark.ts";
import { createOccupancy } from "../../../marks/occupancy.ts";
import { type Box, boxAround } from "../../../math/box.ts";
import { label, type MapLook } from "../style.ts";
import type { RoutesContent } from "./routes.ts";
import { cellOf, type Trace, tickRows } from "./trace.ts";

const CHOICES = [1, 5, 10, 50, 100];
const APART = 7;
const APART_SELECTED = 9;
/** Most ticks should be so many nominal pixels apart: on a wall further, to be counted from the back of a room. */
const farApart = (scale: number): number => (scale > 1 ? 14 : 10);

/** Steps between ticks, the same for all runs: the fewest for which ticks of a typical step are far enough apart. */
export function tickEveryOf(traces: Trace[], look: MapLook): number {
  const typical = traces
    .map((trace) => typicalStep(trace))
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  const least = farApart(look.scale) * look.scale;
  const middle = typical[Math.floor(typical.length / 2)] ?? least;
  return CHOICES.find((every) => every * middle >= least) ?? CHOICES[CHOICES.length - 1];
}

/** The mean step over the first nine tenths of the path. @returns pixels */
function typicalStep({ distances, length }: Trace): number {
  const total = distances[length - 1];
  let k = 1;
  while (k < length - 1 && distances[k] < 0.9 * total) k++;
  return total > 0 ? distances[k] / k : 0;
}

/** Rows with a tick, and those with a number. */
type Ticked = { rows: number[]; numbered: number[] };

/** What ticks depend on. */
type TicksContent = Pick<RoutesContent, "look" | "focus" | "numbered" | "tickEvery" | "words">;

const cache: WeakMap<TicksContent, Map<Trace, Ticked>> = new WeakMap();

function tickedRows(content: TicksContent, trace: Trace): Ticked {
  const tickedByTrace = cache.get(content) ?? new Map<Trace, Ticked>();
  cache.set(content, tickedByTrace);
  const ticked = tickedByTrace.get(trace) ?? placeTicks(content, trace);
  tickedByTrace.set(trace, ticked);
  return ticked;
}

function placeTicks(content: TicksContent, trace: Trace): Ticked {
  const { look, focus, numbered, tickEvery } = content;
  const leastDistance = (trace.index === focus ? APART_SELECTED : APART) * look.scale;
  const ticked = tickRows(trace, tickEvery, leastDistance);
  const rows = trace.dense ? rowsApart(trace, ticked, leastDistance) : ticked;
  return { rows, numbered: trace.index === numbered ? numberedRows(content, trace, rows) : [] };
}

/** Those of the rows that no other row in sight is nearer to than about so many pixels. */
export function rowsApart({ xs, ys, visible, length }: Trace, rows: number[], leastDistance: number): number[] {
  const count: Map<number, number> = new Map();
  for (let k = 0; k < length; k++) {
    if (!visible[k]) continue;
    const key = cellOf(xs[k], ys[k], leastDistance);
    count.set(key, (count.get(key) ?? 0) + 1);
  }
  const near = [-1, 0, 1].flatMap((dx) => [-1, 0, 1].map((dy) => [dx * leastDistance, dy * leastDistance]));
  return rows.filter(
    (row) =>
      near.reduce((sum, [dx, dy]) => sum + (count.get(cellOf(xs[row] + dx, ys[row] + dy, leastDistance)) ?? 0), 0) ===
      1,
  );
}

/** The boxes of the numbers of the highlighted run. */
export const numberBoxes = (content: TicksContent, trace: Trace): Box[] =>
  tickedRows(content, trace).numbered.map((row) => numberBox(content, trace, row));

function numberBox({ look }: TicksContent, trace: Trace, row: number): Box {
  const [x, y] = numberPlace(trace, row, look);
  return boxAround(x, y, 12 * look.scale, 8 * look.scale);
}

/** Every tenth tick, where its number covers no other number and no words. */
function numberedRows(content: TicksContent, trace: Trace, rows: number[]): number[] {
  const { look, words, tickEvery } = content;
  const space = createOccupancy(look.box);
  for (const box of words) space.markWords(box);
  return rows.filter(
    (row) => row % (10 * tickEvery) === 0 && space.place([{ box: numberBox(content, trace, row), cost: 0 }], 1),
  );
}

/** @param from  first row */
export function tickMarks(content: TicksContent, trace: Trace, from: number, to: number): Mark[] {
  const { look, tickEvery } = content;
  const { xs, ys, run } = trace;
  const ticked = tickedRows(content, trace);
  const here = (row: number) => row > from && row <= to;
  const rows = ticked.rows.filter(here);
  if (!rows.length) return [];
  const ink = runInk(run.slot);
  // A dense run has dots, as a tick would look like one of its lines.
  const ticks = trace.dense
    ? path(joinedLines(rows.map((row): Place[] => [[xs[row], ys[row]]])), {
        stroke: ink,
        width: 4,
        round: true,
        casing: { stroke: "casing", width: 6 },
      })
    : segments(
        rows.map((row) => tickAt(trace, row, halfLength(row, tickEvery, trace.index === content.focus) * look.scale)),
        { stroke: ink, width: 1.1 },
      );
  return [
    ticks,
    ...ticked.numbered.filter(here).map((row) =>
      // In the colour of the run, as contours have numbers too.
      label(numberPlace(trace, row, look), String(row), { size: 12, weight: 600, anchor: "middle", fill: ink }),
    ),
  ];
}

function halfLength(row: number, every: number, selected: boolean): number {
  if (!selected) return 2.8;
  return row % (10 * every) === 0 ? 6.8 : 4.4;
}

/** The direction across the line at a row. */
function across({ xs, ys }: Trace, row: number): [number, number] {
  const [dx, dy] = [xs[row + 1] - xs[row - 1], ys[row + 1] - ys[row - 1]];
  const length = Math.hypot(dx, dy);
  if (length > 1e-6) return [-dy / length, dx / length];
  const [ex, ey] = [xs[row] - xs[row - 1], ys[row] - ys[row - 1]];
  const back = Math.hypot(ex, ey) || 1;
  return [-ey / back, ex / back];
}

function tickAt(trace: Trace, row: number, half: number): readonly [Place, Place] {
  const [nx, ny] = across(trace, row);
  const [x, y] = [trace.xs[row], trace.ys[row]];
  return [
    [x - nx * half, y - ny * half],
    [x + nx * half, y + ny * half],
  ];
}

/** @returns the place at the upper left of the tick */
function numberPlace(trace: Trace, row: number, look: MapLook): [number, number] {
  const [nx, ny] = across(trace, row);
  const side = nx > 0 ? -16 : 16;
  return [trace.xs[row] + nx * side * look.scale, trace.ys[row] + ny * side * look.scale];
}
