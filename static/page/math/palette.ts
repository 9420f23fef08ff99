/**
 * The colours of the page, the map and the runs, by day and by night.
 *
 * A run is never told by its colour alone: each slot has a colour, a dash and a marker. A line is drawn in a casing, as
 * its colour does not contrast with every tint. The numbers stand in a file that the server's pictures use, too.
 */
import table from "../../../fallline/drawing/drawing.json" with { type: "json" };
import { interpolated, oklabOfOklch, type Triple } from "./colour.ts";

export type ThemeName = "day" | "night";

/** How the ground is tinted and shaded. Shifts are in OKLab. */
export interface Ground {
  /** OKLCH, from the lowest to the highest tint */
  stops: Triple[];
  /** how full shadow shifts a tint */
  shadow: Triple;
  /** how full light shifts a tint */
  light: Triple;
  /** of the light */
  gain: number;
  /** lightness of lines and labels against the tint */
  line: { minor: number; index: number; label: number };
}

export interface Colours {
  paper: string;
  ink: string;
  ink2: string;
  ink3: string;
  warn: string;
  /** under the paths of runs */
  casing: string;
  /** around text on the ground */
  halo: string;
  /** one colour for each slot */
  runs: string[];
  ground: Ground;
}

export const COLOURS: Record<ThemeName, Colours> = table.themes as Record<ThemeName, Colours>;

/** Dash of each slot in CSS pixels at the base width of a line; empty = solid. Drawn with round caps. */
export const DASHES: number[][] = table.dashes;

/**
 * The tint at a share of the way from the lowest to the highest.
 * @param stops  OKLCH
 * @param t  0 to 1
 * @returns OKLab
 */
function tintAt(stops: Triple[], t: number): Triple {
  const place = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const below = Math.min(stops.length - 2, Math.floor(place));
  return interpolated(oklabOfOklch(stops[below]), oklabOfOklch(stops[below + 1]), place - below);
}

/**
 * One tint for each band between levels, the first below the lowest level.
 * @param bands  at least 1
 * @returns OKLab
 */
export function tints(theme: ThemeName, bands: number): Triple[] {
  const { stops } = COLOURS[theme].ground;
  return Array.from({ length: bands }, (_, k) => tintAt(stops, bands > 1 ? k / (bands - 1) : 0));
}

/**
 * The colour of a line or a label on a tint: the tint's hue, darker by day, lighter by night, with more chroma.
 * @param tint  OKLab
 * @param shift  of the lightness
 * @returns OKLab
 */
export function onTint([L, a, b]: Triple, shift: number): Triple {
  return [Math.min(0.97, Math.max(0.05, L + shift)), a * 1.25, b * 1.25];
}
