/**
 * The look of the map: its colours, sizes and type, computed once for each drawing. Words have a halo and lines a
 * casing, so that they are legible on any tint.
 */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import { type Look, SIZE, widthOf } from "../../marks/look.ts";
import {
  group,
  type Ink,
  type LineMark,
  type Mark,
  type Outline,
  type Place,
  runInk,
  type ShapeMark,
  segment,
  shape,
  type Type,
  type WordsMark,
  words,
} from "../../marks/mark.ts";
import type { Line, Spot } from "../../marks/occupancy.ts";
import { spotsBeside } from "../../marks/spots.ts";
import { type WantedWords, wantedWords } from "../../marks/wanted.ts";
import { type Box, boxWithin, isInside, movedInto, type Size } from "../../math/box.ts";
import { markerPath } from "../../math/markers.ts";
import { COLOURS, type ThemeName } from "../../math/palette.ts";
import type { SceneLook } from "../../state/types.ts";
import type { VisibleArea } from "./visibleArea.ts";

/** scale: 1, more on a wall */
export interface MapLook extends Look {
  theme: ThemeName;
  /** whether numbers stand on the ground, as on a phone, a wall or in a narrow place, which have no margin for them */
  compact: boolean;
  /** the box within the frame */
  box: Box;
  /** the width of the whole map */
  width: number;
  height: number;
  /** device pixels in a CSS pixel */
  ratio: number;
}

const COMPACT_BELOW = 520;
/** At most so many device pixels in a CSS pixel: more are hardly visible, and costly. */
const FINEST = 2;

/** Nominal pixels around the ground, for numbers, names of axes and names of runs that leave. */
const MARGIN = { left: 48, right: 10, top: 24, bottom: 28 };
const even = (margin: number) => ({ left: margin, right: margin, top: margin, bottom: margin });
/** Where numbers stand inside, space for the frame only, and none where the map is as wide as the window. */
const [FRAME, BARE] = [even(table.frame.ladder + 1), even(0)];
/** The least size of the ground, in pixels. */
const LEAST = 40;

/** Nominal pixels at the left and the lower edge in which the numbers of a compact map stand. */
const NUMBERS = { left: 30, lower: 22 };

/** @returns the ground without its edges where numbers stand */
export const withoutNumbers = ({ box, compact, scale }: MapLook): Box =>
  compact
    ? {
        ...box,
        left: box.left + NUMBERS.left * scale,
        width: box.width - NUMBERS.left * scale,
        height: box.height - NUMBERS.lower * scale,
      }
    : box;

/**
 * @param family  of its type
 * @param fills  whether the map is as wide as the window
 */
export function lookOf(
  { theme, projector, scale, width, height }: SceneLook & Size,
  family: string,
  ratio: number,
  fills: boolean,
): MapLook {
  const compact = projector || width < COMPACT_BELOW;
  const box = boxWithin({ width, height }, !compact ? MARGIN : fills && !projector ? BARE : FRAME, scale);
  return {
    theme,
    colours: COLOURS[theme],
    scale,
    compact,
    width,
    height,
    box: { ...box, width: Math.max(LEAST, box.width), height: Math.max(LEAST, box.height) },
    family,
    ratio: Math.min(FINEST, ratio),
  };
}

const MAP_HALO = { stroke: "halo", width: 3.5 } as const;

export const label = (at: Place, text: string, style: Partial<WordsMark> = {}): WordsMark =>
  words(at, text, { fill: "ink", halo: MAP_HALO, ...style });

/** The type of the most important words. */
export const LABEL_TYPE = { size: 13.5, weight: 600 };

/** A line from a mark to its words. */
export const leaderMark = ([x0, y0, x1, y1]: Line): LineMark =>
  segment([x0, y0], [x1, y1], { stroke: "ink", width: 1, casing: MAP_HALO });

/** Words at a spot, kept within a frame. */
export function labelAt(
  { box, leader }: Pick<Spot, "box" | "leader">,
  frame: Box,
  text: string,
  style: Partial<WordsMark>,
): Mark[] {
  const { left, top, height } = movedInto(box, frame);
  return [...(leader ? [leaderMark(leader)] : []), label([left, top + height / 2], text, style)];
}

/** The size of words in a picture, in pixels. */
export const sizeOfWords = (look: Look, text: string, type: Type): [number, number] => [
  widthOf(look, text, type),
  ((type.size ?? SIZE) + 3) * look.scale,
];

/** gap: nominal pixels from the middle of a mark; close: they have no leader */
type LabelWords = [gap: number, text: string, type: Type, close?: boolean];

/** Words wanted beside a mark. */
export function labelBeside(
  look: Look & { box: Box },
  at: Place,
  ...[gap, text, type, close = false]: LabelWords
): WantedWords {
  const spots = spotsBeside({ at, size: sizeOfWords(look, text, type), gap, scale: look.scale, close });
  return wantedWords(spots, (spot) => [group(labelAt(spot, look.box, text, type), { beside: at })]);
}

/** The same, if the mark is in sight. */
export const labelInSight = ({ area, look }: { area: VisibleArea; look: MapLook }, at: Place, ...words: LabelWords) =>
  isInside(area.box, ...at) ? [labelBeside(look, at, ...words)] : [];

/** The outline of marks that belong to no run. */
export const haloOutline = (width: number): Outline => ({
  stroke: "ink",
  width,
  casing: { stroke: "halo", width: width + 3 },
});

const { head, head_selected } = table.route;

/** A run's marker at its head: full while it runs, hollow once it has ended. */
export function headMark(
  at: Place,
  slot: number,
  { stopped, selected, radius }: { stopped: boolean; selected: boolean; radius?: number },
): ShapeMark {
  const style: Outline = stopped
    ? { stroke: runInk(slot), width: 2.2, fill: "casing", casing: { stroke: "casing", width: 6 } }
    : { fill: runInk(slot), casing: { stroke: "casing", width: 4 } };
  return shape(at, markerPath(slot, radius ?? (selected ? head_selected : head)), style);
}

/** The quantities of the arrows: the step and the gradient. */
export const SHOWN = ["w", "g"] as const;

/** The outline of a hollow shape. */
export const hollowOutline = (stroke: Ink): Outline => ({
  stroke,
  width: 1.5,
  fill: "casing",
  casing: { stroke: "casing", width: 4 },
});
