/** Colours as numbers: from OKLab (Björn Ottosson, "A perceptual color space for image processing", 2020) to sRGB. */

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
export function mix(p: Triple, q: Triple, t: number): Triple {
  return [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, p[2] + (q[2] - p[2]) * t];
}
