/** Rectangles on the screen and in charts, in CSS pixels; left and top are from the corner of what they lie in. */

export type Size = { width: number; height: number };
export type Box = Size & { left: number; top: number };
