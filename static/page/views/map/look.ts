/** The look of one drawing: colours, sizes and type, worked out once and handed to every part of the map. */
import { COLOURS } from "../../math/palette.ts";
import type { ThemeName } from "../../math/palette.ts";
import type { Look } from "../chart/svg.ts";
import type { Box } from "../../math/box.ts";

/** scale: 1, more on a projector */
export interface MapLook extends Look {
  theme: ThemeName;
  /** a phone: no margin, the numbers on the ground */
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
const WIDE_FROM = 1000;
/** Beyond two device pixels a CSS pixel the eye gains little and every canvas costs more than twice. */
const FINEST = 2;

/** Room around the frame for numbers, names of axes and of runs that leave. */
export const MARGIN: Record<"left" | "right" | "top" | "bottom", number> = { left: 48, right: 10, top: 24, bottom: 28 };

function scaleOf(projector: boolean, width: number): number {
  if (!projector) return 1;
  return width < WIDE_FROM ? 1.2 : 1.5;
}

export function lookOf(root: HTMLElement, { theme, projector }: { theme: ThemeName; projector: boolean }): MapLook {
  const [width, height] = [root.clientWidth, root.clientHeight];
  const scale = scaleOf(projector, width);
  const compact = width < COMPACT_BELOW;
  return {
    theme, colours: COLOURS[theme], scale, compact, width, height, box: boxOf(width, height, scale, compact),
    family: getComputedStyle(root).fontFamily, ratio: Math.min(FINEST, window.devicePixelRatio || 1),
  };
}

function boxOf(width: number, height: number, scale: number, compact: boolean): Box {
  if (compact) return { left: 0, top: 0, width, height };
  const { left, right, top, bottom } = MARGIN;
  return {
    left: left * scale, top: top * scale,
    width: Math.max(40, width - (left + right) * scale), height: Math.max(40, height - (top + bottom) * scale),
  };
}

/** @returns for a canvas */
export const font = (look: MapLook, size: number, style: string = "400"): string => `${style} ${size * look.scale}px ${look.family}`;

/** Text with a halo, so that it reads on any ground. */
export function haloText(context: CanvasRenderingContext2D, look: MapLook, text: string, x: number, y: number, colour: string) {
  context.lineJoin = "round";
  context.lineWidth = 3.5 * look.scale;
  context.strokeStyle = look.colours.halo;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
