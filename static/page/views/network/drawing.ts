/** The drawing of a network at work. */

import type { Look } from "../../marks/look.ts";
import { group, type Mark } from "../../marks/mark.ts";
import { PIXELS, type Scales } from "../../marks/scales.ts";
import type { Size } from "../../math/box.ts";
import { memo } from "../../reads.ts";
import type { NetworkStep, Substep } from "../../state/networkStep.ts";
import type { NetworkProblem } from "../../state/types.ts";
import { inputName } from "../../words/networkWords.ts";
import { type NeuronAt, neuronOf } from "./computed.ts";
import { type Geometry, geometryOf } from "./geometry.ts";
import { inputs, neuronDots, neurons, neuronWords, target } from "./neurons.ts";
import { biasNumbers, lineMarks, parameterLines, weightNumbers } from "./weights.ts";

export interface NetworkDrawing extends Scales {
  network: NetworkProblem;
  geometry: Geometry;
  /** what is written in numbers, which change less often while it plays */
  read: NetworkStep;
  /** null: the whole step */
  substep: Substep | null;
  /** a neuron that is pointed at: it has its numbers, and no other */
  highlighted: NeuronAt | null;
  look: Look;
}

type Placed = Pick<NetworkDrawing, "read" | "substep" | "look"> & {
  /** a quantity */
  highlighted: string | null;
  size: Size;
};

/** Neurons stay where they are while it plays. */
export function createNetworkLayout(): (given: Placed) => NetworkDrawing {
  const geometryIn = memo(({ network, size, look }: Omit<Placed, "read"> & { network: NetworkProblem }) =>
    geometryOf(
      network.sizes,
      network.inputs.map((_, k) => inputName(network, k)),
      size,
      look,
    ),
  );
  const highlightedIn = memo(({ highlighted, read }: Placed) => neuronOf(read.network, highlighted), "read");
  return (given) => {
    const { read, substep, look } = given;
    const { network } = read;
    const geometry = geometryIn({ ...given, network });
    return { ...PIXELS, network, geometry, read, substep, highlighted: highlightedIn(given), look };
  };
}

/** @returns makes marks: lines and dots with every moment, the others where what they read is another */
export function createNetworkMarks(): (drawing: NetworkDrawing, drawn: NetworkStep) => Mark[] {
  const still = (piece: (drawing: NetworkDrawing) => Mark[]) =>
    memo((drawing: NetworkDrawing) => group(piece(drawing)));
  const lines = memo(parameterLines);
  const below = [biasNumbers, target, inputs, neurons].map(still);
  const above = [weightNumbers, neuronWords].map(still);
  return (drawing, { w, forward }) => [
    group(
      [
        group(lineMarks(drawing, lines(drawing), w)),
        ...below.map((piece) => piece(drawing)),
        group(neuronDots(drawing, forward)),
        ...above.map((piece) => piece(drawing)),
      ],
      { scales: PIXELS },
    ),
  ];
}
