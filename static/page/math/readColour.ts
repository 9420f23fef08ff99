/** sRGB colours converted to linear light and OKLab, and their contrast by WCAG 2. */
import type { Triple } from "./colour.ts";

/** @param c  one sRGB channel, 0 to 1 @returns the same in linear light */
export function linearOf(c: number): number {
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

/** @param hex  "#RRGGBB" @returns sRGB, each 0 to 1 */
export function fromHex(hex: string): Triple {
  const bits = parseInt(hex.slice(1), 16);
  return [(bits >> 16) / 255, ((bits >> 8) & 255) / 255, (bits & 255) / 255];
}

/** @returns OKLab */
export function oklabOfLinear([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** @param rgb  sRGB @returns OKLab */
export function toOklab(rgb: Triple): Triple {
  return oklabOfLinear(rgb.map(linearOf) as Triple);
}

/** How far apart two colours look. @param p  OKLab @param q  OKLab */
export function distance(p: Triple, q: Triple): number {
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** WCAG 2 relative luminance. @returns 0 to 1 */
function luminance(hex: string): number {
  const [r, g, b] = fromHex(hex).map(linearOf);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast ratio. @returns 1 to 21 */
export function contrast(colour: string, other: string): number {
  const [low, high] = [luminance(colour), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
