/** The gradient in a parameter, as LaTeX. */

import type { Wire } from "../state/types.ts";
import { asWritten, letterOf, lossLetter } from "./symbol.ts";

/** @param name  the name of a parameter @returns LaTeX */
export function latexParameter(name: string): string {
  const { stem, below } = letterOf(name);
  if (asWritten(name) !== name) return `${stem}_{${below}}`;
  return name.length === 1 ? name : `\\mathrm{${name.replace(/_/g, "\\ ")}}`;
}

/** The gradient in one parameter. */
function latexGradient({ gradient, samples }: Wire["Step"], name: string) {
  const d = Object.keys(gradient).length > 1 ? "\\partial " : "\\mathrm{d}";
  return `${d}${lossLetter(Boolean(gradient[name].terms ?? samples))}/${d}${latexParameter(name)}`;
}

/** @returns the equation of backpropagation for a parameter; undefined: the problem is no network */
export const backTo = ({ backward }: Wire["Step"], parameter: string): Wire["Equation"] | undefined =>
  backward?.find(({ gradient }) => parameter in gradient)?.gradient[parameter];

/**
 * @param indexed  whether g has an index, as where several stand beside each other @returns such as "g = df/dx =
 * formula"
 */
export function gradientFormula(step: Wire["Step"], parameter: string, indexed: boolean): string {
  const { formula_latex: formula, noise } = step.gradient[parameter];
  const noiseTerm = (noise ?? null) === null ? "" : " + \\mathrm{noise}";
  const letter = indexed ? `g_{${latexParameter(parameter)}}` : "g";
  const written = formula ? ` = ${formula}${noiseTerm}` : "";
  const back = backTo(step, parameter)?.formula_latex;
  const first = back || latexGradient(step, parameter);
  return `\\htmlData{of=g}{${letter}} = ${first}${noiseTerm}${back ? "" : written}`;
}
