/** What each point adds to the gradient of the step that is worked out, for the chart of the data. */
import { shownValue } from "../../words/workingLatex.ts";
import type { WireGradient, WireStep } from "../../service/step.ts";
import type { Shares } from "../../state/types.ts";

type What = "residual" | "chain";

/** @returns by point */
const valuesOf = ({ terms }: WireGradient, what: What): Map<number, number> => new Map((terms ?? []).map((term) => [term.point, term[what].value ?? NaN]));

/** @param parameter  the one in sight @returns none where there are no data */
export function sharesOf({ gradient }: WireStep, parameter: string, run: number): Shares | null {
  const ofParameter = gradient[parameter];
  if (!ofParameter.terms || !ofParameter.chain) return null;
  const how = ofParameter.chain.divisor === null ? (ofParameter.terms.length > 1 ? "sum " : "") : "mean ";
  const all = Object.entries(gradient).map(([name, each]) => ({ parameter: name, value: valuesOf(each, "chain") }));
  return { run, parameter, values: valuesOf(ofParameter, "chain"), residuals: valuesOf(ofParameter, "residual"), total: how + shownValue(ofParameter.clean), all };
}
