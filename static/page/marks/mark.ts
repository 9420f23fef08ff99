/**
 * A picture is a list of marks, the last on top. A mark says where it lies by values on the scales of its picture, and
 * how it looks by names of colours and by nominal pixels; what paints it (`svg.ts`, `canvas.ts`) knows the theme, the
 * scale of the screen, and where the values lie.
 */

import type { Box } from "../math/box.ts";
import { markerPath } from "../math/markers.ts";
import type { Look } from "./look.ts";
import type { Scales } from "./scales.ts";

/** Of the theme, of a run by its slot, or one of its own. */
export type Ink =
  | "ink"
  | "ink2"
  | "ink3"
  | "paper"
  | "casing"
  | "halo"
  | "warn"
  | "none"
  | `run ${number}`
  | `#${string}`;

export const runInk = (slot: number): Ink => `run ${slot}`;

/** Values on both scales; where one is not finite nothing is drawn. */
export type Place = readonly [x: number, y: number];

/** What every mark may have. */
interface Common {
  /** 0 to 1 */
  opacity?: number;
  /** what it shows, for tests and style sheets */
  of?: string;
  /** nominal pixels right and down of its place */
  shift?: Place;
}

/** How an outline is drawn; widths and dashes in nominal pixels. */
export interface Outline {
  stroke?: Ink;
  width?: number;
  strokeOpacity?: number;
  dash?: readonly number[];
  /** of the dashes, which have begun so far before the line */
  dashOffset?: number;
  /** round ends; else they are cut off */
  round?: boolean;
  fill?: Ink;
  fillOpacity?: number;
  /** a part within another is a hole */
  holes?: boolean;
  /** a line below it, so many nominal pixels wide, that keeps it off what lies there */
  casing?: { stroke: Ink; width: number };
}

/** A line through places, or what it surrounds. A place that is not finite breaks it. */
export interface LineMark extends Common, Outline {
  kind: "line";
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  closed?: boolean;
  /** to whole pixels, as rules are */
  crisp?: boolean;
}

/** A shape of its own size at a place. */
export interface ShapeMark extends Common, Outline {
  kind: "shape";
  at: Place;
  /** around (0, 0), in nominal pixels, as SVG path data */
  path: string;
  /** radians, clockwise */
  turn?: number;
  crisp?: boolean;
}

/** A part of words that is set otherwise. */
export interface Span {
  text: string;
  /** as part of the size of the words */
  size?: number;
  italic?: boolean;
  weight?: number;
  /** as parts of the size, before it and down */
  gap?: number;
  drop?: number;
}

export interface Type {
  /** nominal pixels */
  size?: number;
  weight?: number;
  italic?: boolean;
}

/** Around words of a chart, so that they read on its lines. */
export const HALO = { stroke: "paper", width: 3 } as const;

/** Words, with the middle of their letters at the height of their place. */
export interface WordsMark extends Common, Type {
  kind: "words";
  at: Place;
  text: string | Span[];
  anchor?: "start" | "middle" | "end";
  fill?: Ink;
  /** around them, so many nominal pixels wide */
  halo?: { stroke: Ink; width: number };
  /** radians, clockwise */
  turn?: number;
}

/** Marks with something in common. */
export interface GroupMark extends Common {
  kind: "group";
  marks: Mark[];
  /** they are cut off at it, or at what a line surrounds; in pixels */
  clip?: Box | LineMark;
  /** on scales of their own, and with a look of their own */
  scales?: Scales;
  look?: Look;
  /** what they stand beside: they move as one with it */
  beside?: Place;
}

/** What is kept as pixels and drawn by itself, on a canvas only. */
export interface RasterMark extends Common {
  kind: "raster";
  draw: (context: CanvasRenderingContext2D) => void;
  /** where it is other than it was drawn last, in pixels; null: all of it */
  changed: Box[] | null;
}

export type Mark = RasterMark | LineMark | ShapeMark | WordsMark | GroupMark;

type LineStyle = Omit<LineMark, "kind" | "x" | "y">;

/** @param x  of each place */
export const line = (x: ArrayLike<number>, y: ArrayLike<number>, style: LineStyle = {}): LineMark => ({
  kind: "line",
  x,
  y,
  ...style,
});

export const path = (places: readonly Place[], style: LineStyle = {}): LineMark =>
  line(
    places.map(([x]) => x),
    places.map(([, y]) => y),
    style,
  );

export const segment = (from: Place, to: Place, style: LineStyle = {}): LineMark => path([from, to], style);

/** Lines apart from each other, drawn as one. */
export const segments = (all: readonly (readonly [from: Place, to: Place])[], style: LineStyle = {}): LineMark =>
  path(
    all.flatMap(([from, to]) => [from, to, [Number.NaN, Number.NaN] as const]),
    style,
  );

/** Upright lines, each at a place from one height to another. */
export const uprights = (
  all: readonly (readonly [x: number, from: number, to: number])[],
  style: LineStyle,
): LineMark =>
  path(
    all.flatMap(([x, from, to]): Place[] => [
      [x, from],
      [x, to],
      [Number.NaN, Number.NaN],
    ]),
    style,
  );

/** From left to right and from bottom to top, in values. */
export const bars = (
  all: readonly (readonly [left: number, right: number, bottom: number, top: number])[],
  style: LineStyle,
): LineMark =>
  path(
    all.flatMap(([left, right, bottom, top]): Place[] => [
      [left, bottom],
      [left, top],
      [right, top],
      [right, bottom],
      [Number.NaN, Number.NaN],
    ]),
    { ...style, closed: true },
  );

export const rectangle = ({ left, top, width, height }: Box, style: LineStyle): LineMark =>
  bars([[left, left + width, top + height, top]], style);

export const shape = (at: Place, path: string, style: Omit<ShapeMark, "kind" | "at" | "path"> = {}): ShapeMark => ({
  kind: "shape",
  at,
  path,
  ...style,
});

/** @param radius  nominal pixels */
export const dot = (at: Place, radius: number, style: Omit<ShapeMark, "kind" | "at" | "path"> = {}): ShapeMark =>
  shape(at, markerPath(0, radius), style);

export const words = (
  at: Place,
  text: string | Span[],
  style: Omit<WordsMark, "kind" | "at" | "text"> = {},
): WordsMark => ({ kind: "words", at, text, ...style });

export const group = (marks: Mark[], style: Omit<GroupMark, "kind" | "marks"> = {}): GroupMark => ({
  kind: "group",
  marks,
  ...style,
});

/** The marker of a run: full while it goes, hollow once it has ended. @param ink  where it is not that of its slot */
export function runMarker(at: Place, slot: number, radius: number, hollow = false, ink: Ink = runInk(slot)): ShapeMark {
  const look: Outline = hollow ? { stroke: ink, width: 1.4, fill: "casing" } : { fill: ink };
  return shape(at, markerPath(slot, radius), { ...look, casing: { stroke: "casing", width: 2.4 } });
}
