/** Transforms of the plane, as far as charts turn and shift their marks. */
import { short } from "../math/tracing.ts";

/** as an SVG writes it: a b c d e f */
export type Matrix = readonly [number, number, number, number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

export const translation = (x: number, y: number): Matrix => [1, 0, 0, 1, x, y];

export const scaling = (x: number, y: number): Matrix => [x, 0, 0, y, 0, 0];

export const rotation = (angle: number): Matrix => [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0];

/** The second first, then the first. */
export function product([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix {
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export const sameMatrix = (one: Matrix, other: Matrix) => one.every((value, k) => value === other[k]);

/** @returns as an attribute; null: it changes nothing */
export function transformOf(matrix: Matrix): string | null {
  const [a, b, c, d, e, f] = matrix;
  if (sameMatrix(matrix, IDENTITY)) return null;
  if (a === 1 && b === 0 && c === 0 && d === 1) return `translate(${short(e)} ${short(f)})`;
  return `matrix(${[a, b, c, d].map((part) => part.toFixed(6)).join(" ")} ${short(e)} ${short(f)})`;
}
