/**
 * Each run on the screen: the place of each row, its distance along the line, and where ticks may stand. Nothing is
 * clamped: a row off the map keeps its place, however far; only drawing cuts at the border.
 */
import { NOWHERE, type Place } from "../../../marks/mark.ts";
import type { Occupancy } from "../../../marks/occupancy.ts";
import { screenX, screenY } from "../../../marks/scales.ts";
import { type Box, clippedSegment, isInside } from "../../../math/box.ts";
import { keepSame } from "../../../memo.ts";
import type { Run } from "../../../state/types.ts";
import type { MapAxes } from "../mapAxes.ts";
import type { MapLayout } from "../moment.ts";
import type { VisibleArea } from "../visibleArea.ts";

export interface Trace {
  run: Run;
  /** the index of the run in the scene */
  index: number;
  /** rows */
  length: number;
  /** pixels */
  xs: Float64Array;
  ys: Float64Array;
  /** pixels from the start, along the line */
  distances: Float64Array;
  /** 1 where the row is within the frame */
  visible: Uint8Array;
  /** 1 where the row is on the whole domain, within the frame or not */
  within: Uint8Array;
  /** whether it crosses its own path so often that dashes and ticks would blur: it is drawn thin and solid */
  dense: boolean;
}

/** The dash pattern does not follow a row farther out than so many pixels. */
const FAR = 1e6;

/** The size of the squares, in pixels, in which crossings are counted, and the counts of a dense run. */
const CELL = 6;
const OFTEN = 3;
const MANY = 24;

export const cellOf = (x: number, y: number, size: number) => Math.floor(x / size) * 65536 + Math.floor(y / size);

/** Whether the step to a row leads just where the one before came from: it draws the same line again. */
const goesBack = (xs: Float64Array, ys: Float64Array, k: number) => xs[k] === xs[k - 2] && ys[k] === ys[k - 2];

/** @returns the number of squares that the run has entered often */
function crossedOften({ xs, ys, visible, length }: Omit<Trace, "dense">): number {
  const times: Map<number, number> = new Map();
  let [last, often] = [NaN, 0];
  for (let k = 1; k < length; k++) {
    if (!visible[k] || !visible[k - 1] || goesBack(xs, ys, k)) continue;
    const parts = Math.ceil(Math.hypot(xs[k] - xs[k - 1], ys[k] - ys[k - 1]) / CELL);
    for (let part = 1; part <= parts; part++) {
      const t = part / parts;
      const key = cellOf(xs[k - 1] + (xs[k] - xs[k - 1]) * t, ys[k - 1] + (ys[k] - ys[k - 1]) * t, CELL);
      if (key === last) continue;
      last = key;
      const count = (times.get(key) ?? 0) + 1;
      times.set(key, count);
      if (count === OFTEN) often++;
    }
  }
  return often;
}

interface TraceContent extends Pick<Trace, "run" | "index"> {
  /** the columns of the two axes */
  columns: ArrayLike<number>[];
  area: VisibleArea;
  /** the box of the whole domain; the frame itself, unless zoomed in */
  domainBox: Box;
}

export function traceOf({ run, index, columns: [x, y], area, domainBox }: TraceContent): Trace {
  const { length } = run;
  const [xs, ys, distances] = [new Float64Array(length), new Float64Array(length), new Float64Array(length)];
  const [visible, within] = [new Uint8Array(length), new Uint8Array(length)];
  for (let k = 0; k < length; k++) {
    const [px, py] = [screenX(area, x[k]), screenY(area, y[k])];
    xs[k] = px;
    ys[k] = py;
    visible[k] = isInside(area.box, px, py) ? 1 : 0;
    within[k] = visible[k] || isInside(domainBox, px, py) ? 1 : 0;
    if (k) distances[k] = distances[k - 1] + Math.min(FAR, Math.hypot(px - xs[k - 1], py - ys[k - 1])) || 0;
  }
  const trace = { run, index, length, xs, ys, distances, visible, within };
  return { ...trace, dense: crossedOften(trace) >= MANY };
}

type KnownTrace = { trace: Trace; area: VisibleArea };

/** The box of an area on the screen of another. */
function boxOf({ x0, x1, y0, y1 }: VisibleArea, area: VisibleArea): Box {
  const [left, top] = [screenX(area, x0), screenY(area, y1)];
  return { left, top, width: screenX(area, x1) - left, height: screenY(area, y0) - top };
}

/** Makes the traces of a scene's runs, again only for those that have changed. */
export function createTraces() {
  let entries: KnownTrace[] = [];
  const sameTraces = keepSame<Trace[]>();

  function entryOf(run: Run, index: number, axes: MapAxes, area: VisibleArea, domainBox: Box): KnownTrace {
    const cached = entries.find(
      ({ trace, area: traceArea }) => trace.run === run && trace.index === index && traceArea === area,
    );
    return cached ?? { trace: traceOf({ run, index, columns: axes.columns(run), area, domainBox }), area };
  }

  /** @returns the traces of the visible runs, as far as they have come; the same array as before if nothing changed */
  return function tracesOf(
    runs: Run[],
    { axes, area, domainArea }: Pick<MapLayout, "axes" | "area" | "domainArea">,
  ): Trace[] {
    const domainBox = boxOf(domainArea, area);
    entries = runs.flatMap((run, index) =>
      run.hidden || !run.length ? [] : [entryOf(run, index, axes, area, domainBox)],
    );
    return sameTraces(entries.map(({ trace }) => trace));
  };
}

/** The distance of each row of a run from the plane that is shown, if one is. */
export const distancesOf = ({ run }: Trace) => run.distance ?? run.end?.recorded?.distance;

/** The place at a step; for a fraction, between two rows. */
export function placeAt({ xs, ys, length }: Trace, step: number): [number, number] {
  const at = Math.min(Math.max(0, step), length - 1);
  const k = Math.floor(at);
  const t = at - k;
  if (t === 0) return [xs[k], ys[k]];
  return [xs[k] + (xs[k + 1] - xs[k]) * t, ys[k] + (ys[k + 1] - ys[k]) * t];
}

/** Rows closer together than so many pixels are one point of the line. */
const CLOSE = 0.3;

/**
 * The line from one step to another, cut at a box. A segment with both ends off the map is left out: it would cross
 * ground where the run never was.
 */
export function stretchOf(trace: Trace, from: number, to: number, box: Box): Place[] {
  const places: Place[] = [];
  const { xs, ys, visible, within } = trace;
  const last = Math.ceil(to);
  let [x, y] = placeAt(trace, from);
  let pen = false;
  for (let k = Math.floor(from); k < last; k++) {
    const [nx, ny] = k + 1 > to ? placeAt(trace, to) : [xs[k + 1], ys[k + 1]];
    if (Math.abs(nx - x) + Math.abs(ny - y) < CLOSE && k + 1 < last) continue;
    if (visible[k] && visible[k + 1]) {
      if (!pen) places.push(NOWHERE, [x, y]);
      places.push([nx, ny]);
      pen = true;
    } else {
      if (within[k] || within[k + 1]) places.push(...cutSegment(x, y, nx, ny, box));
      pen = false;
    }
    x = nx;
    y = ny;
  }
  return places;
}

function cutSegment(x0: number, y0: number, x1: number, y1: number, box: Box): Place[] {
  const part = clippedSegment(box, x0, y0, x1, y1);
  if (!part) return [];
  const [from, to] = part;
  return [NOWHERE, [x0 + (x1 - x0) * from, y0 + (y1 - y0) * from], [x0 + (x1 - x0) * to, y0 + (y1 - y0) * to]];
}

/** Rows with a tick: every n-th, but none closer to the last one than `leastDistance` pixels. */
export function tickRows({ distances, length, visible }: Trace, every: number, leastDistance: number): number[] {
  const rows = [];
  let last = 0;
  for (let k = every; k < length - 1; k += every) {
    if (distances[k] - distances[last] < leastDistance) continue;
    last = k;
    if (visible[k]) rows.push(k);
  }
  return rows;
}

/** Marks the whole path of a run as taken. */
export function markRoute(occupancy: Occupancy, { xs, ys, within, length }: Trace) {
  for (let k = 1; k < length; k++)
    if (within[k] || within[k - 1]) occupancy.markSegment(xs[k - 1], ys[k - 1], xs[k], ys[k]);
}
