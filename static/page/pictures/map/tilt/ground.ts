/**
 * The ground seen aslant. All places behind one another lie in one column of the picture: each column is drawn from its
 * nearest place to the farthest, and a place is visible where it rises above all before it.
 */
import type { Box, Size } from "../../../math/box.ts";
import { heightOf, type Levels } from "../../../math/levels.ts";
import { type Grid, resample } from "../../../service/painting/grid.ts";
import { type VisibleArea, windowOf } from "../visibleArea.ts";
import { behind, type Projection } from "./projection.ts";

/**
 * Heights over the flat map, at equal distances from edge to edge and from top to bottom; NaN where the loss is not
 * finite.
 */
export interface Heights {
  box: Box;
  columns: number;
  rows: number;
  /** 0 at the lowest loss in sight to 1 at the highest */
  values: Float64Array;
}

/** Places along each side with a known height; between them it is interpolated. */
const PLACES = 129;

/** Heights on the scale of the levels: logarithmic where the loss spans decades, else linear. */
export function heightsOf(grid: Grid, levels: Levels, area: VisibleArea): Heights {
  const [[x0, x1], [y0, y1]] = windowOf(area);
  const values = resample(grid, { x0, x1, y0, y1 }, PLACES, PLACES).map(heightOf(levels));
  const finite = values.filter(Number.isFinite).sort();
  const [low, high] = [finite[0] ?? 0, finite[finite.length - 1] ?? 1];
  return {
    box: area.box,
    columns: PLACES,
    rows: PLACES,
    values: values.map((value) => (Number.isFinite(value) ? (value - low) / (high - low || 1) : Number.NaN)),
  };
}

/** @returns NaN off the map, and where there is no height */
export function groundHeight({ box, columns, rows, values }: Heights, x: number, y: number): number {
  const u = ((x - box.left) / box.width) * (columns - 1);
  const v = ((y - box.top) / box.height) * (rows - 1);
  if (!(u >= 0 && v >= 0 && u <= columns - 1 && v <= rows - 1)) return Number.NaN;
  const i = Math.min(columns - 2, Math.floor(u));
  const j = Math.min(rows - 2, Math.floor(v));
  const k = j * columns + i;
  const s = u - i;
  const t = v - j;
  const above = values[k] + (values[k + 1] - values[k]) * s;
  const below = values[k + columns] + (values[k + columns + 1] - values[k + columns]) * s;
  return above + (below - above) * t;
}

/** The shaded map seen from above: the colour of each pixel of its box, in the format of canvases. */
export interface Texture extends Size {
  colours: Uint32Array;
  /** the colour of the walls at the edges of the ground */
  wall: number;
}

/** The ground on the screen. */
export interface SeenGround extends Size {
  /** its pixels in a pixel of the screen */
  fineness: number;
  colours: Uint32Array;
  /** the distance of the visible place towards the eye, in pixels of the flat map; -Infinity: there is no ground */
  near: Float32Array;
}

/** @returns the part of a line from a place in a direction that lies between two bounds along one axis */
function cutAlong(place: number, towards: number, low: number, high: number): [number, number] {
  if (Math.abs(towards) < 1e-9) return place >= low && place <= high ? [-Infinity, Infinity] : [1, 0];
  const ends = [(low - place) / towards, (high - place) / towards];
  return [Math.min(...ends), Math.max(...ends)];
}

export function seenGround(
  heights: Heights,
  texture: Texture,
  projection: Projection,
  screen: Size,
  fineness: number,
): SeenGround {
  const [width, height] = [Math.round(screen.width * fineness), Math.round(screen.height * fineness)];
  const [colours, near] = [new Uint32Array(width * height), new Float32Array(width * height).fill(-Infinity)];
  const { box } = heights;
  const { to, scale, down, up } = projection;
  const [acrossTexture, downTexture] = [texture.width / box.width, texture.height / box.height];
  const step = 1 / (fineness * scale);
  const rowOf = (at: number, h: number) => Math.max(0, Math.round((to[1] + scale * at * down - up * h) * fineness));

  /** The highest row of the column drawn so far. */
  let top = height;
  const fillPixels = (column: number, until: number, colour: number, at: number) => {
    while (top > until) {
      top--;
      colours[top * width + column] = colour;
      near[top * width + column] = at;
    }
  };

  for (let column = 0; column < width; column++) {
    const line = behind(projection, (column + 0.5) / fineness);
    const [farX, nearX] = cutAlong(line.x, line.towardsX, box.left, box.left + box.width);
    const [farY, nearY] = cutAlong(line.y, line.towardsY, box.top, box.top + box.height);
    const far = Math.max(farX, farY);
    top = height;
    let wall = true;
    for (let at = Math.min(nearX, nearY) - 1e-6; at > far; at -= step) {
      const x = line.x + at * line.towardsX;
      const y = line.y + at * line.towardsY;
      const h = groundHeight(heights, x, y);
      if (Number.isNaN(h)) {
        wall = true;
        continue;
      }
      const i = ((x - box.left) * acrossTexture) | 0;
      const j = ((y - box.top) * downTexture) | 0;
      const colour = texture.colours[j * texture.width + i];
      const ground = rowOf(at, h);
      if (wall) {
        // The edge of the ground: a wall down to the plain.
        top = Math.min(top, rowOf(at, 0));
        fillPixels(column, ground, texture.wall, at);
      }
      wall = false;
      fillPixels(column, ground, colour, at);
    }
  }
  return { width, height, fineness, colours, near };
}

/** Pixels of the flat map by which ground may be nearer than a place in the same pixel without hiding it. */
const SLACK = 6;

/** Whether ground hides a place. @param near  distance of the place towards the eye */
export function isHidden({ width, height, fineness, near: depths }: SeenGround, x: number, y: number, near: number) {
  // One row higher, as the pixel of a place on a crest shows the ground before it.
  const [column, row] = [Math.floor(x * fineness), Math.floor(y * fineness) - 1];
  if (column < 0 || row < 0 || column >= width || row >= height) return false;
  return depths[row * width + column] > near + SLACK;
}
