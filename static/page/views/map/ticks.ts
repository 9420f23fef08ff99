/** Ticks across a route, one every so many steps: the farther apart they are, the faster the run goes. */

import { type Mark, type Place, path, runInk, segments } from "../../marks/mark.ts";
import { type Box, boxAround, overlap } from "../../math/box.ts";
import { alone, isDense } from "./density.ts";
import type { MapLook } from "./look.ts";
import { label } from "./style.ts";
import { type Trace, tickRows } from "./trace.ts";

const CHOICES = [1, 5, 10, 50, 100];
const APART = 7;
const APART_SELECTED = 9;
/** Ticks are worth drawing where most of them keep this distance. */
const ROOMY = 16;

/** Steps a tick, for all runs the same: the fewest at which a typical step leaves room. */
export function tickEveryOf(traces: Trace[], look: MapLook): number {
  const typical = traces
    .map((trace) => typicalStep(trace))
    .filter((size) => size > 0)
    .sort((a, b) => a - b);
  const middle = typical[Math.floor(typical.length / 2)] ?? ROOMY;
  return CHOICES.find((every) => every * middle >= ROOMY * look.scale) ?? CHOICES[CHOICES.length - 1];
}

/** The mean step over the first nine tenths of the way. @returns pixels */
function typicalStep({ distances, length }: Trace): number {
  const total = distances[length - 1];
  let k = 1;
  while (k < length - 1 && distances[k] < 0.9 * total) k++;
  return total > 0 ? distances[k] / k : 0;
}

/** Rows with a tick, and those of them that carry their number. */
type Ticked = { every: number; rows: number[]; numbered: number[] };

const cache: WeakMap<Trace, Ticked> = new WeakMap();

function tickedRows(trace: Trace, every: number, apart: number, look: MapLook, words: Box[]): Ticked {
  const known = cache.get(trace);
  if (known && known.every === every) return known;
  const ticked = tickRows(trace, every, apart);
  const rows = isDense(trace) ? alone(trace, ticked, apart) : ticked;
  const marks = { every, rows, numbered: numberedRows(trace, rows, every, look, words) };
  cache.set(trace, marks);
  return marks;
}

/** Where the numbers of a chosen run stand. */
export function numberBoxes(trace: Trace, every: number, look: MapLook, words: Box[]): Box[] {
  return tickedRows(trace, every, APART_SELECTED * look.scale, look, words).numbered.map((row) =>
    numberBox(trace, row, look),
  );
}

function numberBox(trace: Trace, row: number, look: MapLook): Box {
  const [x, y] = numberPlace(trace, row, look);
  const [w, h] = [12 * look.scale, 8 * look.scale];
  return boxAround(x, y, w, h);
}

/** Every tenth tick, where its number is not in the way of another or of words. */
function numberedRows(trace: Trace, rows: number[], every: number, look: MapLook, words: Box[]): number[] {
  const taken: Box[] = [...words];
  return rows.filter((row) => {
    if (row % (10 * every) !== 0) return false;
    const box = numberBox(trace, row, look);
    if (taken.some((other) => overlap(box, other))) return false;
    taken.push(box);
    return true;
  });
}

/**
 * @param from  rows from here
 * @param how  words: what numbers are to keep off
 */
export function tickMarks(
  look: MapLook,
  trace: Trace,
  from: number,
  to: number,
  { every, selected, words }: { every: number; selected: boolean; words: Box[] },
): Mark[] {
  const { xs, ys, run } = trace;
  const ticked = tickedRows(trace, every, (selected ? APART_SELECTED : APART) * look.scale, look, words);
  const here = (row: number) => row > from && row <= to;
  const rows = ticked.rows.filter(here);
  if (!rows.length) return [];
  const ink = runInk(run.slot);
  // Of a dense run a tick would be one more line among many: it has dots.
  const ticks = isDense(trace)
    ? path(
        rows.flatMap((row): Place[] => [
          [xs[row], ys[row]],
          [Number.NaN, Number.NaN],
        ]),
        { stroke: ink, width: 4, round: true, casing: { stroke: "casing", width: 6 } },
      )
    : segments(
        rows.map((row) => tickAt(trace, row, halfLength(row, every, selected) * look.scale)),
        { stroke: ink, width: 1.3, casing: { stroke: "casing", width: 3.2 } },
      );
  const numbered = selected ? ticked.numbered.filter(here) : [];
  return [
    ticks,
    ...numbered.map((row) =>
      label(numberPlace(trace, row, look), String(row), { size: 12, weight: 600, anchor: "middle" }),
    ),
  ];
}

function halfLength(row: number, every: number, selected: boolean): number {
  if (!selected) return 3.2;
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

/** @returns beside the tick, on its upper left */
function numberPlace(trace: Trace, row: number, look: MapLook): [number, number] {
  const [nx, ny] = across(trace, row);
  const side = nx > 0 ? -16 : 16;
  return [trace.xs[row] + nx * side * look.scale, trace.ys[row] + ny * side * look.scale];
}
