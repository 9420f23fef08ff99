/** Guesses as dots, one a person, stacked where they would lie on each other; and the flag that one of them flies. */

import { dot, type Mark, type Outline, type Place, shape } from "../../marks/mark.ts";

/** Nominal pixels: of a dot, and from one to the next. */
const RADIUS = 2.7;
const PITCH = 6;

const NOW: Outline = { fill: "ink", casing: { stroke: "casing", width: 2 } };
/** Of the time before. */
const BEFORE: Outline = { stroke: "ink2", width: 1.2, fill: "paper", casing: { stroke: "casing", width: 2.6 } };

export const guessDots = (places: Place[], before = false): Mark[] =>
  places.map((at) => dot(at, before ? RADIUS - 0.5 : RADIUS, { ...(before ? BEFORE : NOW), of: "guess" }));

/** Where dots stand, in pixels: the first of a column on the foot. */
interface DotStack {
  places: Place[];
  /** of the last in the column of a place; the foot where there is none */
  topAt: (x: number) => Place;
}

/**
 * @param xs  pixels @param foot  pixels down
 * @param space  nominal pixels above it: higher columns are pressed together
 */
export function dotStack(xs: number[], foot: number, space: number, scale: number): DotStack {
  const heights: Map<number, number> = new Map();
  const columnOf = (x: number) => Math.round(x / (PITCH * scale));
  const levels = xs.map((x) => {
    const level = heights.get(columnOf(x)) ?? 0;
    heights.set(columnOf(x), level + 1);
    return level;
  });
  const highest = Math.max(0, ...levels);
  const rise = highest ? Math.min(PITCH, (space - 2 * RADIUS) / highest) * scale : 0;
  const placeAt = (x: number, level: number): Place => [
    columnOf(x) * PITCH * scale,
    foot - RADIUS * scale - level * rise,
  ];
  return {
    places: xs.map((x, k) => placeAt(x, levels[k])),
    topAt: (x) => placeAt(x, Math.max(0, (heights.get(columnOf(x)) ?? 0) - 1)),
  };
}

/** Nominal pixels: of its pole and its cloth. */
const POLE = 26;
const CLOTH = { width: 17, height: 11 };
/** Of many one is flown smaller, so that it hides less. */
export const AMONG = 0.8;

/** Where the middle of its cloth is, right and down of its foot; and beyond the cloth. */
export const clothOf = (size: number) => ({ right: CLOTH.width * size, down: (CLOTH.height / 2 - POLE) * size });

/** @param under  around its lines, as what is written there has it */
export function flagMarks(at: Place, size = 1, under: "halo" | "paper" = "halo"): Mark[] {
  const [pole, width, height] = [POLE, CLOTH.width, CLOTH.height].map((pixels) => pixels * size);
  const haloed = (wide: number): Outline => ({
    stroke: "ink",
    width: wide,
    casing: { stroke: under, width: wide + 3 },
  });
  return [
    shape(at, `M0 0L0 ${-pole}L${width} ${height / 2 - pole}L0 ${height - pole}`, { ...haloed(1.8), fill: "paper" }),
    dot(at, 3.4 * size, { ...haloed(1), fill: "ink" }),
  ];
}
