/** A step on a curve in words: how steep it is, how long the step is and why, where it lands. */
import { formatExact } from "../math/format.ts";
import type { Phase } from "../state/types.ts";

/** next: null where no step is to be told of */
export interface CurveStepFacts extends Pick<Phase, "plain" | "noisy"> {
  name: string;
  parameter: string;
  x: number;
  loss: number;
  /** that the step uses, with its noise */
  gradient: number | null;
  next: { x: number; loss: number } | null;
}

const DIGITS = 3;
const print = (value: number) => formatExact(value, DIGITS);

/** Only of a rule that is no more than that: of any other the step has other causes. */
function product({ plain, gradient, x, next }: CurveStepFacts): [string, string] | null {
  if (!plain || !gradient || !next) return null;
  return [print(Math.abs((next.x - x) / gradient)), print(Math.abs(gradient))];
}

const lengthOf = ({ x, next }: CurveStepFacts) => (next ? print(Math.abs(next.x - x)) : "");

const gradientWords = ({ gradient, noisy }: CurveStepFacts) =>
  `${noisy ? "gradient with noise" : "gradient"} ${print(gradient ?? NaN)}`;

/** @returns "0.1 × 6 = 0.6" */
const sizeWords = (facts: CurveStepFacts) => [product(facts)?.join(" × "), lengthOf(facts)].filter(Boolean).join(" = ");

/** @param wide  says what the factors are */
const stepWords = (facts: CurveStepFacts, wide: boolean) =>
  `step ${wide && product(facts) ? "= rate × gradient = " : ""}${sizeWords(facts)}`;

function sentence(facts: CurveStepFacts): string {
  const { name, parameter, x, loss, gradient, next } = facts;
  const more = gradient === null ? "" : `, ${gradientWords(facts)}`;
  const stands = `${name} stands at ${parameter} ${print(x)}, loss ${print(loss)}${more}.`;
  if (!next) return stands;
  const factors = product(facts);
  const why = factors ? `, ${factors[0]} times ${factors[1]}` : "";
  const way = next.x === x ? "" : next.x > x ? ", to the right" : ", to the left";
  const lands = `It lands at ${parameter} ${print(next.x)}, loss ${print(next.loss)}.`;
  return `${stands} The next step is ${lengthOf(facts)} long${why}${way}. ${lands}`;
}

export const curveStepWords = { gradient: gradientWords, size: sizeWords, step: stepWords, sentence };
