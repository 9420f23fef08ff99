/** How the places in which runs end are told apart: by a letter each, and the first eight by a tint and a pattern. */

import table from "../../../fallline/drawing/basins.json" with { type: "json" };
import { fromOklab, mix, oklabOfOklch, type Triple } from "./colour.ts";
import { COLOURS, type ThemeName } from "./palette.ts";
import { fromHex } from "./readColour.ts";

/** In the place of the index of a minimum: the run ends next to none, or diverges. */
export const [ELSEWHERE, DIVERGED] = [-1, -2];
/** Ends that look different: four tints, each with two patterns. */
export const DIFFERENT = table.patterns.length;

/** @returns A to Z, then numbers */
export const endLetter = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1));

/** What an end is painted with: colours as sRGB, each 0 to 1. */
interface Covering {
  plain: Triple;
  /** of its pattern */
  drawn: Triple;
  /** @returns whether a place is part of the pattern, in nominal pixels */
  isDrawn: (x: number, y: number) => boolean;
}

const within = (at: number, period: number, wide: number) => at - period * Math.floor(at / period) < wide;

const PATTERNS: Record<string, Covering["isDrawn"]> = {
  plain: () => false,
  lines: (_, y) => within(y, 8, 1),
  dots: (x, y) => within(x, 6, 1.6) && within(y + (within(x, 12, 6) ? 0 : 3), 6, 1.6),
  diagonals: (x, y) => within(x + y, 9, 1.3),
  uprights: (x) => within(x, 8, 1),
  grid: (x, y) => within(x, 10, 1) || within(y, 10, 1),
  dashes: (x, y) => within(y, 6, 1.2) && within(x + (within(y, 12, 6) ? 0 : 6), 12, 6),
  lattice: (x, y) => within(x + y, 12, 1.3) || within(x - y, 12, 1.3),
};
/** The other way than diagonals. */
const hatched: Covering["isDrawn"] = (x, y) => within(x - y, 6, 1.3);

/** @param end  the index of a minimum, ELSEWHERE or DIVERGED */
export function coveringOf(end: number, theme: ThemeName): Covering {
  if (end < 0) {
    const paper = fromHex(COLOURS[theme].paper);
    const drawn = mix(paper, fromHex(COLOURS[theme].ink), table.hatch);
    return { plain: paper, drawn, isDrawn: end === DIVERGED ? hatched : PATTERNS.plain };
  }
  const { tints, pattern } = table[theme];
  // Minima in rows have numbers in rows: in each turn another one is the first, so that few are alike side by side.
  const look = (end + Math.floor(end / DIFFERENT)) % DIFFERENT;
  const [L, a, b] = oklabOfOklch(tints[look % tints.length] as Triple);
  const isDrawn = PATTERNS[table.patterns[look]];
  return { plain: fromOklab([L, a, b]), drawn: fromOklab([L + pattern, a, b]), isDrawn };
}

/** So near a minimum, as a share of the map, a run has ended in it: as the server has it. */
const NEAR = 0.002;

/** @param axes  of the starts @returns the index of the minimum that a place is next to; -1: of none */
export function minimumNear(minima: number[][], axes: number[][], place: number[]): number {
  const near = axes.map((at) => NEAR * (at[at.length - 1] - at[0]));
  return minima.findIndex((minimum) => near.every((far, k) => Math.abs(place[k] - minimum[k]) <= far));
}
