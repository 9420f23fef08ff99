/** The drawing of a network at work, as markup. */
import { biases, weightNumbers, weights } from "./weights.ts";
import { dots, inputs, neurons, target, words } from "./neurons.ts";
import type { NetworkProblem } from "../../state/types.ts";
import type { NetworkStep } from "../../state/networkStep.ts";
import type { Substep } from "../../state/substep.ts";
import type { Look } from "../chart/svg.ts";
import type { Size } from "../../math/box.ts";
import type { NeuronAt } from "./computed.ts";
import type { Geometry } from "./geometry.ts";

export interface NetworkDrawing {
  network: NetworkProblem;
  geometry: Geometry;
  /** where the playhead stands, perhaps between two rows: lines and dots */
  drawn: NetworkStep;
  /** what is written in numbers, which change less often while it plays */
  read: NetworkStep;
  /** null: the whole step */
  substep: Substep | null;
  /** a neuron that is pointed at: it has its numbers, and no other */
  highlighted: NeuronAt | null;
  size: Size;
  look: Look;
}

export const PIECES: ((drawing: NetworkDrawing) => string)[] = [weights, biases, target, inputs, neurons, dots, weightNumbers, words];

export const networkMarkup = (drawing: NetworkDrawing): string => PIECES.map((piece) => piece(drawing)).join("");
