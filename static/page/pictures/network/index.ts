/** The picture of a network: one sample goes forward, and its error backward. */

import { setAttribute } from "../../dom.ts";
import type { Highlight } from "../../figure/highlight.ts";
import type { Look } from "../../marks/look.ts";
import { group, inPixels, type Mark } from "../../marks/mark.ts";
import { createPicture, type StillLayout, type Themed } from "../../marks/picture.ts";
import { PIXELS, type Scales } from "../../marks/scales.ts";
import type { Size } from "../../math/box.ts";
import { memo } from "../../memo.ts";
import type { NetworkStep, Substep } from "../../state/networkStep.ts";
import type { NetworkProblem } from "../../state/types.ts";
import { inputName, outlineWords } from "../../words/networkWords.ts";
import { type Geometry, geometryOf, type NeuronAt, neuronOf } from "./geometry.ts";
import { createNeuronHandles } from "./handles.ts";
import { inputBoxes, inputMarks, neuronDots, neuronNames, neurons, neuronWords, targetMarks } from "./neurons.ts";
import { biasNumbers, lineMarks, parameterLines, unsetLines, weightNumbers } from "./weights.ts";

/** Without numbers. */
export interface NetworkOutline extends Scales {
  network: NetworkProblem;
  geometry: Geometry;
  /** null: the whole step */
  substep: Substep | null;
  /** the neuron that is pointed at: only this one has numbers */
  highlighted: NeuronAt | null;
  look: Look;
}

export interface NetworkDrawing extends NetworkOutline {
  /** the step whose numbers are printed; it changes less often while playing */
  printed: NetworkStep;
}

type PlacedNetwork = Pick<NetworkDrawing, "printed" | "substep" | "look"> & {
  /** a quantity */
  highlighted: string | null;
  size: Size;
};

const networkGeometry = (network: NetworkProblem, size: Size, look: Look): Geometry =>
  geometryOf(
    network.sizes,
    network.inputs.map((_, k) => inputName(network, k)),
    size,
    look,
  );

/** Keeps neurons in place while it plays. */
export function createNetworkLayout(): (content: PlacedNetwork) => NetworkDrawing {
  const geometryIn = memo(networkGeometry);
  const highlightedIn = memo(neuronOf);
  return ({ printed, substep, look, size, highlighted }) => {
    const { network } = printed;
    const geometry = geometryIn(network, size, look);
    return { ...PIXELS, network, geometry, printed, substep, highlighted: highlightedIn(network, highlighted), look };
  };
}

/** @returns makes marks: lines and dots at every moment, the others only when what they read changes */
export function createNetworkMarks(): (drawing: NetworkDrawing, drawn: NetworkStep) => Mark[] {
  const still = <D extends object>(piece: (drawing: D) => Mark[]) => memo((drawing: D) => group(piece(drawing)));
  const [lines, circles] = [memo(parameterLines), still(neurons)];
  const below = [biasNumbers, targetMarks, inputMarks].map(still);
  const above = [weightNumbers, neuronWords].map(still);
  return (drawing, { w, forward }) => {
    const { printed: _, ...outline } = drawing;
    return [
      inPixels([
        group(lineMarks(drawing, lines(outline), w)),
        ...below.map((piece) => piece(drawing)),
        circles(outline),
        group(neuronDots(drawing, forward)),
        ...above.map((piece) => piece(drawing)),
      ]),
    ];
  };
}

const LEAST = { width: 160, height: 120 };

/** What is said to be seen. */
function describe(svg: Element, network: NetworkProblem) {
  setAttribute(svg, "aria-hidden", null);
  setAttribute(svg, "role", "img");
  setAttribute(svg, "aria-label", `A network: ${outlineWords(network)}`);
}

/** A network as it is set up, before it has weights. */
export function setUpMarks(network: NetworkProblem, size: Size, look: Look): Mark[] {
  const geometry = networkGeometry(network, size, look);
  const outline = { ...PIXELS, network, geometry, substep: null, highlighted: null, look };
  return [
    inPixels([...unsetLines(outline), ...inputBoxes(outline, null), ...neurons(outline), ...neuronNames(outline)]),
  ];
}

/** Draws a network that has no run yet. */
export function createSetUpDrawing() {
  const picture = createPicture<Themed & { network: NetworkProblem }, StillLayout>({
    least: LEAST,
    layOut: ({ network, size, look }) => ({ ...PIXELS, marks: setUpMarks(network, size, look) }),
  });
  return {
    place: picture.place,
    render(content: Themed & { network: NetworkProblem }) {
      if (picture.render(content)) describe(picture.svg, content.network);
    },
  };
}

interface NetworkContent extends Themed, Pick<NetworkDrawing, "printed" | "substep"> {
  /** a quantity */
  highlighted: string | null;
  /** whether numbers are constant */
  still: boolean;
}

/** @param onNeuron  called when one is pressed */
export function createNetworkDrawing(highlight: Highlight, onNeuron: (at: NeuronAt) => void) {
  const picture = createPicture<NetworkContent, NetworkDrawing, NetworkStep>({
    least: LEAST,
    layOut: createNetworkLayout(),
    marks: createNetworkMarks(),
  });
  const handles = createNeuronHandles(highlight, onNeuron);

  return {
    place(element?: Element) {
      picture.place(element);
      element?.append(handles.root);
    },
    /** @param drawn  the step at the playhead, perhaps between two rows */
    render(content: NetworkContent, drawn: NetworkStep) {
      if (!picture.render(content, drawn)) return;
      const drawing = picture.shown()?.layout as NetworkDrawing;
      describe(picture.svg, drawing.network);
      handles.render(drawing, content.still);
    },
    /** @returns the picture without highlights */
    chartExports: () => picture.chartExports({ title: "Network" }, { highlighted: null }),
  };
}
