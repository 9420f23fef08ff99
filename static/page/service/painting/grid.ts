/**
 * Interpolates the loss between samples: a fourth-order cubic convolution (Keys, "Cubic convolution interpolation for
 * digital image processing", 1981, six points), with which the valley of a polynomial stays smooth between samples.
 */
import type { Landscape } from "../../state/types.ts";

export type Extent = { x0: number; x1: number; y0: number; y1: number };

/** Samples at equal distances, from (x0, y0) to (x1, y1); row j at the y of j, lowest first. */
export interface Grid extends Extent {
  columns: number;
  rows: number;
  /** NaN where not finite */
  loss: Float64Array;
}

const REACH = 3;

/** @param landscape  of two parameters */
export function gridOf({ x, y, loss }: Landscape): Grid {
  const ys = y as Float64Array;
  return {
    x0: x[0],
    x1: x[x.length - 1],
    y0: ys[0],
    y1: ys[ys.length - 1],
    columns: x.length,
    rows: ys.length,
    loss,
  };
}

/** @param s  distance in samples */
function kernel(s: number): number {
  const d = Math.abs(s);
  if (d < 1) return (4 / 3) * d ** 3 - (7 / 3) * d ** 2 + 1;
  if (d < 2) return (-7 / 12) * d ** 3 + 3 * d ** 2 - (59 / 12) * d + 2.5;
  return d < 3 ? d ** 3 / 12 - (2 / 3) * d ** 2 + (7 / 4) * d - 1.5 : 0;
}

/**
 * For each output sample the first of six neighbours, and their weights.
 * @param count  number of samples, without the border
 * @param from  place of the first output, in samples
 * @param step  between outputs, in samples
 */
function taps(count: number, from: number, step: number, outputs: number) {
  const first = new Int32Array(outputs);
  const weights = new Float64Array(outputs * 6);
  for (let k = 0; k < outputs; k++) {
    const place = Math.min(count - 1 + 0.5, Math.max(-0.5, from + k * step));
    const below = Math.min(count - 2, Math.max(0, Math.floor(place)));
    first[k] = below - 2 + REACH;
    for (let n = 0; n < 6; n++) weights[k * 6 + n] = kernel(place - (below - 2 + n));
  }
  return { first, weights };
}

/**
 * Adds three samples on every side, extrapolated by a parabola.
 * @param loss  without NaN
 */
function bordered({ columns, rows }: Grid, loss: Float64Array) {
  const [width, height] = [columns + 2 * REACH, rows + 2 * REACH];
  const out = new Float64Array(width * height);
  for (let j = 0; j < rows; j++) {
    out.set(loss.subarray(j * columns, (j + 1) * columns), (j + REACH) * width + REACH);
    extend(out, (j + REACH) * width, 1, columns);
  }
  for (let i = 0; i < width; i++) extend(out, i, width, rows);
  return { out, width };
}

function extend(out: Float64Array, at: number, stride: number, count: number) {
  const low = at + REACH * stride;
  const high = low + (count - 1) * stride;
  for (let k = 1; k <= REACH; k++) {
    out[low - k * stride] = parabola(out[low], out[low + stride], out[low + 2 * stride], k);
    out[high + k * stride] = parabola(out[high], out[high - stride], out[high - 2 * stride], k);
  }
}

/** @param c  the third sample from the border @param k  samples beyond the border */
function parabola(a: number, b: number, c: number, k: number) {
  return a + k * (a - b) + ((k * (k + 1)) / 2) * (a - 2 * b + c);
}

/**
 * Fills values that are not finite from their neighbours, layer by layer, so that the surface is smooth up to the
 * border.
 * @returns mask: 1 where a sample was finite; null: everywhere
 */
function filled({ columns, rows, loss }: Grid): { loss: Float64Array; mask: Float64Array | null } {
  if (loss.every(Number.isFinite)) return { loss, mask: null };
  const mask = Float64Array.from(loss, (value) => (Number.isFinite(value) ? 1 : 0));
  const out = Float64Array.from(loss, (value) => (Number.isFinite(value) ? value : NaN));
  for (let layer = 0; layer < 2 * REACH; layer++) fillLayer(out, columns, rows);
  return { loss: out.map((value) => (Number.isFinite(value) ? value : 0)), mask };
}

function fillLayer(out: Float64Array, columns: number, rows: number) {
  const before = out.slice();
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++) {
      if (Number.isNaN(before[j * columns + i])) out[j * columns + i] = meanAround(before, columns, rows, i, j);
    }
  }
}

function meanAround(values: Float64Array, columns: number, rows: number, i: number, j: number) {
  let [sum, count] = [0, 0];
  for (let v = Math.max(0, j - 1); v <= Math.min(rows - 1, j + 1); v++) {
    for (let u = Math.max(0, i - 1); u <= Math.min(columns - 1, i + 1); u++) {
      const value = values[v * columns + u];
      if (!Number.isNaN(value)) [sum, count] = [sum + value, count + 1];
    }
  }
  return count ? sum / count : NaN;
}

/** Writes one row of a finer grid. */
export type RowWriter = (j: number, out: Float64Array) => void;

/**
 * The loss on a finer grid, row by row from the greatest y. NaN outside of the samples and where they are not finite.
 * @param extent  centres of the outer samples of the new grid
 */
export function sampler(grid: Grid, extent: Extent, width: number, height: number): RowWriter {
  const { loss, mask } = filled(grid);
  const fine = convolution(grid, loss, extent, width, height);
  const cover = mask && convolution(grid, mask, extent, width, height);
  const covered = new Float64Array(width);
  const outside = outsideOf(grid, extent, width, height);
  return (j, out) => {
    fine(j, out);
    if (cover) cover(j, covered);
    if (!cover && !outside) return;
    for (let i = 0; i < width; i++) if (outside?.(i, j) || (cover && covered[i] < 0.5)) out[i] = NaN;
  };
}

/** All rows at once. */
export function resample(grid: Grid, extent: Extent, width: number, height: number): Float64Array {
  const write = sampler(grid, extent, width, height);
  const fine = new Float64Array(width * height);
  for (let j = 0; j < height; j++) write(j, fine.subarray(j * width, (j + 1) * width));
  return fine;
}

function placement(grid: Grid, extent: Extent, width: number, height: number) {
  const ux = (grid.columns - 1) / (grid.x1 - grid.x0);
  const uy = (grid.rows - 1) / (grid.y1 - grid.y0);
  return {
    fromX: (extent.x0 - grid.x0) * ux,
    stepX: ((extent.x1 - extent.x0) * ux) / (width - 1),
    fromY: (extent.y1 - grid.y0) * uy,
    stepY: (-(extent.y1 - extent.y0) * uy) / (height - 1),
  };
}

function convolution(grid: Grid, values: Float64Array, extent: Extent, width: number, height: number): RowWriter {
  const { out: source, width: stride } = bordered(grid, values);
  const place = placement(grid, extent, width, height);
  const across = taps(grid.columns, place.fromX, place.stepX, width);
  const { first, weights } = taps(grid.rows, place.fromY, place.stepY, height);
  const wide = horizontal(source, stride, grid.rows + 2 * REACH, across, width);
  return (j, out) => {
    out.fill(0);
    for (let n = 0; n < 6; n++) addRow(out, wide, (first[j] + n) * width, weights[j * 6 + n]);
  };
}

function horizontal(
  source: Float64Array,
  stride: number,
  rows: number,
  { first, weights }: { first: Int32Array; weights: Float64Array },
  width: number,
) {
  const out = new Float64Array(rows * width);
  for (let j = 0; j < rows; j++) {
    for (let i = 0; i < width; i++) {
      const at = j * stride + first[i];
      const w = i * 6;
      out[j * width + i] =
        source[at] * weights[w] +
        source[at + 1] * weights[w + 1] +
        source[at + 2] * weights[w + 2] +
        source[at + 3] * weights[w + 3] +
        source[at + 4] * weights[w + 4] +
        source[at + 5] * weights[w + 5];
    }
  }
  return out;
}

function addRow(out: Float64Array, from: Float64Array, at: number, weight: number) {
  if (weight === 0) return;
  for (let i = 0; i < out.length; i++) out[i] += weight * from[at + i];
}

/** @returns whether a place is outside of the samples; null: none is */
function outsideOf(
  grid: Grid,
  extent: Extent,
  width: number,
  height: number,
): ((i: number, j: number) => boolean) | null {
  const { fromX, stepX, fromY, stepY } = placement(grid, extent, width, height);
  const beyond = (at: number, count: number) => at < -0.5 || at > count - 0.5;
  const corner = (i: number, j: number) =>
    beyond(fromX + i * stepX, grid.columns) || beyond(fromY + j * stepY, grid.rows);
  return corner(0, 0) || corner(width - 1, height - 1) ? corner : null;
}
