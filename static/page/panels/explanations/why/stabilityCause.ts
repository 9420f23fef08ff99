/**
 * A picture of *Why*: the factor of a step over rate times curvature and over momentum, for runs with momentum in every
 * phase.
 */
import { createPicture } from "../../../marks/picture.ts";
import { symbol } from "../../../math/text.ts";
import { grippedDot, stabilityPicture, stabilityValues } from "../../../pictures/curvature/stabilityPicture.ts";
import { stability, stabilityNeed } from "../../../resources/curvature.ts";
import { paramsOf } from "../../../state/rules.ts";
import type { State, Wire } from "../../../state/types.ts";
import { type Cause, type CausePicture, type CausePorts, causeFigure, roundedRate } from "./cause.ts";

/** Possible ranges of rate times curvature; the picture has the first that contains the stability edge. */
const REACHES = [4, 40, 400];

/** @returns the hyperparameter of momentum; null where the run changes to another rule */
function momentumOf({ entry: { optimizer }, reply: { momentum, modes } }: Cause): string | null {
  const another = optimizer.changes?.some(({ name, rule, form }) => name ?? rule ?? form);
  return modes.at(-1)?.roots && !another ? momentum : null;
}

export function createStabilityCause({
  createRequest,
  drag,
  held,
  cause: drawnCause,
}: CausePorts): CausePicture<Wire["StabilityPlane"]> {
  const request = createRequest(stability);
  let reach = REACHES[0];
  /** The index of the dot that is dragged; null: the line of momentum is. */
  let grip: number | null = null;

  /** Dragging a dot changes the rate, dragging its line the momentum. */
  const onHold: typeof stabilityPicture.onHold = (layout, left, top, at) => {
    const cause = drawnCause();
    const name = cause && momentumOf(cause);
    if (!cause || !name) return;
    if (!held()) grip = grippedDot(layout, at, left);
    const { product, momentum } = stabilityValues(layout, left, top);
    const { reply, catalog, entry } = cause;
    const most = paramsOf(catalog, entry.optimizer).find((param) => param.name === name)?.max ?? 0.999;
    if (grip === null) drag(name, Math.min(most, Number(momentum.toFixed(2))));
    else drag("learning_rate", roundedRate(product / reply.modes[grip].eigenvalue));
  };
  const picture = createPicture({ ...stabilityPicture, onHold });

  /** Requests the plane as far as it has to reach, and during a drag at least as far as before. */
  function prepare(state: State, cause: Cause) {
    const { entry, reply } = cause;
    const momentum = momentumOf(cause);
    if (momentum === null) return null;
    const product = (reply.limit ?? 0) * reply.values.learning_rate;
    const needed = REACHES.find((candidate) => candidate >= product) ?? REACHES[2];
    reach = held() ? Math.max(reach, needed) : needed;
    const { eigenvalue } = reply.modes[reply.modes.length - 1];
    const need = stabilityNeed(entry.optimizer, momentum, reach, eigenvalue > 0 ? eigenvalue : 1);
    return request(state, [need])[0].last ?? null;
  }

  return {
    name: "plane",
    word: () => "Plane",
    prepare,
    figures({ reply }) {
      const label = "What a step keeps, over the rate times the curvature and the momentum";
      // A direction along which the loss does not curve upwards has its dot outside of the picture.
      const dots = reply.modes.some(({ eigenvalue }) => eigenvalue > 0)
        ? "Drag a dot for the rate, the"
        : "Where this step begins the loss curves upwards in no direction, so the rate has no dot. Drag the";
      const hint = `What a step keeps. ${dots} line for ${symbol(reply.momentum ?? "")}.`;
      return causeFigure(hint, "why-stable", label, picture.place);
    },
    draw({ reply, names, values, run: { slot } }, plane, look) {
      if (!reply.momentum) return;
      const products = reply.modes.map(({ eigenvalue }) => values.learning_rate * eigenvalue);
      const dots = products.map((product, k) => ({ product, name: names[k] }));
      const letter = symbol(reply.momentum);
      picture.render({ ...look, plane, letter }, { dots, momentum: values[reply.momentum], slot });
    },
  };
}
