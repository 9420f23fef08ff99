/** The look of one drawing: colours, sizes and type, worked out once and handed to every part of the map. */
import table from "../../../../fallline/drawing/drawing.json" with { type: "json" };
import type { Look } from "../../marks/look.ts";
import type { Box, Size } from "../../math/box.ts";
import { COLOURS, type ThemeName } from "../../math/palette.ts";
import type { Scene } from "../../state/types.ts";

/** scale: 1, more on a projector */
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

/** Nominal pixels around the ground. */
type Margin = Record<"left" | "right" | "top" | "bottom", number>;

/** For numbers, names of axes and of runs that leave. */
const MARGIN: Margin = { left: 48, right: 10, top: 24, bottom: 28 };
const even = (room: number): Margin => ({ left: room, right: room, top: room, bottom: room });
/** On a wall for the frame alone, on a phone for nothing. */
const [FRAME, BARE] = [even(table.frame.ladder + 1), even(0)];

export function lookOf(
  root: HTMLElement,
  { theme, projector, scale, width, height }: Pick<Scene, "theme" | "projector" | "scale"> & Size,
): MapLook {
  const compact = projector || width < COMPACT_BELOW;
  return {
    theme,
    colours: COLOURS[theme],
    scale,
    compact,
    width,
    height,
    box: boxOf(width, height, scale, projector ? FRAME : compact ? BARE : MARGIN),
    family: getComputedStyle(root).fontFamily,
    ratio: Math.min(FINEST, window.devicePixelRatio || 1),
  };
}

function boxOf(width: number, height: number, scale: number, { left, right, top, bottom }: Margin): Box {
  return {
    left: left * scale,
    top: top * scale,
    width: Math.max(40, width - (left + right) * scale),
    height: Math.max(40, height - (top + bottom) * scale),
  };
}
