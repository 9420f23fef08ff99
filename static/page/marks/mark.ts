/**
 * A picture is a list of marks, the last on top. A mark says where it lies by values on the scales of its picture, and
 * how it looks by names of colours and by nominal pixels; what paints it (`svg.ts`, `canvas.ts`) knows the theme, the
 * scale of the screen, and where the values lie.
 */

import type { Box, Size } from "../math/box.ts";
import { markerPath } from "../math/markers.ts";
import type { Look } from "./look.ts";
import { evenScale, PIXELS, type Scale, type Scales } from "./scales.ts";

/** Of the theme, of a run by its slot, of the page's style sheets, or one of its own. */
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
  | `var(--${string})`
  | `#${string}`;

export const runInk = (slot: number): Ink => `run ${slot}`;

/** Values on both scales; where one is not finite nothing is drawn. */
export type Place = readonly [x: number, y: number];

export const NOWHERE: Place = [Number.NaN, Number.NaN];

/** @returns one line of several, broken off after each */
export const joinedLines = (lines: readonly (readonly Place[])[]): Place[] =>
  lines.flatMap((line) => [...line, NOWHERE]);

/** @returns from the one at the left and top on, clockwise */
export const cornersOf = ({ left, top, width, height }: Box): Place[] => [
  [left, top],
  [left + width, top],
  [left + width, top + height],
  [left, top + height],
];

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
/** Words of a chart that are to be read first; and as large as names are. */
export const BOLD = { weight: 600, fill: "ink", halo: HALO } as const;
export const STRONG = { ...BOLD, size: 13 } as const;

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
  /** shown where a pointer rests on them, on the page */
  title?: string;
  /** they are cut off at it, or at what a line surrounds; in pixels */
  clip?: Box | LineMark;
  /** on scales of their own, and with a look of their own */
  scales?: Scales;
  look?: Look;
  /** what they stand beside: they move as one with it */
  beside?: Place;
}

/** What is kept as pixels and drawn by itself; SVG has only an image. */
export interface RasterMark extends Common {
  kind: "raster";
  /** stretched over a box, in pixels */
  image?: { box: Box; canvas: HTMLCanvasElement };
  draw: (context: CanvasRenderingContext2D) => void;
  /** where it is other than it was drawn last, in pixels; null: all of it */
  changed: Box[] | null;
}

export type Mark = RasterMark | LineMark | ShapeMark | WordsMark | GroupMark;

type Maybe<T> = T | null | false | undefined;

type LineStyle = Omit<LineMark, "kind" | "x" | "y">;
export type WordsStyle = Omit<WordsMark, "kind" | "at" | "text">;
type ShapeStyle = Omit<ShapeMark, "kind" | "at" | "path">;
type GroupStyle = Omit<GroupMark, "kind" | "marks">;

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
  path(joinedLines(all), style);

/** Upright lines, each at a place from one height to another. */
export const verticals = (all: readonly (readonly [x: number, from: number, to: number])[], style: LineStyle) =>
  segments(
    all.map(([x, from, to]) => [
      [x, from],
      [x, to],
    ]),
    style,
  );

/** From left to right and from bottom to top, in values. */
export const bars = (
  all: readonly (readonly [left: number, right: number, bottom: number, top: number])[],
  style: LineStyle,
): LineMark => {
  const corners = all.map(([left, right, bottom, top]): Place[] => [
    [left, bottom],
    [left, top],
    [right, top],
    [right, bottom],
  ]);
  return path(joinedLines(corners), { ...style, closed: true });
};

export const rectangle = ({ left, top, width, height }: Box, style: LineStyle): LineMark =>
  bars([[left, left + width, top + height, top]], style);

/** Pixels from one stroke of a hatching to the next. */
const HATCH = 5;

/** Slanted strokes: what is not there, or holds no longer. @param clip  in pixels; by default the whole box */
export function hatching(
  box: Box,
  { spacing = HATCH, clip = box, ...style }: LineStyle & { spacing?: number; clip?: Box | LineMark } = {},
): GroupMark {
  const { left, top, width, height } = box;
  const count = width > 0 ? Math.ceil((width + height) / spacing) : 0;
  const strokes = Array.from({ length: count }, (_, k) => left - height + spacing * k).map((foot): [Place, Place] => [
    [foot, top + height],
    [foot + height, top],
  ]);
  return group([segments(strokes, { stroke: "ink3", ...style })], { clip });
}

export const shape = (at: Place, path: string, style: ShapeStyle = {}): ShapeMark => ({
  kind: "shape",
  at,
  path,
  ...style,
});

/** @param radius  nominal pixels */
export const dot = (at: Place, radius: number, style: ShapeStyle = {}): ShapeMark =>
  shape(at, markerPath(0, radius), style);

export const words = (at: Place, text: string | Span[], style: WordsStyle = {}): WordsMark => ({
  kind: "words",
  at,
  text,
  ...style,
});

/** @param marks  those that are none are left out */
export const group = (marks: readonly Maybe<Mark>[], style: GroupStyle = {}): GroupMark => ({
  kind: "group",
  marks: marks.filter((mark) => !!mark),
  ...style,
});

export const imageMark = (box: Box, canvas: HTMLCanvasElement): RasterMark => ({
  kind: "raster",
  image: { box, canvas },
  changed: null,
  draw(context) {
    context.imageSmoothingQuality = "high";
    context.drawImage(canvas, box.left, box.top, box.width, box.height);
  },
});

/** Of a picture whose values are on other scales. */
export const inPixels = (marks: readonly Maybe<Mark>[], style: GroupStyle = {}): GroupMark =>
  group(marks, { ...style, scales: PIXELS });

/** The marker of a run: full while it goes, hollow once it has ended. @param ink  where it is not that of its slot */
export function runMarker(at: Place, slot: number, radius: number, hollow = false, ink: Ink = runInk(slot)): ShapeMark {
  const look: Outline = hollow ? { stroke: ink, width: 1.4, fill: "casing" } : { fill: ink };
  return shape(at, markerPath(slot, radius), { ...look, casing: { stroke: "casing", width: 2.4 } });
}

/** Of what is drawn as a circle. */
const CORNERS = 72;

/** @returns places around a middle, from its right on */
export const circle = (radius: number, [x, y]: Place = [0, 0]): Place[] =>
  Array.from({ length: CORNERS }, (_, k) => {
    const angle = (2 * Math.PI * k) / CORNERS;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  });

/** Values on both sides of 0, as far as they reach, on a square in the middle of a picture. @param margin  pixels */
export function squareScales({ width, height }: Size, margin: number, reach: number): Scales {
  const side = Math.min(width, height) - 2 * margin;
  const scale = evenScale(-reach, reach);
  return { box: { left: (width - side) / 2, top: (height - side) / 2, width: side, height: side }, x: scale, y: scale };
}

/** Of values from 0 on by their roots, which tells small ones apart. */
export const rootScale = (high: number): Scale => ({
  place: (value) => (value < 0 ? Number.NaN : Math.sqrt(value / high)),
  valueAt: (share) => high * share * share,
});
