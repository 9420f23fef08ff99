/**
 * Colours as numbers: from OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020) to sRGB, and
 * back.
 */

/** three channels; their meaning is in the function's name */
export type Triple = [number, number, number];

/** @param c  one channel in linear light @returns the sRGB channel, 0 to 1 */
function gammaOf(c: number): number {
  return c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
}

/** @param rgb  sRGB, each 0 to 1; values outside are clipped @returns "#rrggbb" */
export function toHex(rgb: Triple): string {
  const bytes = rgb.map((c) => Math.round(255 * Math.min(1, Math.max(0, c))));
  return `#${bytes.map((b) => b.toString(16).padStart(2, "0")).join("")}`;
}

/** @param lab  OKLab @returns linear light, possibly outside 0 to 1 */
function linearOfOklab([L, a, b]: Triple): Triple {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** @param lab  OKLab @returns sRGB, each clipped to 0 to 1 */
export function fromOklab(lab: Triple): Triple {
  const cut = linearOfOklab(lab).map((c) => gammaOf(Math.min(1, Math.max(0, c))));
  return cut as Triple;
}

/** @param lch  OKLCH, the hue in degrees @returns OKLab */
export function oklabOfOklch([L, C, h]: Triple): Triple {
  const angle = (h * Math.PI) / 180;
  return [L, C * Math.cos(angle), C * Math.sin(angle)];
}

/** Interpolates linearly between two triples. @param t  0 to 1 */
export function interpolated(p: Triple, q: Triple, t: number): Triple {
  return [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, p[2] + (q[2] - p[2]) * t];
}

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
