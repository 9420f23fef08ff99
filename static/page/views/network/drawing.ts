/** The drawing of a network at work, as markup, and what of it moves with the playhead. */

import type { Size } from "../../math/box.ts";
import type { NetworkStep } from "../../state/networkStep.ts";
import type { Substep } from "../../state/substep.ts";
import type { NetworkProblem } from "../../state/types.ts";
import type { Look, Moving } from "../chart/svg.ts";
import type { NeuronAt } from "./computed.ts";
import type { Geometry } from "./geometry.ts";
import { dotsMover, inputs, neuronDots, neurons, target, words } from "./neurons.ts";
import { biases, biasesMover, weightNumbers, weights, weightsMover } from "./weights.ts";

export interface NetworkDrawing {
  network: NetworkProblem;
  geometry: Geometry;
  /** what is written in numbers, which change less often while it plays */
  read: NetworkStep;
  /** null: the whole step */
  substep: Substep | null;
  /** a neuron that is pointed at: it has its numbers, and no other */
  highlighted: NeuronAt | null;
  size: Size;
  look: Look;
}

export const networkPieces: ((drawing: NetworkDrawing, moving: Moving) => string)[] = [
  weights,
  biases,
  target,
  inputs,
  neurons,
  neuronDots,
  weightNumbers,
  words,
];

type Mover = (drawn: NetworkStep) => Moving;

function moverOf(drawing: NetworkDrawing): Mover {
  const [ofWeights, ofBiases, ofDots] = [weightsMover(drawing), biasesMover(drawing), dotsMover(drawing)];
  return (drawn) => ({ ...ofWeights(drawn.w), ...ofBiases(drawn.w), ...ofDots(drawn) });
}

/** One drawing lasts for many frames: what they have in common is worked out once. */
const movers: WeakMap<NetworkDrawing, Mover> = new WeakMap();

/** @param drawn  where the playhead stands, perhaps between two rows: lines and dots */
export function networkMoving(drawing: NetworkDrawing, drawn: NetworkStep): Moving {
  const mover = movers.get(drawing) ?? moverOf(drawing);
  movers.set(drawing, mover);
  return mover(drawn);
}

export function networkMarkup(drawing: NetworkDrawing, drawn: NetworkStep): string {
  const moving = networkMoving(drawing, drawn);
  return networkPieces.map((piece) => piece(drawing, moving)).join("");
}
