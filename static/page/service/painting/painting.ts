/**
 * Turns samples of the loss into a shaded picture and contours. It is pure, so that it runs in a worker, in the page
 * where there are no workers, and in tests.
 */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { contoursBetween, type Levels } from "../../math/levels.ts";
import { COLOURS, type ThemeName } from "../../math/palette.ts";
import { type ContourLines, contours } from "./contours.ts";
import { type Extent, type Grid, resample, sampler } from "./grid.ts";
import { reliefOf, shadeGround, shadeTable } from "./shade.ts";

export interface Order {
  grid: Grid;
  levels: Levels;
  theme: ThemeName;
  /** from edge to edge of the picture */
  extent: Extent;
  /** pixels of the picture */
  width: number;
  height: number;
  /** pixels in a CSS pixel */
  ratio: number;
  /** how many times larger than on the map of the whole domain */
  nearness: number;
}

export interface ShadedImage {
  pixels: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
  extent: Extent;
}

/** The contours of all samples; points in samples of a finer grid, (0, 0) at its top left. */
export interface Relief {
  lines: { value: number; index: boolean; points: Float32Array; starts: Uint32Array }[];
  columns: number;
  rows: number;
  extent: Extent;
}

/** Contour vertices lie about this far apart, in CSS pixels. */
const VERTEX = 2.6;
const MOST_VERTICES = 700;
/**
 * With fewer samples in a region for each that its lines pass, it is thinner than their distance, and the lines break.
 * Such a level is drawn from so many times finer samples, and left out where these are too coarse for it, too.
 */
const [THIN, FINER] = [0.6, 3];
/** The lowest and highest thousandth of the losses get no contours of their own. */
const TAIL = table.levels.tail;
/** The spread is computed from about so many of the samples. */
const SPREAD_FROM = 8191;

/** Zoomed in, hills would become flatter in proportion; this exponent keeps them steeper. */
const STEEPENING = 0.6;
const STEEPEST = 6;

export function paintGround({ grid, levels, theme, extent, width, height, ratio, nearness }: Order): ShadedImage {
  const perX = (extent.x1 - extent.x0) / width;
  const perY = (extent.y1 - extent.y0) / height;
  const centres = {
    x0: extent.x0 - perX / 2,
    x1: extent.x1 + perX / 2,
    y0: extent.y0 - perY / 2,
    y1: extent.y1 + perY / 2,
  };
  const lossRow = sampler(grid, centres, width + 2, height + 2);
  const table = shadeTable(theme, levels.values.length + 1);
  const relief =
    reliefOf(width / ratio, height / ratio) * ratio * Math.min(STEEPEST, Math.max(1, nearness) ** STEEPENING);
  const pixels = shadeGround(lossRow, width, height, levels, table, relief, COLOURS[theme].ground.gain);
  return { pixels, width, height, extent };
}

/** Whether what lies below a level, or above it, is so thin between the samples that its lines break. */
function breaks(samples: Float64Array, value: number, { points }: ContourLines): boolean {
  const below = samples.reduce((count, loss) => count + Number(loss < value), 0);
  return 2 * Math.min(below, samples.length - below) < THIN * points.length;
}

/** @param unitsX  units of x in a CSS pixel */
export function drawContours(grid: Grid, levels: Levels, unitsX: number, unitsY: number): Relief {
  const columns = vertices((grid.x1 - grid.x0) / unitsX, grid.columns);
  const rows = vertices((grid.y1 - grid.y0) / unitsY, grid.rows);
  /** The levels whose lines are whole, from so many times finer samples. */
  const wholeFrom = <C extends { value: number }>(times: number, candidates: C[]) => {
    const [across, down] = [times * (columns - 1) + 1, times * (rows - 1) + 1];
    const samples = resample(grid, grid, across, down);
    const values = candidates.map(({ value }) => value);
    return contours(samples, across, down, values).flatMap((drawn, k) =>
      breaks(samples, values[k], drawn)
        ? []
        : [{ ...candidates[k], ...drawn, points: drawn.points.map((place) => place / times) }],
    );
  };
  const inRange = contoursBetween(levels, ...spread(grid.loss));
  const whole = wholeFrom(1, inRange);
  const thin = inRange.filter(({ value }) => whole.every((line) => line.value !== value));
  const lines = [...whole, ...(thin.length ? wholeFrom(FINER, thin) : [])].sort((a, b) => a.value - b.value);
  const { x0, x1, y0, y1 } = grid;
  return { lines, columns, rows, extent: { x0, x1, y0, y1 } };
}

function vertices(pixels: number, samples: number): number {
  return Math.round(Math.min(MOST_VERTICES, Math.max(samples, pixels / VERTEX)));
}

/** @returns the range of nearly all losses, from a part of the samples */
function spread(loss: Float64Array): [number, number] {
  const stride = Math.max(1, Math.floor(loss.length / SPREAD_FROM));
  const sorted = loss.filter((value, k) => k % stride === 0 && Number.isFinite(value)).sort();
  const last = sorted.length - 1;
  return last < 0 ? [0, 0] : [sorted[Math.floor(TAIL * last)], sorted[Math.ceil((1 - TAIL) * last)]];
}
