/** A quadratic turned about its minimum: sentences about it, and its formula. */

import { formatExact } from "../math/format.ts";

/** least, most: steps over all angles; null: more than the limit */
interface TurnedRun {
  name: string;
  least: number;
  most: number | null;
}

const stepsText = ({ least, most }: TurnedRun, max: number): string =>
  most === null ? `from ${least} to more than ${max}` : least === most ? `${least}` : `${least} to ${most}`;

/** @param max  the limit of steps */
export function turnedSentence(loss: number, runs: TurnedRun[], max: number): string {
  const [same, others] = [true, false].map((alike) => runs.filter(({ least, most }) => (least === most) === alike));
  const takes = (run: TurnedRun) => `${run.name} takes ${stepsText(run, max)} steps`;
  const alike = same.map((run) => `${takes(run)} at every angle`);
  return `To loss ${formatExact(loss, 3)}, the start turned too: ${[...alike, ...others.map(takes)].join("; ")}.`;
}

/** The minimum of a quadratic, the loss there, and its Hessian. */
export interface QuadraticShape {
  at: number[];
  loss: number;
  hessian: number[][];
}

const RADIANS = Math.PI / 180;
/** Significant digits of coefficients. */
const DIGITS = 5;

/** @returns the smallest curvature, and the largest */
function curvaturesOf([[a, b], [, c]]: number[][]): [number, number] {
  const [middle, half] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  return [middle - half, middle + half];
}

const number = (value: number) => String(Number(value.toPrecision(DIGITS)));

/** @returns such as 0.4*x, or 0.4*(x - 2) */
function term(factor: number, name: string, at: number): string {
  const difference = at === 0 ? name : `(${name} ${at < 0 ? "+" : "-"} ${number(Math.abs(at))})`;
  return `${number(factor)}*${difference}`;
}

/**
 * @returns the formula in x and y of the same quadratic, with its direction of least curvature at an angle in degrees
 */
export function turnedFormula({ at: [a, b], loss, hessian }: QuadraticShape, degrees: number): string {
  const [cos, sin] = [Math.cos(degrees * RADIANS), Math.sin(degrees * RADIANS)];
  const [low, high] = curvaturesOf(hessian);
  const along = `(${term(cos, "x", a)} + ${term(sin, "y", b)})`;
  const across = `(${term(cos, "y", b)} - ${term(sin, "x", a)})`;
  const constantTerm = Math.abs(loss) > 0 ? ` + ${number(loss)}` : "";
  return `${number(low / 2)}*${along}^2 + ${number(high / 2)}*${across}^2${constantTerm}`;
}

/** @returns a point turned about the minimum by an angle in degrees */
export function turnedPoint({ at: [a, b] }: QuadraticShape, [x, y]: number[], by: number): number[] {
  const [cos, sin] = [Math.cos(by * RADIANS), Math.sin(by * RADIANS)];
  const point = [a + cos * (x - a) - sin * (y - b), b + sin * (x - a) + cos * (y - b)];
  return point.map((value) => Number(value.toPrecision(6)));
}
