/**
 * Why the first steps of Adam and related rules have the same length in every parameter, with the numbers of the step.
 */

import { listInWords } from "../math/text.ts";
import type { Wire } from "../state/types.ts";
import { roundedText } from "./latexValue.ts";
import { letterOf } from "./symbol.ts";

/** The last step that is explained in this way. */
const LAST_EXPLAINED = 3;
/** Two numbers are equal but for eps and rounding within this share. */
const SAME = 1e-4;
/** Two numbers are nearly equal within this share. */
const TOLERANCE = 0.05;

const [M, V] = ["m_hat", "v_hat"].map((name) => letterOf(name).stem);

const near = (a: number, b: number, within: number) => Math.abs(a - b) <= within * Math.abs(b);

interface FirstMove {
  parameter: string;
  g: number;
  m: number;
  v: number;
  ratio: number;
  /** the length of the step as a share of the rate */
  length: number;
}

function firstMoves({ lines, gradient, before, after, rate }: Wire["Step"]): FirstMove[] {
  const valueIn = (name: string, parameter: string) =>
    lines.find((line) => line.name === name)?.values[parameter].value ?? NaN;
  return Object.keys(gradient).map((parameter) => {
    const [g, m, v] = [gradient[parameter].value ?? NaN, valueIn("m_hat", parameter), valueIn("v_hat", parameter)];
    const length = Math.abs((after[parameter] - before[parameter]) / (rate.value ?? NaN));
    return { parameter, g, m, v, ratio: m / Math.sqrt(v), length };
  });
}

/** @returns empty where the lengths differ */
export function firstStepsWords(step: Wire["Step"]): string {
  const moved = firstMoves(step);
  if (step.t > LAST_EXPLAINED || !moved.every(({ ratio, length }) => Number.isFinite(ratio) && Number.isFinite(length)))
    return "";
  const several = moved.length > 1;
  const short = (value: number) => roundedText(Number(value.toPrecision(3)));
  const ratios = listInWords(moved.map(({ parameter, ratio }) => short(ratio) + (several ? ` in ${parameter}` : "")));
  const every = several ? "every parameter moves" : "it moves";
  const is = `${M}/√${V} is ${ratios}`;
  const rate = short(step.rate.value ?? NaN);
  if (moved.every(({ g, m, v, ratio }) => near(m, g, SAME) && near(v, g * g, SAME) && near(Math.abs(ratio), 1, SAME))) {
    const by = moved.every(({ length }) => near(length, 1, SAME)) ? `: ${every} by the rate, ${rate}` : "";
    return `Here ${M} is g and ${V} is g², so ${is}, however large g is${by}.`;
  }
  if (
    moved.every(({ ratio, g, m, length }) =>
      [Math.abs(ratio), g / m, length].every((share) => near(share, 1, TOLERANCE)),
    )
  ) {
    return `${is}: each gradient is still near the average of all so far, so ${every} by nearly the rate, ${rate}.`;
  }
  const changed = step.t > 1 && moved.some(({ g, m }) => !near(g / m, 1, TOLERANCE));
  return changed ? `${is}: the gradients have changed, and where they have, ${M} and √${V} part.` : "";
}
