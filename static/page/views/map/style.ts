/**
 * How the map is drawn: its colours, sizes and type, worked out once for each drawing. Words stand in a halo and lines
 * in a casing, so that they read on any tint.
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
import { type WantedWords, wanted } from "../../marks/wanted.ts";
import { type Box, boxWithin, inside, movedInto, type Size } from "../../math/box.ts";
import { markerPath } from "../../math/markers.ts";
import { COLOURS, type ThemeName } from "../../math/palette.ts";
import type { Scene } from "../../state/types.ts";
import type { MapDrawing } from "./moment.ts";

/** scale: 1, more on a wall */
export interface MapLook extends Look {
  theme: ThemeName;
  /** a phone or a wall: no margin, the numbers on the ground */
  compact: boolean;
  /** what the frame surrounds */
  box: Box;
  /** of the whole map */
  width: number;
  height: number;
  /** device pixels a CSS pixel */
  ratio: number;
}

const COMPACT_BELOW = 520;
/** Beyond two device pixels a CSS pixel the eye gains little and every canvas costs more than twice. */
const FINEST = 2;

/** Nominal pixels around the ground for numbers, names of axes and of runs that leave. */
const MARGIN = { left: 48, right: 10, top: 24, bottom: 28 };
const even = (room: number) => ({ left: room, right: room, top: room, bottom: room });
/** On a wall for the frame alone, on a phone for nothing. */
const [FRAME, BARE] = [even(table.frame.ladder + 1), even(0)];
/** Pixels: the ground is never smaller. */
const LEAST = 40;

/** @param family  of its type */
export function lookOf(
  { theme, projector, scale, width, height }: Pick<Scene, "theme" | "projector" | "scale"> & Size,
  family: string,
  ratio: number,
): MapLook {
  const compact = projector || width < COMPACT_BELOW;
  const box = boxWithin({ width, height }, projector ? FRAME : compact ? BARE : MARGIN, scale);
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

/** Of words that are to be read first. */
export const LABEL_TYPE = { size: 13.5, weight: 600 };

/** A line from a mark to its words. */
export const leaderMark = ([x0, y0, x1, y1]: Line): LineMark =>
  segment([x0, y0], [x1, y1], { stroke: "ink", width: 1, casing: MAP_HALO });

/** Words at the spot found for them, whole within a frame. */
export function labelAt(
  { box, leader }: Pick<Spot, "box" | "leader">,
  frame: Box,
  text: string,
  style: Partial<WordsMark>,
): Mark[] {
  const { left, top, height } = movedInto(box, frame);
  return [...(leader ? [leaderMark(leader)] : []), label([left, top + height / 2], text, style)];
}

/** Pixels that words take in a picture. */
export const sizeOfWords = (look: Look, text: string, type: Type): [number, number] => [
  widthOf(look, text, type),
  ((type.size ?? SIZE) + 3) * look.scale,
];

/** gap: nominal pixels from the middle of a mark; close: no line leads to them */
type LabelWords = [gap: number, text: string, type: Type, close?: boolean];

/** Words that are wanted beside a mark. */
export function labelBeside(
  look: Look & { box: Box },
  at: Place,
  ...[gap, text, type, close = false]: LabelWords
): WantedWords {
  const spots = spotsBeside({ at, size: sizeOfWords(look, text, type), gap, scale: look.scale, close });
  return wanted(spots, (spot) => [group(labelAt(spot, look.box, text, type), { beside: at })]);
}

/** The same, where the mark is in sight. */
export const labelInSight = ({ area, look }: Pick<MapDrawing, "area" | "look">, at: Place, ...words: LabelWords) =>
  inside(area.box, ...at) ? [labelBeside(look, at, ...words)] : [];

/** Of what is no run. */
export const haloed = (width: number): Outline => ({
  stroke: "ink",
  width,
  casing: { stroke: "halo", width: width + 3 },
});

const { head, head_selected } = table.route;

/** A run's marker at its head: full while it goes, hollow once it has stopped. */
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

/** What the arrows stand for in a rule: a step, and the gradient. */
export const SHOWN = ["w", "g"] as const;

/** A hollow shape. */
export const hollow = (stroke: Ink): Outline => ({
  stroke,
  width: 1.5,
  fill: "casing",
  casing: { stroke: "casing", width: 4 },
});
