/** How minima in which runs end are told apart: each by a letter, the first eight also by a tint and a pattern. */

import table from "../../../fallline/drawing/basins.json" with { type: "json" };
import { fromHex, fromOklab, interpolated, oklabOfOklch, type Triple } from "./colour.ts";
import { COLOURS, type ThemeName } from "./palette.ts";

/** In place of the index of a minimum: the run ends near none of them, or diverges. */
export const [ELSEWHERE, DIVERGED] = [-1, -2];
/** How many ends look different: four tints, each with two patterns. */
export const DIFFERENT = table.patterns.length;

/** @returns A to Z, then numbers */
export const endLetter = (index: number): string => (index < 26 ? String.fromCharCode(65 + index) : String(index + 1));

/** The colours and the pattern of an end; colours are sRGB, each 0 to 1. */
interface Covering {
  plain: Triple;
  /** the colour of the pattern */
  drawn: Triple;
  /** whether a place, in nominal pixels, belongs to the pattern */
  isDrawn: (x: number, y: number) => boolean;
}

const isOnStripe = (at: number, period: number, wide: number) => at - period * Math.floor(at / period) < wide;

const PATTERNS: Record<string, Covering["isDrawn"]> = {
  plain: () => false,
  lines: (_, y) => isOnStripe(y, 8, 1),
  dots: (x, y) => isOnStripe(x, 6, 1.6) && isOnStripe(y + (isOnStripe(x, 12, 6) ? 0 : 3), 6, 1.6),
  diagonals: (x, y) => isOnStripe(x + y, 9, 1.3),
  uprights: (x) => isOnStripe(x, 8, 1),
  grid: (x, y) => isOnStripe(x, 10, 1) || isOnStripe(y, 10, 1),
  dashes: (x, y) => isOnStripe(y, 6, 1.2) && isOnStripe(x + (isOnStripe(y, 12, 6) ? 0 : 6), 12, 6),
  lattice: (x, y) => isOnStripe(x + y, 12, 1.3) || isOnStripe(x - y, 12, 1.3),
};
/** Diagonals that lean the other way. */
const hatched: Covering["isDrawn"] = (x, y) => isOnStripe(x - y, 6, 1.3);

/** @param end  the index of a minimum, ELSEWHERE or DIVERGED */
export function coveringOf(end: number, theme: ThemeName): Covering {
  if (end < 0) {
    const paper = fromHex(COLOURS[theme].paper);
    const drawn = interpolated(paper, fromHex(COLOURS[theme].ink), table.hatch);
    return { plain: paper, drawn, isDrawn: end === DIVERGED ? hatched : PATTERNS.plain };
  }
  const { tints, pattern } = table[theme];
  // Minima in a row have successive numbers: each round of looks begins with another, so that few neighbours are alike.
  const look = (end + Math.floor(end / DIFFERENT)) % DIFFERENT;
  const [L, a, b] = oklabOfOklch(tints[look % tints.length] as Triple);
  const isDrawn = PATTERNS[table.patterns[look]];
  return { plain: fromOklab([L, a, b]), drawn: fromOklab([L + pattern, a, b]), isDrawn };
}
