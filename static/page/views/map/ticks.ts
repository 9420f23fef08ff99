/** Ticks across a route, one every so many steps: the farther apart they are, the faster the run goes. */

import type { Box } from "../../math/box.ts";
import { alone, isDense } from "./density.ts";
import type { MapLook } from "./look.ts";
import { font, haloText } from "./look.ts";
import { overlap } from "./occupancy.ts";
import type { Trace } from "./trace.ts";
import { tickRows } from "./trace.ts";

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
type Marks = { every: number; rows: number[]; numbered: number[] };

const cache: WeakMap<Trace, Marks> = new WeakMap();

function marksOf(trace: Trace, every: number, apart: number, look: MapLook, words: Box[]): Marks {
  const known = cache.get(trace);
  if (known && known.every === every) return known;
  const ticked = tickRows(trace, every, apart);
  const rows = isDense(trace) ? alone(trace, ticked, apart) : ticked;
  const marks = { every, rows, numbered: numberedRows(trace, rows, every, look, words) };
  cache.set(trace, marks);
  return marks;
}

/** Every tenth tick, where its number is not in the way of another or of words. */
/** Where the numbers of a chosen run stand. */
export function numberBoxes(trace: Trace, every: number, look: MapLook, words: Box[]): Box[] {
  return marksOf(trace, every, APART_SELECTED * look.scale, look, words).numbered.map((row) =>
    numberBox(trace, row, look),
  );
}

function numberBox(trace: Trace, row: number, look: MapLook): Box {
  const [x, y] = numberPlace(trace, row, look);
  const [w, h] = [12 * look.scale, 8 * look.scale];
  return { left: x - w, top: y - h, width: 2 * w, height: 2 * h };
}

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
export function drawTicks(
  context: CanvasRenderingContext2D,
  look: MapLook,
  trace: Trace,
  from: number,
  to: number,
  { every, selected, words }: { every: number; selected: boolean; words: Box[] },
) {
  const apart = (selected ? APART_SELECTED : APART) * look.scale;
  const marks = marksOf(trace, every, apart, look, words);
  const here = (row: number) => row > from && row <= to;
  const rows = marks.rows.filter(here);
  if (!rows.length) return;
  if (isDense(trace)) drawDots(context, look, trace, rows);
  else drawAcross(context, look, trace, rows, (row) => halfLength(row, every, selected));
  if (selected) for (const row of marks.numbered.filter(here)) numberTick(context, look, trace, row);
}

/** Of a dense run: a tick would be one more line among many. */
function drawDots(context: CanvasRenderingContext2D, look: MapLook, { xs, ys, run }: Trace, rows: number[]) {
  for (const [radius, colour] of [
    [3, look.colours.casing],
    [2, look.colours.runs[run.slot]],
  ] as [number, string][]) {
    context.fillStyle = colour;
    context.beginPath();
    for (const row of rows) {
      context.moveTo(xs[row] + radius * look.scale, ys[row]);
      context.arc(xs[row], ys[row], radius * look.scale, 0, 2 * Math.PI);
    }
    context.fill();
  }
}

function drawAcross(
  context: CanvasRenderingContext2D,
  look: MapLook,
  trace: Trace,
  rows: number[],
  half: (row: number) => number,
) {
  context.beginPath();
  for (const row of rows) addTick(context, look, trace, row, half(row));
  context.lineCap = "butt";
  context.lineWidth = 3.2 * look.scale;
  context.strokeStyle = look.colours.casing;
  context.stroke();
  context.lineWidth = 1.3 * look.scale;
  context.strokeStyle = look.colours.runs[trace.run.slot];
  context.stroke();
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

function addTick(context: CanvasRenderingContext2D, look: MapLook, trace: Trace, row: number, half: number) {
  const [nx, ny] = across(trace, row);
  const length = half * look.scale;
  context.moveTo(trace.xs[row] - nx * length, trace.ys[row] - ny * length);
  context.lineTo(trace.xs[row] + nx * length, trace.ys[row] + ny * length);
}

/** @returns beside the tick, on its upper left */
function numberPlace(trace: Trace, row: number, look: MapLook): [number, number] {
  const [nx, ny] = across(trace, row);
  const side = nx > 0 ? -16 : 16;
  return [trace.xs[row] + nx * side * look.scale, trace.ys[row] + ny * side * look.scale];
}

function numberTick(context: CanvasRenderingContext2D, look: MapLook, trace: Trace, row: number) {
  context.font = font(look, 12, "600");
  context.textAlign = "center";
  context.textBaseline = "middle";
  haloText(context, look, String(row), ...numberPlace(trace, row, look), look.colours.ink);
}
