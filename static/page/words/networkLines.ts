/** The computation of a substep of a network, as lines of a working. */

import { depthOf } from "../math/forwardPass.ts";
import type { Substep } from "../state/networkStep.ts";
import { lossOfStep, type NetworkStep } from "../state/networkStep.ts";
import type { Wire } from "../state/types.ts";
import { filledValue, type LineText, linesOfParameters } from "./stepLines.ts";

const lineOf = (equation: Wire["Equation"]): LineText => ({
  key: equation.name,
  quantity: equation.name,
  formula: equation.formula_latex ?? "",
  numbers: equation.latex,
  value: filledValue(equation),
  names: {},
});

const meanLine = (step: NetworkStep): LineText => ({
  key: "mean",
  quantity: "loss",
  formula: `L = \\tfrac{1}{${step.batch.length}} \\textstyle\\sum_{i} L_{i}`,
  numbers: null,
  value: lossOfStep(step),
  names: {},
});

/** The line that takes the step, with a row for each parameter; a method without a rule makes all of them at once. */
function updateLines(reply: Wire["Step"]): LineText[] {
  const parameters = Object.keys(reply.before);
  const line = linesOfParameters(reply, parameters).findLast(({ quantity }) => quantity === "w");
  const after = () => parameters.map((parameter) => ({ parameter, numbers: null, value: reply.after[parameter] }));
  return line ? [{ ...line, result: undefined, rows: line.rows ?? after() }] : [];
}

/**
 * @param reply  the server's working of the sample that goes through
 * @param brief  whether to leave out the gradient in each parameter
 */
export function networkLines(step: NetworkStep, substep: Substep, reply: Wire["Step"], brief: boolean): LineText[] {
  const [[sample], backward] = [reply.samples ?? [], reply.backward ?? []];
  switch (substep.pass) {
    case "forward": {
      const { preactivation, activation } = sample.layers[substep.layer - 1];
      return [preactivation, activation].map((layer) => lineOf(layer[substep.neuron]));
    }
    case "error":
      return [lineOf(sample.error), ...(step.batch.length > 1 ? [meanLine(step)] : [])];
    case "backward": {
      const { delta, gradient } = backward[depthOf(step.network) - substep.layer];
      // In a deep network only the first neuron is written out; the drawing has the values of the others.
      const written = brief && depthOf(step.network) > 2 ? delta.slice(0, 1) : delta;
      const back = written.flatMap((delta) => [delta.local_derivative, delta.from_above, delta]);
      return [...back, ...(brief ? [] : Object.values(gradient))].map(lineOf);
    }
    default:
      return updateLines(reply);
  }
}
