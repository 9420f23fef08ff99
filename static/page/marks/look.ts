/** The look of one picture: its colours, the family and scale of its type, and how wide words are in it. */

import type { Colours } from "../math/palette.ts";
import type { Ink, Span, Type } from "./mark.ts";

export interface Look {
  colours: Colours;
  /** of its type */
  family: string;
  /** pixels a nominal pixel, of type and lines */
  scale: number;
}

export function colourOf({ colours }: Look, ink: Ink): string {
  if (ink.startsWith("run ")) return colours.runs[Number(ink.slice(4))];
  return ink in colours ? (colours[ink as keyof Colours] as string) : ink;
}

/** From the middle of letters down to their baseline, in type sizes: programs agree on no other baseline. */
export const DROP = 0.31;
/** The size of words whose size is not given. */
export const SIZE = 12;

let ruler: CanvasRenderingContext2D | null = null;
/** The width of a letter as a share of its size, where nothing can be measured, as in tests. */
const ABOUT = 0.5;

export const fontOf = ({ family, scale }: Look, { size = SIZE, weight = 400, italic = false }: Type = {}): string =>
  `${italic ? "italic " : ""}${weight} ${size * scale}px ${family}`;

/** @returns pixels */
export function widthOf(look: Look, text: string | Span[], type: Type = {}): number {
  const { size = SIZE } = type;
  if (typeof text !== "string")
    return text.reduce(
      (sum, span) =>
        sum +
        (span.gap ?? 0) * size * look.scale +
        widthOf(look, span.text, { ...type, ...span, size: size * (span.size ?? 1) }),
      0,
    );
  if (!globalThis.document) return ABOUT * size * look.scale * text.length;
  ruler ??= document.createElement("canvas").getContext("2d") as CanvasRenderingContext2D;
  ruler.font = fontOf(look, type);
  return ruler.measureText(text).width;
}
