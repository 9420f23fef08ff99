/** The states of the rules as a picture of *Why*, for presets that declare them as the cause. */
import { html, nothing } from "lit-html";
import { h } from "../../../dom.ts";
import type { MovingFrame } from "../../../figure/part.ts";
import { lazy } from "../../../service/lazy.ts";
import { presetOfRuns } from "../../../state/exercise.ts";
import type { State } from "../../../state/types.ts";
import type { ExplanationPorts } from "../loaders.ts";

/** The name of the states in addresses. */
export const STATES = "states";
/** The name of the preferred picture once it is unfolded. */
export const FIRST_PICTURE = "first";

/** @returns whether the present preset declares states as its cause */
export const offersStates = (state: State): boolean => presetOfRuns(state)?.cause === STATES;

/** @returns whether the states are shown: if offered they are the first picture */
export const showsStates = (state: State): boolean =>
  offersStates(state) && [null, FIRST_PICTURE, STATES].includes(state.explain.cause);

export function createStatesCause(ports: ExplanationPorts) {
  const place = h("div", { class: "why-states column" });
  const choices = h("div", { class: "why-choices wraps" });
  const part = lazy(
    () => import("../states/states.ts"),
    ports,
    ({ default: create }) => create(place, { ...ports, aside: choices }),
  );

  return {
    prepare(frame: MovingFrame) {
      if (showsStates(frame.state)) part()?.prepare?.(frame);
    },
    template: (state: State) => (showsStates(state) ? html`${choices}${part.note()}${place}` : nothing),
    render(frame: MovingFrame) {
      if (showsStates(frame.state)) part.loaded()?.render(frame);
    },
  };
}
