/** A step on a curve in words: the slope, the step and its cause, and where it lands. */
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

/** @returns such as "−0.1 × (−6)", if the step is minus the rate times the gradient; any other rule has other causes */
function product({ plain, gradient, x, next }: CurveStepFacts): string | null {
  if (!plain || !gradient || !next) return null;
  return `${print((next.x - x) / gradient)} × ${gradient < 0 ? `(${print(gradient)})` : print(gradient)}`;
}

const changeOf = ({ x, next }: CurveStepFacts) => (next ? print(next.x - x) : "");

const gradientWords = ({ gradient, noisy }: CurveStepFacts) =>
  `${noisy ? "gradient with noise" : "gradient"} ${print(gradient ?? NaN)}`;

/** @returns such as "−0.1 × (−6) = 0.6" */
const changeWords = (facts: CurveStepFacts) => [product(facts), changeOf(facts)].filter(Boolean).join(" = ");

/** @param wide  whether there is room to name the factors */
const stepWords = (facts: CurveStepFacts, wide: boolean) =>
  `step ${wide && product(facts) ? "= −rate × gradient = " : ""}${changeWords(facts)}`;

function sentence(facts: CurveStepFacts): string {
  const { name, parameter, x, loss, gradient, next } = facts;
  const gradientPart = gradient === null ? "" : `, ${gradientWords(facts)}`;
  const stands = `${name} stands at ${parameter} ${print(x)}, loss ${print(loss)}${gradientPart}.`;
  if (!next) return stands;
  const way = next.x === x ? "" : next.x > x ? ", to the right" : ", to the left";
  const lands = `It lands at ${parameter} ${print(next.x)}, loss ${print(next.loss)}.`;
  return `${stands} The next step is ${changeWords(facts)}${way}. ${lands}`;
}

export const curveStepWords = { gradient: gradientWords, change: changeWords, step: stepWords, sentence };
