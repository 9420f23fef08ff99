/** A step on a curve in words: the slope, the length of the step and its cause, and where it lands. */
import { formatExact } from "../math/format.ts";
import type { Phase } from "../state/types.ts";

/** next: the parameter after the step; null: there is no step */
export interface CurveStepFacts extends Pick<Phase, "plain" | "noisy"> {
  name: string;
  parameter: string;
  x: number;
  loss: number;
  /** the gradient that the step uses, with its noise */
  gradient: number | null;
  next: { x: number; loss: number } | null;
}

const DIGITS = 3;
const print = (value: number) => formatExact(value, DIGITS);

/** Rate and gradient, if the step is their product; any other rule has other causes. */
function product({ plain, gradient, x, next }: CurveStepFacts): [string, string] | null {
  if (!plain || !gradient || !next) return null;
  return [print(Math.abs((next.x - x) / gradient)), print(Math.abs(gradient))];
}

const lengthOf = ({ x, next }: CurveStepFacts) => (next ? print(Math.abs(next.x - x)) : "");

const gradientWords = ({ gradient, noisy }: CurveStepFacts) =>
  `${noisy ? "gradient with noise" : "gradient"} ${print(gradient ?? NaN)}`;

/** @returns such as "0.1 × 6 = 0.6" */
const sizeWords = (facts: CurveStepFacts) => [product(facts)?.join(" × "), lengthOf(facts)].filter(Boolean).join(" = ");

/** @param wide  whether there is room to name the factors */
const stepWords = (facts: CurveStepFacts, wide: boolean) =>
  `step ${wide && product(facts) ? "= rate × gradient = " : ""}${sizeWords(facts)}`;

function sentence(facts: CurveStepFacts): string {
  const { name, parameter, x, loss, gradient, next } = facts;
  const gradientPart = gradient === null ? "" : `, ${gradientWords(facts)}`;
  const stands = `${name} stands at ${parameter} ${print(x)}, loss ${print(loss)}${gradientPart}.`;
  if (!next) return stands;
  const factors = product(facts);
  const why = factors ? `, ${factors[0]} times ${factors[1]}` : "";
  const way = next.x === x ? "" : next.x > x ? ", to the right" : ", to the left";
  const lands = `It lands at ${parameter} ${print(next.x)}, loss ${print(next.loss)}.`;
  return `${stands} The next step is ${lengthOf(facts)} long${why}${way}. ${lands}`;
}

export const curveStepWords = { gradient: gradientWords, size: sizeWords, step: stepWords, sentence };
