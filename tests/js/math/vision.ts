/**
 * What eyes without one kind of cone see, in linear light: Machado, Oliveira and Fernandes, "A physiologically-based
 * model for simulation of color vision deficiency", 2009, severity 1.
 */
import { fromHex, linearOf, oklabOfLinear } from "../../../static/page/math/colour.ts";

export const SIGHTS: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** @returns OKLab of the colour as it is seen */
export function seen(hex: string, sight: number[][]): [number, number, number] {
  const linear = fromHex(hex).map(linearOf);
  const cut = sight.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, k) => sum + weight * linear[k], 0),
      ),
    ),
  );
  return oklabOfLinear([cut[0], cut[1], cut[2]]);
}

/** How far apart two colours look. @param p  OKLab @param q  OKLab */
export function distance(p: number[], q: number[]): number {
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
