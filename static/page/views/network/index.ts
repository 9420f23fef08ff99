/** A network at work: one sample goes through it, and the error back. */
import { setAttribute } from "../../dom.ts";
import type { Highlight } from "../../figure/highlight.ts";
import { createPicture, type Themed } from "../../marks/picture.ts";
import type { NetworkStep } from "../../state/networkStep.ts";
import { outlineWords } from "../../words/networkWords.ts";
import type { NeuronAt } from "./computed.ts";
import { createNetworkLayout, createNetworkMarks, type NetworkDrawing } from "./drawing.ts";
import { createNeuronHandles } from "./handles.ts";

interface NetworkContent extends Themed, Pick<NetworkDrawing, "read" | "substep"> {
  /** a quantity */
  highlighted: string | null;
  /** the numbers stand */
  still: boolean;
}

/** @param onNeuron  one was pressed */
export function createNetworkDrawing(highlight: Highlight, onNeuron: (at: NeuronAt) => void) {
  const picture = createPicture<NetworkContent, NetworkDrawing, NetworkStep>({
    least: { width: 160, height: 120 },
    layOut: createNetworkLayout(),
    marks: createNetworkMarks(),
  });
  setAttribute(picture.svg, "aria-hidden", null);
  setAttribute(picture.svg, "role", "img");
  const handles = createNeuronHandles(highlight, onNeuron);

  return {
    place(element?: Element) {
      picture.place(element);
      element?.append(handles.root);
    },
    /** @param drawn  where the playhead stands, perhaps between two rows */
    render(content: NetworkContent, drawn: NetworkStep) {
      if (!picture.render(content, drawn)) return;
      const drawing = picture.shown()?.layout as NetworkDrawing;
      setAttribute(picture.svg, "aria-label", `A network: ${outlineWords(drawing.network)}`);
      handles.render(drawing, content.still);
    },
    /** @returns without what is pointed at */
    chartExports: () => picture.chartExports({ title: "Network" }, { highlighted: null }),
  };
}
